"""Build the index of occupations from the database, where a node has none: the demo's, or one that has just started.

Called by `serve`. Who imports occupations builds it at once (cli/reference.py).
"""

from pathlib import Path

from doorleren.core.places import index_folder
from doorleren.register import models
from doorleren.register.reference.entries import Occupation
from doorleren.register.words.occupation_index import OccupationIndex
from doorleren.register.words.postings import Postings, UnusableIndex


def index_occupations(home: Path) -> bool:
    """Build it if there is none that can be read and there are occupations; say whether it did."""
    folder = index_folder(home, "occupations")
    try:
        Postings.read(folder)
    except UnusableIndex:
        rows = models.Occupation.objects.order_by("key")
        found = [
            Occupation(one.key, one.isco, one.code, one.label, tuple(one.alternatives), one.description) for one in rows
        ]
        if found:
            OccupationIndex.build(found, folder)
        return bool(found)
    return False
