"""Named reads of objections: the one that is open, its hearing, what was written; and what one can object to, until when."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from doorleren.audit.acts import Party
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import life_of
from doorleren.cases.terms.objecting import CONTESTABLE
from doorleren.decisions.models import Decision, Hearing, Objection, ObjectionDecision
from doorleren.decisions.refusing import refused
from doorleren.people.file_keys import key_of, opened

_NAMES = {Objection: "objection", Hearing: "hearing", ObjectionDecision: "objection-decision"}


class _Sealed(Protocol):
    content: bytes
    act: CaseAct


def name_of(row: _Sealed) -> str:
    """Give the name under which the words of a row are sealed: its table and the number of its act."""
    return f"{_NAMES[type(row)]}-{row.act.number}"  # type: ignore[index]


def words_of(row: _Sealed) -> str:
    """Give the words of an objection, of the report of a hearing, or of a decision on an objection. Raises Destroyed, DoesNotOpen."""
    about = Party("case", str(row.act.case_id))
    told = json.loads(opened(bytes(row.content), key_of(about, at=row.act.at), about, name_of(row)))
    return str(told["words"])


def objection_open(case: int) -> Objection | None:
    """Give the objection that waits for a decision; None where there is none."""
    last = Objection.objects.select_related("act", "against").filter(case=case).order_by("-number").first()
    if last is None or hasattr(last, "answer"):
        return None
    gone = CaseAct.objects.filter(case=case, act="objection_withdrawn", number__gt=last.act.number)
    return None if gone.exists() else last


def ensure_open(case: int) -> Objection:
    """Give the objection that waits for a decision. Raises DecisionRefused."""
    found = objection_open(case)
    if found is None:
        raise refused("no_objection", "Er is geen bezwaar waarop nog moet worden beslist.",
                      "No objection waits for a decision.")  # fmt: skip
    return found


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
    """Give the decisions of a case that one can object to, the last one first; one that answers an objection goes to court."""
    rows = acts_of(case.pk)
    life, found = life_of(case, rows), []
    answered = set(ObjectionDecision.objects.filter(objection__case=case).values_list("instead", flat=True))
    for row, done in zip(rows, life.acts, strict=True):
        if row.act in CONTESTABLE and row.pk not in answered:
            sent = life.sent_on(done)
            found.append(Contestable(row, None if sent is None else law_of_terms().reckon("objection", sent).last))
    return found[::-1]
