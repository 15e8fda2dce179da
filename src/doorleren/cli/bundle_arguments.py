"""The arguments of `doorleren bundle`; without Django, which is not loaded yet when they are read."""

import argparse


def add_bundle(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    text = "register the people of a CSV file, every row answered"
    submit = acts.add_parser("submit", help=text, description=text)
    submit.add_argument(
        "file", metavar="FILE.csv", help='reference, national_number, name, birth_date ...; "-": standard input'
    )
    submit.add_argument("--as", dest="adviser", metavar="ADVISER", required=True,
                        help="who registers: somebody of the demo by name (tom), or the number of a person")  # fmt: skip
    submit.add_argument("--round", metavar="NUMBER", help="which round, where advisers register in more than one")
    submit.add_argument("--organisation", metavar="KVK", help="for which firm, where the adviser has more than one")
    submit.add_argument("--json", action="store_true", help="print JSON")
