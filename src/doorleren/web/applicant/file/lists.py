"""The lists of a file, in plain values: every decision, settlement, report and objection that its party was told of, in whole cents and days."""

from collections.abc import Iterator
from typing import Any

from doorleren.cases.models import CaseAct
from doorleren.decisions.models import Delivery, Objection, Revocation, Settlement
from doorleren.decisions.objections import withdrawn_objections
from doorleren.decisions.queries import decisions_of
from doorleren.decisions.sealed import content_of
from doorleren.rules.provisions import holds_for
from doorleren.web.applicant.file.own import OwnFile
from doorleren.web.people.export.own_words import words_in


def lists_told(found: OwnFile) -> dict[str, list[dict[str, Any]]]:
    """Give the lists; each row names its act by its number in the case, and `words` gives by that number what was written with it.

    Raises Destroyed, DoesNotOpen.
    """
    told = frozenset(one.pk for one in found.told.acts)
    return {
        "decisions": [*_decisions(found, told), *_revocations(found, told)],
        "settlements": list(_settlements(found, told)),
        "deliveries": list(_deliveries(found, told)),
        "objections": list(_objections(found, told)),
        "words": words_in(found),
    }


def _of(act: CaseAct) -> dict[str, Any]:
    return {"act": act.number, "day": act.happened_on.isoformat()}


def _decisions(found: OwnFile, told: frozenset[int]) -> Iterator[dict[str, Any]]:
    for one in decisions_of(found.case.pk):
        if one.act_id in told:
            yield _of(one.act) | {
                "kind": one.kind, "amount_cents": one.amount_cents, "asked_cents": one.asked_cents,
                "ground": one.ground, "article": holds_for(one.article, found.case.procedure), "words": content_of(one).words,
            }  # fmt: skip


def _revocations(found: OwnFile, told: frozenset[int]) -> Iterator[dict[str, Any]]:
    for one in Revocation.objects.filter(act__case=found.case, act__in=told).select_related("act").order_by("pk"):
        yield _of(one.act) | {"kind": "revoked", "amount_cents": 0, "lost_cents": one.lost_cents, "ground": one.ground}


def _settlements(found: OwnFile, told: frozenset[int]) -> Iterator[dict[str, Any]]:
    rows = Settlement.objects.filter(case=found.case.pk, act__in=told).select_related("act", "delivery__act")
    for one in rows.order_by("number"):
        yield _of(one.act) | {
            "kind": one.kind, "granted_cents": one.granted_cents, "settled_cents": one.settled_cents,
            "ex_officio": one.ex_officio, "delivery": one.delivery.act.number if one.delivery else None,
        }  # fmt: skip


def _deliveries(found: OwnFile, told: frozenset[int]) -> Iterator[dict[str, Any]]:
    """Give the reports of what was done; what somebody else said of one is theirs."""
    rows = Delivery.objects.filter(case=found.case.pk, act__in=told).select_related("act", "word")
    for one in rows.order_by("number"):
        word = getattr(one, "word", None)
        own = word is not None and word.by_id == found.own.who.person
        yield _of(one.act) | {
            "started_on": one.started_on.isoformat(), "ended_on": one.ended_on.isoformat(), "planned": one.planned,
            "realised": one.realised, "evidence": one.evidence, "documents": one.documents, "own_word": one.own_word,
            "you_confirmed": word.confirmed if word is not None and own else None,
        }  # fmt: skip


def _objections(found: OwnFile, told: frozenset[int]) -> Iterator[dict[str, Any]]:
    """Give the objections with their answers; one without an answer or an end waits."""
    gone = withdrawn_objections(found.case.pk)
    rows = Objection.objects.filter(case=found.case.pk, act__in=told).select_related("act", "against")
    for one in rows.prefetch_related("answers__act", "hearings__act").order_by("number"):
        answers = sorted((each for each in one.answers.all() if each.act_id in told), key=lambda each: each.number)
        yield _of(one.act) | {
            "number": one.number, "received_on": one.received_on.isoformat(), "against": one.against.number,
            "withdrawn": one.number in gone,
            "heard_on": [each.heard_on.isoformat() for each in one.hearings.all() if each.act_id in told],
            "answers": [
                _of(each.act) | {"outcome": each.outcome, "reason": each.reason, "without_hearing": each.without_hearing}
                for each in answers
            ],
        }  # fmt: skip
