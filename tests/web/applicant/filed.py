"""A case of somebody who applied, with what officials did and sent, for the tests of a file."""

from datetime import datetime, timedelta
from typing import Any

from doorleren.audit.acts import SITE
from doorleren.cases.commands.ask_to_complete import ask_to_complete
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import grant, refuse
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.models import ActLetter, Decision
from doorleren.letters.models import Dispatch, Letter
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.test_draft import freeze
from tests.decisions import made
from tests.people import made as people
from tests.web.provider.visitor import Visitor


class Filed:
    """A case with its applicant (a visitor who is signed in) and the officials of its body."""

    def __init__(self, known: Library, round_: Round) -> None:
        """Let Nadia apply."""
        self.known = known
        self.case: Case = made.a_case(known, round_)
        self.nadia = Visitor(people.Person.objects.get(name="Nadia"))
        self.staff: dict[str, Person] = made.officials(round_.body)
        self.place = f"/applications/{self.case.subject_id}/file"

    def at(self) -> datetime:
        """Give a minute after the last act."""
        self.case.refresh_from_db()
        return max(made.AT, self.case.last_act_at) + timedelta(minutes=1)

    def decided(self, *, granted: bool = True, sent: bool = True) -> Decision:
        """Let an official assess and another decide; send the letter."""
        failing = made.Ruling("honest", False, "de offerte is van vóór de aanvraag")
        made.assessed(self.case, self.known, self.staff["assessor"], made.YES if granted else failing, at=self.at())
        at = self.at()
        by = made.by(self.staff["decider"], at)
        if granted:
            one = grant(self.case.pk, **_known(grant, self.known), by=by, at=at, activities_until=made.UNTIL)
        else:
            self.intent()
            at = self.at()
            by = made.by(self.staff["decider"], at)
            one = refuse(
                self.case.pk, "other-facts", **_known(refuse, self.known), by=by, at=at, words="De offerte is te oud."
            )
        if sent:
            self.send(one.act)
        return one

    def intent(self, *, viewed: bool = True) -> None:
        """Tell of an intent; let the view be given already, so that a refusal may follow."""
        at = self.at()
        act = perform(self.case.pk, "intent_notified", by=made.by(self.staff["assessor"], at), at=at,
                      details={"until": (day_of(at) + timedelta(days=14)).isoformat()})  # fmt: skip
        self.send(act, letter=False)
        if viewed:
            perform(self.case.pk, "view_received", by=made.by(self.staff["assessor"], self.at()), at=self.at())

    def asked(self, days: int = 300) -> CaseAct:
        """Let an official ask for the offer, by a letter that is sent."""
        at = self.at()
        act = ask_to_complete(self.case.pk, until=day_of(at) + timedelta(days=days), parts=["offer"],
                              by=made.by(self.staff["assessor"], at), at=at)  # fmt: skip
        self.send(act, letter=False)
        return act

    def suspended(self, *, sent: bool = True) -> CaseAct:
        """Let the payment of a grant be suspended: another decision that one can object to; send the letter."""
        at = self.at()
        act = perform(self.case.pk, "payment_suspended", by=made.by(self.staff["decider"], at), at=at)
        if sent:
            self.send(act, letter=False)
        return act

    def send(self, act: CaseAct, *, letter: bool = True) -> None:
        """Send the letter of an act, and note that on the case."""
        at = self.at()
        if letter:
            Dispatch.objects.create(
                letter=ActLetter.objects.get(act=act).letter, channel="message_box", at=at, sent=True
            )
        note_dispatch(self.case.pk, of=act.number, on=day_of(at), by=SITE, at=at)
        self.case.refresh_from_db()

    @property
    def letter(self) -> Letter:
        """Give the last letter."""
        return Letter.objects.filter(about_id=str(self.case.pk)).latest("pk")


def _known(command: Any, known: Library) -> dict[str, Any]:
    """Give the library to a command that asks for it."""
    return {"library": known} if "library" in command.__annotations__ else {}


def of_the_firm(name: str, firm: Organisation) -> Person:
    """Make somebody with a role and a mandate in an organisation."""
    person = people.person(name=name)
    people.mandate(person, firm)
    people.role(person, RoleKind.EMPLOYER, organisation=firm)
    return person


def made_of_a_firm(known: Library, round_: Round, firm: Organisation) -> Case:
    """Let Emre apply for an organisation, and open the case."""
    emre = of_the_firm("Emre", firm)
    one = applications.draft(known, round_, emre, "firm", applicant=applications.firm_as(firm))
    applications.answer(known, one, emre, {"employer.employees": 12})
    frozen, id_ = freeze(known, one, emre, sensitive={}), round_.pk << 32 | 500
    Ticket.objects.create(
        id=id_, round=round_, key=one.key, person=frozen.person, content=frozen.content, cents=frozen.cents,
        kind=frozen.kind, batch=id_, arrived_at=applications.AT,
    )  # fmt: skip
    while allocate(round_.pk, at=applications.AT):
        pass
    open_cases(at=made.AT)
    return Case.objects.get(subject_id=str(one.pk))
