"""`doorleren reference import KIND PATH`: occupations, skills or postcodes, from their publishers' own files."""

import argparse
import sys
from pathlib import Path

from doorleren.cli.surroundings import home
from doorleren.core.places import index_folder
from doorleren.register.commands.replace_reference import replace_reference
from doorleren.register.reference.kinds import KINDS
from doorleren.register.reference.rows import ReferenceFault
from doorleren.register.words.occupation_index import OccupationIndex

SHOWN = 20
"""Refused rows that are printed."""


def run(options: argparse.Namespace) -> int:
    """Replace one kind of reference data. Exit code 2 for a file that cannot be read, 1 where rows were refused."""
    try:
        reading = KINDS[options.kind](Path(options.path))
    except ReferenceFault as fault:
        print(f"doorleren: {' '.join(str(fault).split())}", file=sys.stderr)
        return 2
    count = replace_reference(options.kind, reading.entries)
    if options.kind == "occupations":
        OccupationIndex.build(reading.entries, index_folder(home(), "occupations"))
    print(f"{count} {options.kind} are in use now, {len(reading.faults)} rows were refused")
    for refused in reading.faults[:SHOWN]:
        print(f"  {refused}")
    return 1 if reading.faults else 0
