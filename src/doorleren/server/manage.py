"""Django's own commands with the embedded database running: `python -m doorleren.server.manage migrate`.

They work as the owner of the tables where that is known. The next start of the site, or of a command of it, gives the
application its rights on what was made.
"""

import sys

from django.core.management import execute_from_command_line

from doorleren.server.site import open_site

PATIENCE_SECONDS = 60.0


def main(arguments: list[str]) -> None:
    """Runs one command; the database stops afterwards if it was started here and nobody else uses it."""
    database = open_site(as_owner=True)
    try:
        execute_from_command_line(["manage", *arguments])
    finally:
        if database is not None:
            database.close(patience=PATIENCE_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1:])
