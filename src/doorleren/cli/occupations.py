"""`doorleren occupations`: one name per line in, one line out with the ESCO occupations that it means, best first.

Needs no database: the index lies in the home folder since occupations were imported.
"""

import argparse
import json
import sys

from doorleren.cli.surroundings import home
from doorleren.core.places import index_folder
from doorleren.register.words.occupation_index import OccupationIndex
from doorleren.register.words.postings import UnusableIndex

MOST = 10


def run(options: argparse.Namespace) -> int:
    """Answer line by line: ids with spaces between them, an empty line where nothing is found. Exit code 2 without an index."""
    try:
        index = OccupationIndex.open(index_folder(home(), "occupations"))
    except UnusableIndex as fault:
        print(
            f"doorleren: {' '.join(str(fault).split())}. First: doorleren reference import occupations FILE",
            file=sys.stderr,
        )
        return 2
    for line in sys.stdin:
        name = line.strip()
        found = index.find(name, limit=MOST) if name else []
        if options.json:
            told = [{"id": one.id, "label": one.label, "score": one.score} for one in found]
            print(json.dumps({"name": name, "occupations": told}, ensure_ascii=False))
        else:
            print(" ".join(one.id for one in found))
    return 0
