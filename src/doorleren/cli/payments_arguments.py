"""The arguments of `doorleren payments`; without Django, which is not loaded yet when they are read."""

import argparse


def add_payments(parser: argparse.ArgumentParser) -> None:
    """Add what `payments` does: propose, release, file, import."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    propose = _act(acts, "propose", "propose to pay what a body owes, one line per case; another releases it")
    propose.add_argument(
        "--on", metavar="DAY", help="the day of payment, on which banks pay (default: the first from today)"
    )
    propose.add_argument(
        "--accept", metavar="CASE", action="append", default=[],
        help="pay this case (reference or number) although its account took the place of another after the decision (may be repeated)",
    )  # fmt: skip
    propose.add_argument("--rehearsal", action="store_true", help="of rounds to practise with; never goes to a bank")
    release = _act(acts, "release", "release a run that a colleague proposed: payments are ordered, the file is made")
    release.add_argument("run", metavar="RUN", help="the number of the run")
    file = _act(acts, "file", "write the file of a released run, or hand it to the bank")
    file.add_argument("run", metavar="RUN", help="the number of the run")
    file.add_argument(
        "--output", metavar="FILE.xml", help='where to write it (default: standard output, "-")', default="-"
    )
    file.add_argument(
        "--hand", metavar="FILE.xml", help="hand this file to the bank, if no byte differs from what was released"
    )
    read = _act(acts, "import", "read in what the bank says (pain.002 or camt.053); twice is once")
    read.add_argument("file", metavar="FILE.xml", help='"-": standard input')
    for one in (propose, read):
        one.add_argument("--body", metavar="CODE", help="for which body, where the paymaster has more than one")


def _act(acts: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str) -> argparse.ArgumentParser:
    made = acts.add_parser(name, help=text, description=text)
    made.add_argument("--as", dest="official", metavar="OFFICIAL", required=True,
                      help="who does it: somebody of the demo by name, or the number of a person")  # fmt: skip
    made.add_argument("--json", action="store_true", help="print JSON; amounts in euros")
    return made
