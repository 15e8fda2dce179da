"""Asking to repair an objection that is not complete, and noting that it was. Ground: Awb 6:5 (recalled) and 6:6."""

from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.receive_objection import ensure_party
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.decision_words import of_objection
from doorleren.decisions.matters import matter_held, matter_of
from doorleren.decisions.models import Objection
from doorleren.decisions.objections import ensure_open, objections_open, question_to_repair
from doorleren.decisions.refusing import refused
from doorleren.people.signed_in import SignedIn


def ask_to_repair(
    case: int, question: str, *, until: date, by: SignedIn, at: datetime, objection: int | None = None
) -> CaseAct:
    """Ask for what an objection lacks, until a day; deciding on it stands still meanwhile. Gives the act.

    `objection`: its number, where more than one is open. One at a time, as what comes in says nothing of which it repairs. The question
    stands in the letter alone. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        about = ensure_open(case, objection)
        if not question.strip():
            raise refused("question", "Schrijf op wat er aan het bezwaar ontbreekt.",
                          "Write down what the objection lacks.", "question")  # fmt: skip
        if until <= day_of(at):
            raise refused("until", "Kies een dag na vandaag.", "Choose a day after today.", "until")
        _ensure_one_at_a_time(about, day_of(at))
        details: dict[str, Detail] = {"until": until.isoformat(), "objection": about.number}
        act = perform(case, "objection_repair_asked", by=by, at=at, details=details)
        values = {
            "question": question.strip(), "respond_until": until, **of_objection(about, matter.case, LANGUAGE),
        }  # fmt: skip
        write_letter(act, "objection_repair_asked", values, matter, at=at)
    return act


def repair_objection(case: int, *, by: SignedIn, at: datetime, on: date | None = None, party: bool = False) -> CaseAct:
    """Note that what was asked came in. Raises NotAllowed, CaseRefused."""
    with transaction.atomic():
        if party:
            ensure_party(matter_of(Case.objects.get(pk=case)).application, by, at)
        return perform(case, "objection_repaired", by=by, at=at, on=None if party else on, party=party)


def _ensure_one_at_a_time(about: Objection, today: date) -> None:
    """Raise DecisionRefused while somebody still has time to repair another objection of the case."""
    others = (one for one in objections_open(about.case_id) if one.number != about.number)
    for given in filter(None, map(question_to_repair, others)):
        if today <= given.last:
            raise refused(
                "asked", f"U vroeg al om herstel van een ander bezwaar, tot en met {given.last:%d-%m-%Y}. Wacht op het antwoord of die dag.",
                f"You asked to repair another objection already, until {given.last}. Wait for the answer or that day.",
            )  # fmt: skip
