"""How Dutch words are understood: forms of a word, parts of a compound, spelling, synonyms, names of occupations.

For the search over training: `analyse` (analysis.py) gives the forms of each word of a text, `expand` (expanding.py) the
occupations that a query names. Pure Python: no database, no download; what was not imported is not known.
"""
