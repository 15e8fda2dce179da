"""The arguments of `doorleren register` and `doorleren reference`."""

import argparse

FORMS = ("csv", "edudex", "ooapi")
EXPORTS = ("ooapi", "edudex", "elm", "csv", "parquet")
"""As in `register.outlets.export`, which is not imported for a help text; a test compares the two."""
KINDS = ("occupations", "skills", "occupation-skills", "postcodes", "shortages")


def add_register(parser: argparse.ArgumentParser) -> None:
    """Add what `register` does: import, search, export, rebuild, pull, publish."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    act = acts.add_parser(
        "import", help="read a file with training activities, and say what is new, changed and refused"
    )
    act.add_argument("file", metavar="FILE")
    act.add_argument("--format", choices=FORMS, help="how the file is written (default: its content says)")
    act.add_argument(
        "--mapping",
        metavar="FILE",
        default="auto",
        help='a JSON object from columns to fields, or "auto" (default: auto)',
    )
    act.add_argument("--source", metavar="NAME", default="command line", help="who delivers (default: command line)")
    act.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    act.add_argument("--json", action="store_true", help="print JSON")
    act.add_argument("--language", choices=("nl", "en"), default="nl", help="language of the texts (default: nl)")
    act = acts.add_parser("search", help="the search of the portal")
    act.add_argument("query", metavar="QUERY")
    act.add_argument(
        "--postcode", metavar="1234", default="", help="where you are, a postcode or place: distances are from there"
    )
    act.add_argument(
        "--radius", metavar="KM", type=int, help="only what is given at most so many kilometres from there"
    )
    act.add_argument(
        "--literal", metavar="WORDS", action="append", default=[],
        help="words of the query that are not to be taken for a place or a way of learning; may be repeated",
    )  # fmt: skip
    act.add_argument("--profile", metavar="PROFILE.json", help='answers of the finder; "-" reads standard input')
    act.add_argument("--on", metavar="DAY", help="prices after funding as they are on a day (default: today)")
    act.add_argument("--limit", type=int, default=10, help="how many at most, 1 to 1000 (default: 10)")
    act.add_argument("--json", action="store_true", help="print JSON")
    act = acts.add_parser("export", help="write the whole register")
    act.add_argument("--format", choices=EXPORTS, required=True)
    act.add_argument("path", metavar="PATH")
    acts.add_parser("rebuild", help="make the read index anew from the database")
    act = acts.add_parser("pull", help="pull the sources that are due, or one of them now")
    act.add_argument("--source", metavar="NAME", help="this source, whether it is due or not")
    acts.add_parser("publish", help="write the open data of today: CSV and Parquet")


def add_reference(parser: argparse.ArgumentParser) -> None:
    """Add what `reference` does: import."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    act = acts.add_parser("import", help="replace one kind of reference data by a file")
    act.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    act.add_argument("path", metavar="PATH")
