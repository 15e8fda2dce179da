"""What the tests of objections share: people who applied, decisions that were sent, and objections, one minute after another."""

from datetime import datetime, timedelta
from typing import Any

from doorleren.applications.models import Application
from doorleren.audit.acts import SITE
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.check_delivery import draw_sample, to_draw_from
from doorleren.decisions.commands.decide import grant, refuse
from doorleren.decisions.commands.decide_objection import Heard
from doorleren.decisions.commands.notify_intent import notify_intent
from doorleren.decisions.commands.receive_objection import receive_objection
from doorleren.decisions.models import Decision, Objection
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.rules import Ruling
from doorleren.letters.models import Letter
from doorleren.letters.queries import content_of
from doorleren.people.models import Person
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library
from tests.decisions.made import AT, UNTIL, YES, assessed, by
from tests.people import made as people

NO = Ruling("honest", False, "de rekening is van voor de aanvraag")
"""What the assessor found at first: that it had been paid for already."""
WHY = Heard("uit uw bankafschrift blijkt dat u later betaalde", without_hearing="waived")
Staff = dict[str, Person]


def next_moment(case: Case, days: int = 0) -> datetime:
    """Give the next moment of a case: a minute after its last act, or so many days after it."""
    case.refresh_from_db()
    return case.last_act_at + timedelta(days=days, minutes=1)


def applicant(case: Case, at: datetime) -> SignedIn:
    """Let the applicant of a case be signed in."""
    one = Application.objects.get(pk=int(case.subject_id))
    return people.signed_in(Person.objects.get(pk=one.applicant_number), at=at)


def refused(case: Case, known: Library, staff: Staff, ground: str = "other-facts") -> Decision:
    """Assess and refuse a case, after a view where the ground asks one, and send the letter."""
    assessed(case, known, staff["assessor"], YES if ground == "ceiling" else NO, at=next_moment(case))
    if ground == "other-facts":
        at = next_moment(case)
        notify_intent(case.pk, ground, until=day_of(at) + timedelta(days=14), by=by(staff["decider"], at), at=at)
        at = next_moment(case)
        perform(case.pk, "view_received", by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    return sent(refuse(case.pk, ground, by=by(staff["decider"], at), at=at), staff)


def granted(case: Case, known: Library, staff: Staff) -> Decision:
    """Assess and grant a case, and send the letter."""
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    return sent(grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=UNTIL), staff)


def sent(decision: Decision, staff: Staff) -> Decision:
    """Note that the letter of a decision was sent the same day."""
    went(decision.act)
    return decision


def went(act: CaseAct) -> CaseAct:
    """Note that the letter of an act was sent the same day."""
    at = next_moment(act.case)
    note_dispatch(act.case_id, of=act.number, on=day_of(at), by=SITE, at=at)
    return act


def drawn(case: Case, staff: Staff) -> None:
    """Draw all cases of the round that can be drawn, so that whoever asks in one of them chooses nothing."""
    at, decision = next_moment(case), decision_in_force(case.pk)
    round_ = None if decision is None else decision.round_id
    assert round_ is not None
    if left := len(to_draw_from(round_, today=day_of(at))):
        draw_sample(round_, left, by=by(staff["assessor"], at), at=at)


def objected(case: Case, days: int = 0, **given: Any) -> Objection:
    """Let the applicant object, so many days after the last act."""
    at = next_moment(case, days)
    told = {"by": applicant(case, at), "at": at, "party": True} | given
    return receive_objection(case.pk, "Ik betaalde pas later.", **told)


def said(act: Any) -> str:
    """Give all words of the letter of an act."""
    content = content_of(Letter.objects.get(act__act=act))
    cells = (cell for piece in content.pieces for row in piece.rows for cell in row)
    lines = (line for piece in content.pieces for line in piece.lines)
    return " ".join((content.subject, *(piece.text for piece in content.pieces), *cells, *lines))


__all__ = ["AT", "NO", "WHY"]
