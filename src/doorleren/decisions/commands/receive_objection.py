"""Receiving an objection: of the party themselves, or entered by an official when it came by post. Ground: Awb 6:7 to 6:9 and 6:14.

One that comes too late is received too: whether that is excused is judged when it is decided on. So is one that comes while
another is open: each has its own day and term, and they are answered one after another. An objection does not stop the
decision (Awb 6:16).
"""

from datetime import date, datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_file
from doorleren.applications.models import Application
from doorleren.applications.parties import Named
from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import terms_of_case
from doorleren.cases.terms.objecting import DECIDING_ON
from doorleren.core.days import day_of, written_day
from doorleren.decisions.commands.take_up_objection import take_up_next
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.decision_words import of_objection
from doorleren.decisions.law_of_objection import law_of_objection
from doorleren.decisions.matters import Matter, matter_held
from doorleren.decisions.models import Objection
from doorleren.decisions.objections import Contestable, contestable, ensure_open, objections_open
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content, seal
from doorleren.people.signed_in import SignedIn

LONGEST = 20_000


def receive_objection(
    case: int, words: str, *, by: SignedIn, at: datetime, against: int | None = None, received_on: date | None = None,
    posted_on: date | None = None, committee: bool = False, party: bool = False,
) -> Objection:  # fmt: skip
    """Receive an objection against act number `against` (the last decision if not given), and confirm it by a letter.

    `received_on`, `posted_on`: days on paper, entered by an official. `committee`: one advises, so deciding takes longer
    (Awb 7:10). `party`: by a party, which is checked here. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if party:
            ensure_party(matter.application, by, at)
            received_on = posted_on = None
        told = words.strip()
        _ensure_sound(matter, told)
        found = _against(matter.case, against)
        today = day_of(at)
        day = received_on or today
        late = law_of_objection().is_late(found.last_day, day, posted_on)
        details = {"against": found.act.number, "committee": committee} | ({"late": True} if late else {})
        act = perform(case, "objection_received", by=by, at=at, on=day, details=details, party=party)
        number = Objection.objects.filter(case=case).count() + 1
        row = Objection.objects.create(
            case=act.case, number=number, act=act, against=found.act, received_on=day, last_day=found.last_day,
            late=late,
            content=seal(Content(words=told), act.case, f"objection-{act.number}", at),
        )  # fmt: skip
        values = {"respond_until": _decided_by(act, today), **of_objection(row, matter.case, LANGUAGE)}
        write_letter(act, "objection_received", values, matter, at=at)
    return row


def withdraw_objection(
    case: int, *, by: SignedIn, at: datetime, party: bool = False, objection: int | None = None
) -> CaseAct:
    """Withdraw an objection, by its number where several are open; the decision stays as it is. Ground: Awb 6:21 (recalled).

    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if party:
            ensure_party(matter.application, by, at)
        details: dict[str, Detail] = {"objection": ensure_open(case, objection).number} if objections_open(case) else {}
        act = perform(case, "objection_withdrawn", by=by, at=at, party=party, details=details)
        take_up_next(case, at=at)
        return act


def ensure_party(application: Application, by: SignedIn, at: datetime) -> None:
    """Raise NotAllowed unless somebody may act for the applicant or for whom the grant is for."""
    beneficiary = Named(application.beneficiary_kind, application.beneficiary_number)
    if not (beneficiary.kind and may_file(by, beneficiary, at=at)):
        ensure(may_file(by, Named(application.applicant_kind, application.applicant_number), at=at))


def _ensure_sound(matter: Matter, words: str) -> None:
    if not matter.framework.objection:
        raise refused("no_objection_here", "Tegen besluiten van deze regeling staat geen bezwaar open.",
                      "Decisions of this scheme are not open to objection.")  # fmt: skip
    if not words or len(words) > LONGEST:
        raise refused("words", f"Schrijf waarom u het niet eens bent met het besluit, in hoogstens {LONGEST} tekens.",
                      f"Write why you disagree with the decision, in at most {LONGEST} characters.", "words")  # fmt: skip


def _against(case: Case, number: int | None) -> Contestable:
    found = contestable(case)
    chosen = next((one for one in found if number in (None, one.act.number)), None)
    if chosen is None:
        nl, en = (_listed(found, language) for language in ("nl", "en"))
        raise refused("against", f"Tegen deze handeling staat geen bezwaar open. Kies uit: {nl}.",
                      f"This act is not open to objection. Choose from: {en}.", "against")  # fmt: skip
    if any(one.against_id == chosen.act.pk for one in objections_open(case.pk)):
        raise refused("open", "Er loopt al een bezwaar tegen dit besluit. Vul dat aan.",
                      "There is an objection against this decision already. Add to that one.")  # fmt: skip
    return chosen


def _listed(found: list[Contestable], language: str) -> str:
    """Name decisions by the number of their act and its day; a dash for none."""
    return ", ".join(f"{one.act.number} ({written_day(one.act.happened_on, language)})" for one in found) or "-"


def _decided_by(act: CaseAct, today: date) -> date:
    """Give the last day for deciding on it; counted from today where the decision had not been sent."""
    terms = terms_of_case(act.case)
    term = next((one for one in terms if (one.id, one.about) == (DECIDING_ON, act.number)), None)
    if term is not None and term.last is not None:
        return term.last
    return law_of_terms().reckon("objection-decision", law_of_terms().reckon("objection", today).last).last
