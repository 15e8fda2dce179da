"""How Dutch words are understood: forms of a word, parts of a compound, spelling, synonyms, names of occupations.

`OccupationIndex` finds occupations by name; the search over trainings cuts compounds and knows synonyms with the same
`Splitter` and `own_synonyms`, and takes stems from its own index (search/analysis.py says why). Pure Python: no database, no download; what was not imported is not known.
"""
