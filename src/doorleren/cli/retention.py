"""`doorleren retention list|destroy`: what is due at the end of its retention, and destroying it with a report.

Cases are destroyed only from a list that one official proposed and another released, on the pages of officials.
"""

import argparse
import json
from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings

from doorleren.applications.evidence.storage import Store
from doorleren.applications.retention.commands.destroy_account import destroy_unused_accounts
from doorleren.applications.retention.commands.destroy_application import destroy_unsubmitted
from doorleren.applications.retention.commands.destroy_refused_rows import destroy_refused_rows
from doorleren.applications.retention.commands.run_destruction import run_released
from doorleren.applications.retention.due import BUNDLE, Due, due_accounts, due_bundles, due_cases, due_unsubmitted
from doorleren.audit.acts import Party
from doorleren.cli.surroundings import asked_on, now, today
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.retention import ACCOUNT, CLOSED, FILE, due_closed_entries, due_files, due_payee_accounts

OPERATOR = Party("operator", "command-line")


def run(options: argparse.Namespace) -> int:
    """List or destroy. Raises NotAMoment for a day that is none."""
    return _list(options) if options.act == "list" else _destroy(options)


def _list(options: argparse.Namespace) -> int:
    on = today() if options.on is None else asked_on(options.on).day
    found = [
        *due_cases(on), *due_unsubmitted(on), *due_bundles(on), *due_accounts(on), *due_payee_accounts(on), *due_files(on),
        *due_closed_entries(on),
    ]  # fmt: skip
    if options.json:
        print(json.dumps({"on": on.isoformat(), "due": [_told(one) for one in found]}, indent=1))
        return 0
    for one in found:
        print(
            f"{one.kind:13} {one.number:>10}  began {one.began_on}  kept until {one.kept_until}  {one.term}: {one.source}"
        )
    counts = Counter(one.kind for one in found)
    print(
        f"Due on {on}: {counts['case']} cases, {counts['application']} applications, {counts['person']} accounts, "
        f"{counts[ACCOUNT]} bank accounts, {counts[FILE]} files for the bank, {counts[CLOSED]} closed entries of the bank, "
        f"refused rows of {counts[BUNDLE]} bundles"
    )
    return 0


def _told(one: Due) -> dict[str, Any]:
    return {
        "kind": one.kind, "number": one.number, "began_on": one.began_on.isoformat(),
        "kept_until": one.kept_until.isoformat(), "term": one.term, "source": one.source,
    }  # fmt: skip


def _destroy(options: argparse.Namespace) -> int:
    at, gone = now(), _gone(options.what, today())
    if options.json:
        print(json.dumps({"at": at.isoformat(), "what": options.what, "destroyed": gone}))
    else:
        print(f"Destroyed: {gone} ({options.what})")
    return 0


def _gone(what: str, on: date) -> int:
    at, store = now(), Store(settings.DOORLEREN_EVIDENCE, bytes(settings.DOORLEREN_EVIDENCE_KEY))
    if what == "released":
        return run_released(store=store, at=at)
    if what == "unsubmitted":
        gone = destroy_unsubmitted(on, store=store, by=OPERATOR, at=at)
        return len(gone) + len(destroy_refused_rows(on, by=OPERATOR, at=at))
    if what == "payments":
        return sum(destroy_payments(on, by=OPERATOR, at=at))
    return len(destroy_unused_accounts(on, by=OPERATOR, at=at))
