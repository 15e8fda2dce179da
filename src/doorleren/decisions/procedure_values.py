"""What the letter of a loan, a purchase or a service names besides that of a grant: how it is paid back, or what one gets and from whom."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from doorleren.core.money import euros
from doorleren.core.texts import ASSUMED, in_language
from doorleren.decisions.matters import Matter
from doorleren.decisions.repayment import Month, plan
from doorleren.rules.frameworks import LOAN, PURCHASE, SERVICE, Repayment
from doorleren.rules.handling import Handled, Repaying, repaying
from doorleren.rules.provisions import provision_of

UNKNOWN: dict[str, Any] = {"repayment_known": False, "repayment_unknown": True, "plan_assumed": False}


def of_provision(procedure: str, language: str) -> dict[str, Any]:
    """Give what a letter calls what is given: by itself, as something that somebody gets, and as what it is paid before its end."""
    found = provision_of(procedure)
    told = {"provision": found.name, "a_provision": found.one, "as_advance": found.as_advance}
    return {name: in_language(texts, language) for name, texts in told.items()}


def of_loan(
    matter: Matter, handled: Handled, cents: int, until: date | None, *, on: date, language: str
) -> dict[str, Any]:
    """Give what the letter of a loan names of its repayment; nothing for any other grant. `until`: the last day of the activities, where it is known."""
    if matter.version.procedure != LOAN:
        return {}
    law = None if until is None else repaying(matter.version, matter.track, until)
    months = () if law is None or not cents else plan(cents, law)
    if law is None or not months:
        blank = {"rate_day": on, "first_by": on, "last_by": on, "months": 0, "month_cents": 0, "last_cents": 0}
        return blank | {"rate": "", "plan_says": ""} | UNKNOWN
    known = {"repayment_known": True, "repayment_unknown": False}
    return plan_told(months, law, handled.arrangement.repayment, language) | known


def plan_told(months: Sequence[Month], law: Repaying, said: Repayment | None, language: str) -> dict[str, Any]:
    """Give what a letter names of a plan of repayment: how many months, how much, when, at which interest, and on what that rests."""
    first, last = months[0], months[-1]
    return {
        "rate_day": law.starts, "months": len(months), "month_cents": first.cents, "last_cents": last.cents,
        "first_by": first.day, "last_by": last.day, "rate": f"{euros(round(law.rate * 10_000)).replace('.', ',')}%",
        "plan_says": in_language(said.says, language) if said is not None else "",
        "plan_assumed": said is not None and said.source.startswith(ASSUMED),
    }  # fmt: skip


def of_help(matter: Matter, name: Callable[[str, int | None], str], language: str) -> dict[str, Any]:
    """Give what somebody gets where that is no money, and from whom: who is paid for it, else who executes the scheme. `name`: gives names."""
    if matter.version.procedure not in (PURCHASE, SERVICE):
        return {}
    one = matter.application
    own, paid = (one.applicant_kind, one.applicant_number), (one.payee_kind, one.payee_number)
    payee = name(*paid) if one.payee_kind and paid != own else ""
    return {
        "service": in_language(matter.track.name, language) or matter.version.called(language),
        "provided_by": payee or matter.version.body.get("executes") or matter.case.body.name,
    }  # fmt: skip
