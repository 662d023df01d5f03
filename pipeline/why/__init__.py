"""Why: the rule behind every row of a passage, and why tables have no row there.

Rows speak by their column ``rule``: :mod:`~pipeline.why.register` says in a sentence what it
means, :mod:`~pipeline.why.entries` which lexicon entries a row rests on. Where a table has no row,
:mod:`~pipeline.why.gaps` asks the rules themselves: 要 in ``改革的目的就是要改善民生`` is refused
as ``modal.reports``.
"""
