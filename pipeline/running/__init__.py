"""Running: many documents, here or on many machines, to the tables of one folder.

Takes inputs and a recipe, gives an output folder: ``batch`` runs, ``preview`` tells what a run
would do, ``merge`` joins the parts of a corpus, such as 苏州/ and 无锡/. The flow of one document
needs no more of it than the recipe.
"""
