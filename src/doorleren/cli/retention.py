"""`doorleren retention list|destroy|ahead|report`: what is due at the end of its retention, and destroying it with a report.

Cases are destroyed only from a list that one official proposed and another released, on the pages of officials. What goes by
rule alone: `ahead` counts it by day before, `report` after. What each prints with --json: docs/contract/retention.schema.json.
"""

import argparse
import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from doorleren.applications.evidence.storage import Store
from doorleren.applications.retention.by_rule import DAYS_AHEAD, MONTHS_BACK, Counted, Due, Rule, ahead, gone
from doorleren.applications.retention.commands.destroy_account import destroy_unused_accounts
from doorleren.applications.retention.commands.destroy_application import destroy_unsubmitted
from doorleren.applications.retention.commands.destroy_refused_rows import destroy_refused_rows
from doorleren.applications.retention.commands.run_destruction import run_released
from doorleren.applications.retention.due import BUNDLE, due_cases
from doorleren.audit.acts import Party
from doorleren.cases.frameworks import law_of_terms
from doorleren.cli.surroundings import asked_on, now, today
from doorleren.core.days import add_months
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.retention import ACCOUNT, BY_RULE, CLOSED, FILE
from doorleren.people.personal_content import personal_content

OPERATOR = Party("operator", "command-line")


def run(options: argparse.Namespace) -> int:
    """List, destroy, count beforehand or report. Raises NotAMoment for a day that is none."""
    acts = {"list": _list, "destroy": _destroy, "ahead": _ahead, "report": _report}
    return acts[options.act](options)


def _ahead(options: argparse.Namespace) -> int:
    first = _day(options.on)
    last, found = first + timedelta(days=DAYS_AHEAD), ahead(BY_RULE, first)
    if options.json:
        kinds = [_ruled(one) for one in BY_RULE]
        days = [{"on": one.on.isoformat(), "kind": one.kind, "count": one.count} for one in found]
        told = {"from": first.isoformat(), "until": last.isoformat(), "kinds": kinds, "days": days}
        print(json.dumps(told, indent=1))
        return 0
    for one in found:
        print(f"{one.on}  {one.kind:13} {one.count:>10}")
    print(f"Goes by rule alone, {first} to {last}, as it stands now: {_sums(found)}")
    return 0


def _ruled(rule: Rule) -> dict[str, Any]:
    length = law_of_terms().kinds[rule.term].length
    ground = next(one.ground for one in personal_content().rows if one.id == rule.content)
    return {
        "kind": rule.kind, "term": rule.term, "length": length.number, "unit": length.unit, "source": length.source,
        "ground": ground["en"],
    }  # fmt: skip


def _report(options: argparse.Namespace) -> int:
    last = _day(options.on)
    first = add_months(last, -MONTHS_BACK)
    found = gone(BY_RULE, first, last)
    if options.json:
        days = [
            {"on": one.on.isoformat(), "kind": one.kind, "count": one.count, "first_act": one.first_act, "last_act": one.last_act}
            for one in found
        ]  # fmt: skip
        print(json.dumps({"from": first.isoformat(), "until": last.isoformat(), "days": days}, indent=1))
        return 0
    for one in found:
        print(f"{one.on}  {one.kind:13} {one.count:>10}  acts {one.first_act} to {one.last_act}")
    print(f"Went by rule alone, {first} to {last}: {_sums(found)}")
    return 0


def _sums(found: list[Counted]) -> str:
    sums: Counter[str] = Counter()
    for one in found:
        sums[one.kind] += one.count
    return ", ".join(f"{count} {kind}" for kind, count in sorted(sums.items())) or "nothing"


def _day(named: str | None) -> date:
    return today() if named is None else asked_on(named).day


def _list(options: argparse.Namespace) -> int:
    on = _day(options.on)
    found = [*due_cases(on), *(one for rule in BY_RULE for one in rule.due(on))]
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
