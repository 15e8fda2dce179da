"""Calling to a hearing with the file open for a week before it, and keeping what was said there. Ground: Awb 7:2 to 7:7."""

from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import given_by, not_in_time
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.core.days import AMSTERDAM, day_of, written_day
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.decision_words import of_objection
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import Hearing, Objection
from doorleren.decisions.objections import acts_about, ensure_open
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.sealed import Content, seal
from doorleren.people.signed_in import SignedIn


def call_to_hearing(
    case: int, *, heard_at: datetime, by: SignedIn, at: datetime, objection: int | None = None
) -> CaseAct:
    """Call the objector to a hearing at a moment; from a week before it the file lies open. Gives the act.

    That week must still be ahead whole. `objection`: its number, where more than one is open. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        about = ensure_open(case, objection)
        moment = heard_at.astimezone(AMSTERDAM)
        day, today = day_of(moment), day_of(at)
        inspect_from = law_of_terms().reckon("inspection", day).first
        if inspect_from <= today:
            raise refused(
                "too_soon", "Kies een latere dag: het dossier ligt eerst een week ter inzage, en de brief moet er dan zijn.",
                "Choose a later day: the file lies open for a week before, and the letter must be there by then.", "heard_at",
            )  # fmt: skip
        details: dict[str, Detail] = {
            "heard_on": day.isoformat(), "inspect_from": inspect_from.isoformat(), "objection": about.number,
        }  # fmt: skip
        act = perform(case, "hearing_called", by=by, at=at, details=details)
        told = f"{written_day(day, 'nl')} om {moment:%H.%M} uur"
        values = {"heard_at": told, "inspect_from": inspect_from, **of_objection(about, matter.case, LANGUAGE)}
        write_letter(act, "hearing", values, matter, at=at)
    return act


def hear_objection(case: int, report: str, *, by: SignedIn, at: datetime, objection: int | None = None) -> Hearing:
    """Keep the report of a hearing that was called and has taken place, by an official who took no part in the decision.

    The letter that called must have been sent before the week in which the file lies open (Awb 7:4(2)): nobody was called else.
    `objection`: its number, where more than one is open. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        locked_case(case)
        about = ensure_open(case, objection)
        called = _called(about)
        day, inspect_from = (date.fromisoformat(str(called.details[name])) for name in ("heard_on", "inspect_from"))
        late = not_in_time(given_by(called, inspect_from, acts_of(case)))
        if late is not None:
            raise DecisionRefused(late, "on", "not_called_in_time")
        if day_of(at) < day:
            raise refused(
                "not_yet", "De hoorzitting is nog niet geweest.", "The hearing has not taken place yet.", "on"
            )
        if not report.strip():
            raise refused("report", "Schrijf op wat er op de hoorzitting is gezegd.",
                          "Write down what was said at the hearing.", "report")  # fmt: skip
        act = perform(case, "heard", by=by, at=at, on=day, details={"objection": about.number})
        content = seal(Content(words=report.strip()), act.case, f"hearing-{act.number}", at)
        return Hearing.objects.create(
            objection=about, act=act, heard_on=day, inspect_from=inspect_from, content=content
        )


def _called(objection: Objection) -> CaseAct:
    """Give the last call to a hearing of an objection. Raises DecisionRefused."""
    found = acts_about(objection, "hearing_called")
    if not found:
        raise refused("not_called", "Nodig eerst uit voor de hoorzitting.", "Call to the hearing first.")
    return found[-1]
