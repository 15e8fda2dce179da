"""`doorleren register export`: the whole register in a standard form, written to a file."""

import argparse
from pathlib import Path

from doorleren.cli.surroundings import now
from doorleren.core.days import day_of
from doorleren.register.outlets.export import export
from doorleren.register.publishing import listed_on

ADDRESS = "http://127.0.0.1:8000"
"""Where the addresses in an export point to while no other site is named."""


def run(options: argparse.Namespace) -> int:
    """Write everything that is published today. Raises OSError where the path cannot be written."""
    moment, path = now(), Path(options.path)
    count = export(options.format, listed_on(day_of(moment)), path, base_url=ADDRESS, made_at=moment)
    print(f"{count} activities written to {path}")
    return 0
