"""Releasing a batch of decisions, by another official than who proposed it; stopping and resuming it."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import record
from doorleren.decisions.access import ensure_may_batch
from doorleren.decisions.commands.propose_batch import digest_now, party_of, waiting_batch
from doorleren.decisions.models import Batch
from doorleren.decisions.refusing import refused
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn


def release_batch(batch: int, seen: str, *, by: SignedIn, at: datetime) -> Batch:
    """Release what was proposed, without what was taken out. `seen`: the hash of the list that was looked at.

    Raises NotAllowed for who proposed it, DecisionRefused where the list is another by now, or nothing is left of it.
    """
    with transaction.atomic():
        found = waiting_batch(batch)
        ensure_may_batch(by, found.body_id, at=at)
        if found.proposed_by_id == by.person:
            raise NotAllowed(Refused("oneself"))
        now = digest_now(found)
        if now != seen:
            raise refused("other_list", "De lijst is veranderd sinds u haar bekeek. Bekijk haar opnieuw.",
                          "The list has changed since you looked at it. Look at it again.", "seen")  # fmt: skip
        if not found.items.filter(pending=True).exists():
            raise refused("empty", "Er is niets over om te besluiten.", "Nothing is left to decide on.")
        found.released_by_id, found.released_at, found.released_digest = by.person, at, now
        found.save(update_fields=["released_by", "released_at", "released_digest"])
        record(
            "released", party_of(found), by=by.party, at=at, details={"list": now, "proposed_by": found.proposed_by_id}
        )
    return found


def stop_batch(batch: int, *, by: SignedIn, at: datetime) -> Batch:
    """Stop a batch that runs: what was decided stays, the rest waits. Raises NotAllowed, DecisionRefused."""
    return _turn(batch, "stopped", at, by=by, at=at)


def resume_batch(batch: int, *, by: SignedIn, at: datetime) -> Batch:
    """Let a stopped batch go on. Raises NotAllowed, DecisionRefused."""
    return _turn(batch, "resumed", None, by=by, at=at)


def _turn(batch: int, act: str, stopped_at: datetime | None, *, by: SignedIn, at: datetime) -> Batch:
    with transaction.atomic():
        found = Batch.objects.select_for_update(no_key=True).get(pk=batch)  # a decision of it may commit meanwhile
        ensure_may_batch(by, found.body_id, at=at)
        if found.runs is not (act == "stopped") or found.released_at is None or found.finished_at is not None:
            raise refused(
                "not_running", "Deze reeks loopt niet, of is al klaar.", "This batch does not run, or is done."
            )
        found.stopped_at = stopped_at
        found.save(update_fields=["stopped_at"])
        record(act, party_of(found), by=by.party, at=at)
    return found
