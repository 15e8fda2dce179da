"""Named reads of objections: those that are open and which is in hand, its hearing, what was written; and what one can object to, until when."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import GivenDay, given_by
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import life_of
from doorleren.cases.terms.appealing import ANNULLED, APPEAL_ENDED, JUDGMENT_NOTED
from doorleren.cases.terms.objecting import CONTESTABLE, objection_of, with_a_letter
from doorleren.core.days import written_day
from doorleren.decisions.models import Decision, Hearing, Objection, ObjectionDecision
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import words_sealed

_NAMES = {Objection: "objection", Hearing: "hearing", ObjectionDecision: "objection-decision"}


class _Sealed(Protocol):
    content: bytes | memoryview
    act: CaseAct


def name_of(row: _Sealed) -> str:
    """Give the name under which the words of a row are sealed: its table and the number of its act."""
    return f"{_NAMES[type(row)]}-{row.act.number}"  # type: ignore[index]


def words_of(row: _Sealed) -> str:
    """Give the words of an objection, of the report of a hearing, or of a decision on an objection. Raises Destroyed, DoesNotOpen."""
    return words_sealed(row.content, row.act, _NAMES[type(row)])  # type: ignore[index]


def objections_open(case: int) -> list[Objection]:
    """Give the objections that wait for a decision, in the order in which they came: the first is in hand.

    One of which a court annulled the answer waits again.
    """
    answered = answers_in_force().filter(objection=OuterRef("pk"))
    rows = Objection.objects.select_related("act", "against").filter(~Exists(answered), case=case)
    found = list(rows.order_by("number"))
    gone = withdrawn_objections(case) if found else frozenset[int]()
    return [one for one in found if one.number not in gone]


def answers_in_force() -> QuerySet[ObjectionDecision]:
    """Give the decisions on objections that no court annulled."""
    told = CaseAct.objects.filter(act__in=(JUDGMENT_NOTED, APPEAL_ENDED), details__judgment=ANNULLED)
    told = told.annotate(named=KT("details__against"))
    number = Cast(OuterRef("act__number"), TextField())
    return ObjectionDecision.objects.filter(~Exists(told.filter(case=OuterRef("act__case"), named=number)))


def objection_open(case: int) -> Objection | None:
    """Give the objection that is in hand; None where none waits for a decision."""
    return next(iter(objections_open(case)), None)


def withdrawn_objections(case: int) -> frozenset[int]:
    """Give the numbers of the objections that were withdrawn; an act that names none is about the last before it."""
    acts = CaseAct.objects.filter(case=case, act__in=("objection_received", "objection_withdrawn")).order_by("number")
    gone, received = set[int](), 0
    for one in acts:
        if one.act == "objection_received":
            received += 1
        else:
            gone.add(int(str(one.details.get("objection", received))))
    return frozenset(gone)


def ensure_open(case: int, number: int | None = None) -> Objection:
    """Give the open objection, by its number in the case where more than one is open: which one that is, nobody guesses. Raises DecisionRefused."""
    found = objections_open(case)
    if not found:
        raise refused("no_objection", "Er is geen bezwaar waarop nog moet worden beslist.",
                      "No objection waits for a decision.")  # fmt: skip
    allowed = {language: _listed(found, language) for language in ("nl", "en")}
    if number is None and len(found) > 1:
        raise refused("objection", f"Er loopt meer dan één bezwaar. Kies uit: {allowed['nl']}.",
                      f"More than one objection is open. Choose from: {allowed['en']}.", "objection")  # fmt: skip
    chosen = next((one for one in found if number in (None, one.number)), None)
    if chosen is None:
        raise refused("objection", f"Op bezwaar {number} hoeft niet te worden beslist. Kies uit: {allowed['nl']}.",
                      f"Objection {number} does not wait for a decision. Choose from: {allowed['en']}.", "objection")  # fmt: skip
    return chosen


def _listed(found: list[Objection], language: str) -> str:
    """Name objections by number and day. Example: 1 (3 november 2026), 2 (9 november 2026)."""
    return ", ".join(f"{one.number} ({written_day(one.received_on, language)})" for one in found)


def acts_about(objection: Objection, *names: str) -> list[CaseAct]:
    """Give the acts of these names that are about an objection, in order."""
    rows = acts_of(objection.case_id)
    life, own = life_of(objection.case, rows), objection.act.number
    return [
        row for row, done in zip(rows, life.acts, strict=True)
        if row.act in names and (about := objection_of(life, done)) is not None and about.number == own
    ]  # fmt: skip


def question_to_repair(objection: Objection) -> GivenDay | None:
    """Give the day until which an objection was last asked to be repaired; None where it was not, or was repaired since."""
    found = acts_about(objection, "objection_repair_asked", "objection_repaired")
    if not found or found[-1].act == "objection_repaired":
        return None
    return given_by(found[-1], date.fromisoformat(str(found[-1].details["until"])), acts_of(objection.case_id))


def hearing_of(objection: Objection) -> Hearing | None:
    """Give the last hearing; None where nobody was heard."""
    return Hearing.objects.select_related("act").filter(objection=objection).order_by("-id").first()


def first_decision(case: int) -> Decision | None:
    """Give the first decision on a case, with the pot as it was; None where there is none."""
    return Decision.objects.select_related("act", "round", "ticket").filter(case=case, replaces__isnull=True).first()


@dataclass(frozen=True, slots=True)
class Contestable:
    """A decision that one can object to, and until when; `last_day` None while it was not sent."""

    act: CaseAct
    last_day: date | None


def contestable(case: Case) -> list[Contestable]:
    """Give the decisions of a case that one can object to, the last one first; one that answers an objection goes to court.

    A grant that settles at once is one of them, by the act of the grant.
    """
    rows = acts_of(case.pk)
    life, found = life_of(case, rows), []
    answered = set(ObjectionDecision.objects.filter(objection__case=case).values_list("instead", flat=True))
    for row, done in zip(rows, life.acts, strict=True):
        if row.act in CONTESTABLE and row.pk not in answered and with_a_letter(life, done) is done:
            sent = life.sent_on(done)
            found.append(Contestable(row, None if sent is None else law_of_terms().reckon("objection", sent).last))
    return found[::-1]
