"""The sealed words of a file besides its letters and messages: those that the party wrote or said, or was told by a letter."""

from operator import attrgetter
from typing import Any

from django.db.models import Model

from doorleren.cases.acts import ACTS
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.note_talk import is_talk
from doorleren.decisions.models import (
    ActWords,
    Delivery,
    DeliveryWord,
    Hearing,
    Objection,
    ObjectionDecision,
    Recovery,
    RecoveryStep,
    Settlement,
)
from doorleren.decisions.sealed import words_sealed
from doorleren.payments.commands.leave_out import left_out_of
from doorleren.web.applicant.file.own import OwnFile

_KINDS: tuple[tuple[type[Model], str, str, str], ...] = (
    (ActWords, "act", "act", "act"),
    (Delivery, "delivery", "act", "act"),
    (DeliveryWord, "delivery-word", "delivery.act", ""),
    (Objection, "objection", "act", "act"),
    (Hearing, "hearing", "act", "objection"),
    (ObjectionDecision, "objection-decision", "act", "act"),
    (Recovery, "recovery", "act", "act"),
    (RecoveryStep, "recovery-step", "act", "act"),
    (Settlement, "settlement", "act", "act"),
)
"""Per table the name under which its words are sealed, the act in that name, and the act whose letter tells them (none: own words).

The report of a hearing is told of by the letter of an answer to its objection."""


def words_in(found: OwnFile) -> list[dict[str, Any]]:
    """List the words of a file with the act that they go with, and why a payment was put off, with its run. Raises Destroyed, DoesNotOpen."""
    told = []
    for table, name, act_at, told_at in _KINDS:
        path = f"{act_at}.case".replace(".", "__")
        for row in table._default_manager.filter(**{path: found.case}).order_by("pk"):
            act: CaseAct = attrgetter(act_at)(row)
            if _knows(found, row, act, told_at):
                told.append(
                    {
                        "of": name,
                        "act": act.act,
                        "number": act.number,
                        "on": act.happened_on.isoformat(),
                        "words": _words(row, act, name),
                    }
                )
    told += [
        {"of": "left-out", "act": "left_out", "number": one.run_id, "on": day_of(one.at).isoformat(), "words": reason}
        for one, reason in reversed(left_out_of(found.case))
    ]
    return [one for one in told if one["words"]]


def _knows(found: OwnFile, row: Any, act: CaseAct, told_at: str) -> bool:
    """Say whether the party wrote these words, said them as an official noted, or was told them by a letter that was sent."""
    own = found.own.who
    if isinstance(row, DeliveryWord):
        return row.by_id == own.person
    if (act.by_kind, act.by_id) == (own.party.kind, own.party.id) or is_talk(act):
        return True
    told = attrgetter(told_at)(row)
    if isinstance(told, Objection):
        return any(_told_of(found, one.act) for one in told.answers.select_related("act"))
    return _told_of(found, told)


def _told_of(found: OwnFile, telling: CaseAct) -> bool:
    return ACTS[telling.act].letter and any(one.pk == telling.pk for one in found.told.acts)


def _words(row: Any, act: CaseAct, name: str) -> str:
    return "" if row.content is None else words_sealed(row.content, act, name)
