"""Commands of the command line that need the database: the site is opened, its tables brought up to date, the command run."""

import argparse
import sys
from importlib import import_module

from doorleren.server import site
from doorleren.server.databases import NotPostgreSQL
from doorleren.server.embedded import DatabaseFailed
from doorleren.server.environment import BadVariable

PATIENCE_SECONDS = 60.0


def run(options: argparse.Namespace) -> int:
    """Run one command; the database stops afterwards if it was started here and nobody else uses it."""
    try:
        database = site.open_site()
    except (DatabaseFailed, NotPostgreSQL, BadVariable, PermissionError) as error:
        print(f"doorleren {options.command}: {error}", file=sys.stderr)
        return 1
    try:
        site.migrate()
        return int(import_module(f"doorleren.cli.{options.command}").run(options))
    except site.Unreachable as error:
        print(f"doorleren {options.command}: {error}", file=sys.stderr)
        return 1
    finally:
        if database is not None:
            database.close(patience=PATIENCE_SECONDS)
