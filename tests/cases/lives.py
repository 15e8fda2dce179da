"""Lives of cases as plain moments, one minute apart, played through the rules."""

from datetime import UTC, datetime, timedelta

from doorleren.cases.acts import ACTS
from doorleren.cases.rules import Moments, why_not

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)

PATHS: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), "received"),
    (("assigned",), "being_assessed"),
    (("assigned", "asked_to_complete"), "incomplete"),
    (("assigned", "asked_to_complete", "completed", "assessed"), "assessed"),
    (("assessed", "intent_notified", "view_received", "partly_granted", "advance_paid", "progress_reported"), "granted"),
    (("assessed", "refused"), "refused"),
    (("asked_to_complete", "left_out"), "left_out"),
    (("repeat_established", "refused", "closed", "objection_received", "heard"), "objection"),
    (("assessed", "granted", "delivery_proven", "settlement_requested", "settled_as_granted", "paid"), "settled"),
    (("assessed", "granted", "advance_paid", "payment_suspended", "intent_notified", "revoked", "recovery_decided"), "revoked"),
    (("asked_to_complete", "withdrawn"), "withdrawn"),
    (("forwarded",), "forwarded"),
    (("assessed", "refused", "objection_received", "hearing_called", "heard", "objection_rejected", "appeal_noted", "closed"),
     "closed"),
    (("withdrawn", "closed", "reopened", "contact_noted", "closed", "destroyed"), "destroyed"),
)  # fmt: skip


def played(acts: tuple[str, ...], moments: Moments | None = None) -> Moments:
    """Do acts one after another, each a minute after the last. Raises AssertionError with the sentence of one that is refused."""
    found = dict(moments or {"opened": BEGIN})
    for act in acts:
        refused = why_not(act, found)
        assert refused is None, (act, refused)
        at = max(moment for moment in found.values() if moment) + timedelta(minutes=1)
        found[act] = at
        if ACTS[act].family:
            found[ACTS[act].family] = at
    return found
