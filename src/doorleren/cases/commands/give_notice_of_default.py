"""Noting a notice of default: somebody says that a decision is late. Ground: Awb 4:17(3).

Two weeks after it the penalty begins, if the term was over when it came (cases/terms/default.py). It says which decision is late: that on
the application, or on one of the objections.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from doorleren.cases.access import ensure_may
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import law, life_of, moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import why_not
from doorleren.cases.stops import said
from doorleren.cases.terms import CaseTerm, Life, notices_of, terms_of
from doorleren.cases.terms.default import APPLICATION, deciding_on, matter, overdue, penalties_fixed
from doorleren.people.signed_in import SignedIn

ACT, FIELD = "declared_in_default", "objection"


def give_notice_of_default(
    case: int, *, on: date, by: SignedIn, at: datetime, party: bool = False, objection: int | None = None
) -> CaseAct:
    """Note the notice, on the day that it was received. `objection`: what it is about, 0 for the application, else its number in the case.

    Left out it is about the one decision that was late then, or else the one that was to be taken. A second notice about the same late
    decision is refused: it would change nothing. Raises NotAllowed or CaseRefused.
    """
    with transaction.atomic():
        found = locked_case(case)
        if not party:
            ensure_may(by, ACT, found, at=at)
        about = APPLICATION
        if why_not(ACT, moments_of(found)) is None:
            life = life_of(found, acts_of(case))
            terms = terms_of(life, law())
            about = _about(life, terms, on, objection)
            _ensure_first(life, terms, about, on)
        return perform(case, ACT, by=by, at=at, on=on, party=party, details={FIELD: about}, held=found)


def nameable(life: Life, terms: tuple[CaseTerm, ...], day: date) -> list[int]:
    """Give what a notice of a day can be about: every decision that was yet to be taken then; the application where there is none."""
    came = {number: one.on for number, one in enumerate(life.all("objection_received"), 1)}
    found = [
        about for about, one in deciding_on(life, terms, day).items()
        if (one.ended_on is None or day < one.ended_on) and came.get(about, day) <= day
    ]  # fmt: skip
    return found or [APPLICATION]


def _about(life: Life, terms: tuple[CaseTerm, ...], day: date, asked: int | None) -> int:
    """Give what a notice is about, as was asked or as there is no doubt of it. Raises CaseRefused."""
    late, allowed = list(overdue(life, terms, day)), nameable(life, terms, day)
    if asked is None:
        several = late if late else allowed
        if len(several) > 1:
            raise CaseRefused(said(
                f"Er zijn meer beslissingen waarover dit kan gaan. Kies er een: {_named(several, 'nl')}.",
                f"There are several decisions that this can be about. Choose one: {_named(several, 'en')}.",
            ), ACT, FIELD)  # fmt: skip
        return several[0]
    if asked not in allowed:
        raise CaseRefused(said(
            f"Over {_named([asked], 'nl')} was die dag niets te beslissen. Kies uit: {_named(allowed, 'nl')}.",
            f"Nothing was to be decided on {_named([asked], 'en')} on that day. Choose from: {_named(allowed, 'en')}.",
        ), ACT, FIELD)  # fmt: skip
    return asked


def _ensure_first(life: Life, terms: tuple[CaseTerm, ...], about: int, day: date) -> None:
    """Refuse a second notice about a late decision: one that came no earlier than the first, or when its penalty was fixed."""
    notices, meant = notices_of(life, terms), matter(about, deciding_on(life, terms, day).get(about))
    first = next((one for one in notices if one.counts and one.matter == meant), None)
    if first is not None and (first.done.on <= day or meant in penalties_fixed(life, notices)):
        raise CaseRefused(said(
            f"Over {_named([about], 'nl')} is al een ingebrekestelling gekomen, op {first.done.on:%d-%m-%Y}. Een tweede verandert niets.",
            f"A notice of default about {_named([about], 'en')} came before, on {first.done.on}. A second one changes nothing.",
        ), ACT)  # fmt: skip


def _named(numbers: Iterable[int], language: str) -> str:
    """Name what a notice can be about. Example: 0 and 2 are "de aanvraag, bezwaar 2"."""
    application, objection = {"nl": ("de aanvraag", "bezwaar"), "en": ("the application", "objection")}[language]
    return ", ".join(f"{objection} {one}" if one else application for one in numbers)
