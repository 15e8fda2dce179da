"""Fixing the penalty for a late decision, after a notice of default. Ground: Awb 4:17 and 4:18.

Days and cents come from the case's own terms and core/penalty.py. It is fixed once it no longer grows: the decision was
sent, or the longest time is over. Each late decision has its own notice, and its own penalty.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import law, life_of
from doorleren.cases.terms import Life, Notice, notices_of, penalty_on, terms_of
from doorleren.cases.terms.default import TOO_SOON, grows, late_with
from doorleren.core.days import day_of
from doorleren.core.penalty import Penalty, PenaltyStep
from doorleren.core.term_steps import Length, written
from doorleren.core.texts import in_language
from doorleren.decisions import letter_values
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.decision_words import against_said, decision_said, objection_said
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import FixedPenalty
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.sealed import Row
from doorleren.people.signed_in import SignedIn

_APPLICATION = {"nl": "uw aanvraag", "en": "your application"}


def fix_penalty(case: int, *, by: SignedIn, at: datetime, notice: int | None = None) -> FixedPenalty:
    """Fix what is owed for a notice of default, once for each late decision. Raises NotAllowed, CaseRefused, DecisionRefused.

    `notice`: its number among the acts of the case; left out it is the first of which the penalty can be fixed.
    """
    with transaction.atomic():
        matter = matter_held(case)
        rows, today = acts_of(case), day_of(at)
        life = life_of(matter.case, rows)
        told, owed, last = _owed(matter.case, life, today, notice)
        days, number = (last - owed.first).days + 1, told.done.number
        act = perform(
            case, "penalty_fixed", by=by, at=at, details={"cents": owed.cents, "days": days, "notice": number}
        )
        row = FixedPenalty.objects.create(
            act=act, notice=next(one for one in rows if one.number == number), first_on=owed.first, last_on=last,
            days=days, cents=owed.cents,
        )  # fmt: skip
        values = {
            "penalty_cents": owed.cents, "penalty_days": in_days(days, LANGUAGE),
            "pay_by": law_of_terms().reckon("payment", today).last,
            "calculation": letter_values.sums(tuple(calculation(law().penalty.steps, days)), LANGUAGE),
            **noticed(matter.case, number),
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
            yield Row({"nl": f"{in_days(counted, 'nl')} van {a_day} euro", "en": f"{in_days(counted, 'en')} at {a_day} euros"},
                      counted * step.cents_a_day)  # fmt: skip
    yield Row({"nl": "u krijgt", "en": "you receive"}, total, total=True)


def in_days(number: int, language: str) -> str:
    """Write a number of days: "1 dag", "20 dagen"."""
    return written(Length(number, "days", ""), language)


def noticed(case: Case, number: int) -> dict[str, object]:
    """Give what a letter says of a notice of default, by its number among the acts: when it came, and about which decision."""
    life = life_of(case, acts_of(case.pk))
    notice = next(one for one in notices_of(life, terms_of(life, law())) if one.done.number == number)
    late = late_with(life.acts, notice.about)
    if late is None:
        return {"noticed_on": notice.done.on, "late_with": in_language(_APPLICATION, LANGUAGE)}
    said = objection_said(late.received.on, LANGUAGE, notice.about)
    if late.against is not None:
        said = against_said(said, decision_said(late.against, case.procedure, LANGUAGE), LANGUAGE)
    return {"noticed_on": notice.done.on, "late_with": said}


def to_fix(case: Case, life: Life) -> list[Notice]:
    """Give the notices of default of a case for which no penalty was fixed, of late decisions for which none was, in order."""
    notices = notices_of(life, terms_of(life, law()))
    numbers = set(FixedPenalty.objects.filter(act__case=case).values_list("notice__number", flat=True))
    fixed = {one.about for one in notices if one.done.number in numbers}
    return [one for one in notices if one.about not in fixed]


def _owed(case: Case, life: Life, today: date, asked: int | None) -> tuple[Notice, Penalty, date]:
    """Give a notice, what is owed for it and its last day: if it had effect, was not fixed and grows no more."""
    waiting = [one for one in to_fix(case, life) if asked in (None, one.done.number)]
    if not waiting:
        raise refused("no_notice", "Er is geen ingebrekestelling waarvoor nog een dwangsom moet worden vastgesteld.",
                      "There is no notice of default for which a penalty is still to be fixed.", "notice")  # fmt: skip
    owed = [(one, found) for one in waiting if (found := penalty_on(today, one, law())) is not None]
    if not owed:
        raise DecisionRefused(waiting[-1].why or TOO_SOON, code="no_effect")
    running = [one for one, _ in owed if grows(today, one, law())]
    over = [(one, found, found.last) for one, found in owed if found.last is not None and one not in running]
    if over:
        return over[0]
    if running:
        raise refused("running", "De dwangsom loopt nog. Beslis eerst.", "The penalty is still running. Decide first.")
    raise refused("nothing", "Er is geen dwangsom verschuldigd.", "No penalty is owed.")
