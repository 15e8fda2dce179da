"""Reference data from the publishers' own files: occupations, skills, groups, sectors, postcodes. Pure readers, no tables.

`KINDS` (kinds.py) names the reader of each kind; `distance.py` says how far two places are from each other.
"""
