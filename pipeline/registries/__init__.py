"""Registries: the entries of the lexicons as something to ask: which place, which meeting.

Takes the entries, gives look-ups by name, code, number and date, built once for a lexicon.
"""
