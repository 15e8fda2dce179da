"""The arguments of `doorleren retention`, apart from what it does, so that reading them needs no database."""

import argparse

WHAT = {
    "released": "the cases on lists that two officials agreed on",
    "unsubmitted": "applications that nobody decides on, and refused rows of bundles, half a year after their round",
    "accounts": "accounts that were not used for two years and that nothing needs",
    "payments": "bank accounts of payees of whom no case is kept, files for the bank and why its entries were closed, after the term "
    "of the books",
}


def add_retention(parser: argparse.ArgumentParser) -> None:
    """Add what `retention` does: list, destroy, ahead, report."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    act = acts.add_parser("list", help="what is due to be destroyed on a day; changes nothing")
    act.add_argument("--on", metavar="DAY", help="as 2036-04-02 (default: today)")
    act.add_argument("--json", action="store_true", help="print JSON")
    told = "; ".join(f"{name}: {words}" for name, words in WHAT.items())
    act = acts.add_parser("destroy", help="destroy what is due today, and report what was", description=told)
    act.add_argument("what", choices=tuple(WHAT), metavar="WHAT", help=", ".join(WHAT))
    act.add_argument("--json", action="store_true", help="print JSON")
    act = acts.add_parser("ahead", help="how much goes by rule alone on each of the coming 30 days, as it stands now")
    act.add_argument("--on", metavar="DAY", help="the first of those days, as 2036-04-02 (default: today)")
    act.add_argument("--json", action="store_true", help="print JSON")
    act = acts.add_parser("report", help="how much went by rule alone on each day of 12 months, with its acts")
    act.add_argument("--on", metavar="DAY", help="the last of those days, as 2036-04-02 (default: today)")
    act.add_argument("--json", action="store_true", help="print JSON")
