"""Fixing the penalty for a late decision, after a notice of default. Ground: Awb 4:17 and 4:18.

Days and cents come from the case's own terms and core/penalty.py. It is fixed once it no longer grows: the decision was
sent, or the longest time is over.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import law, life_of
from doorleren.cases.terms import penalty_on, terms_of
from doorleren.core.days import day_of
from doorleren.core.penalty import Penalty, PenaltyStep
from doorleren.decisions import letter_values
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import FixedPenalty
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Row
from doorleren.people.signed_in import SignedIn


def fix_penalty(case: int, *, by: SignedIn, at: datetime) -> FixedPenalty:
    """Fix what is owed for the last notice of default, once for each. Raises NotAllowed, CaseRefused, DecisionRefused."""
    with transaction.atomic():
        matter = matter_held(case)
        today = day_of(at)
        notice, owed = _owed(matter.case, today)
        if owed.last is None:
            raise refused("nothing", "Er is geen dwangsom verschuldigd.", "No penalty is owed.")
        days = (owed.last - owed.first).days + 1
        act = perform(case, "penalty_fixed", by=by, at=at, details={"cents": owed.cents, "days": days})
        row = FixedPenalty.objects.create(
            act=act, notice=notice, first_on=owed.first, last_on=owed.last, days=days, cents=owed.cents
        )
        values = {
            "penalty_cents": owed.cents, "days_late": days, "pay_by": law_of_terms().reckon("payment", today).last,
            "calculation": letter_values.sums(tuple(calculation(law().penalty.steps, days)), LANGUAGE),
        }  # fmt: skip
        write_letter(act, "penalty_decided", values, matter, at=at)
    return row


def calculation(steps: tuple[PenaltyStep, ...], days: int) -> Iterator[Row]:
    """Write how the penalty of so many days adds up. Pure. Example: 20 days: 14 days, 6 days, together."""
    left, total = days, 0
    for step in steps:
        counted = min(left, step.days)
        left, total = left - counted, total + counted * step.cents_a_day
        if counted:
            a_day = f"{step.cents_a_day // 100}"
            yield Row({"nl": f"{counted} dagen van {a_day} euro", "en": f"{counted} days at {a_day} euros"},
                      counted * step.cents_a_day)  # fmt: skip
    yield Row({"nl": "u krijgt", "en": "you receive"}, total, total=True)


def _owed(case: Case, today: date) -> tuple[CaseAct, Penalty]:
    """Give the last notice of default and what is owed for it, if it had effect, was not fixed and grows no more."""
    rows = acts_of(case.pk)
    notice = next((one for one in reversed(rows) if one.act == "declared_in_default"), None)
    if notice is None or FixedPenalty.objects.filter(notice=notice).exists():
        raise refused("no_notice", "Er is geen ingebrekestelling waarvoor nog een dwangsom moet worden vastgesteld.",
                      "There is no notice of default for which a penalty is still to be fixed.")  # fmt: skip
    life = life_of(case, rows)
    terms = terms_of(life, law())
    owed = penalty_on(today, life, terms, law())
    if owed is None:
        raise refused("no_effect", "De ingebrekestelling kwam te vroeg en heeft geen gevolg.",
                      "The notice of default came too soon and has no effect.")  # fmt: skip
    longest = sum(one.days for one in law().penalty.steps)
    if penalty_on(today + timedelta(days=longest + 1), life, terms, law()) != owed:
        raise refused("running", "De dwangsom loopt nog. Beslis eerst.", "The penalty is still running. Decide first.")
    return notice, owed
