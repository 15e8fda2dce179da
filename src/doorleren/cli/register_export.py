"""`doorleren register export`: the whole register in a standard form, written to a file."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from doorleren.cli.surroundings import now
from doorleren.register.outlets.export import export
from doorleren.register.outlets.listed import Listed
from doorleren.register.queries import all_listings, is_published
from doorleren.register.standings import admitted_activities

ADDRESS = "http://127.0.0.1:8000"
"""Where the addresses in an export point to while no other site is named."""


def run(options: argparse.Namespace) -> int:
    """Write everything that is published today. Raises OSError where the path cannot be written."""
    moment, path = now(), Path(options.path)
    count = export(options.format, _listed(moment.date()), path, base_url=ADDRESS, made_at=moment)
    print(f"{count} activities written to {path}")
    return 0


def _listed(today: date) -> Iterator[Listed]:
    admitted = admitted_activities(today)
    for one in all_listings():
        if is_published(one.entry, today):
            yield Listed(one.entry, one.provider, one.key, one.changed_at, one.key in admitted)
