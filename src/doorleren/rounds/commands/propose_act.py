"""Proposing an act on a round: the first of two officials. Nothing happens yet; another one releases it (release_act)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from doorleren.audit.acts import Party, record
from doorleren.people.models import Body
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.access import PROPOSE, ensure_may
from doorleren.rounds.acting import possible
from doorleren.rounds.answers import refused
from doorleren.rounds.models import Round, RoundProposal

LONGEST_REASON = 1000


def propose_act(
    act: str, *, round_: int, details: Mapping[str, Any] | None = None, reason: str, by: SignedIn,
    at: datetime,
) -> RoundProposal:  # fmt: skip
    """Propose to open, close or reopen a round, to move its money, raise its number or fall back. Raises NotAllowed, RoundRefused, DoesNotExist.

    `details`: reopen: `until` (ISO moment with zone, or nothing); move_money: `part`, `to_round`, `to_part`, `cents`;
    raise_number: `part`, `number` (by how much); fall_back: `opens` (not where the round is extended), `until`, both as above.
    """
    row = Round.objects.get(pk=round_)
    ensure_may(by, PROPOSE, row.body_id, row.pk, at=at)
    told = dict(details or {})
    possible(act, row, told, at=at)
    return _keep(act, row.body, row, told, reason, by, at)


def propose_announcement(
    scheme: str, code: str, body: Body, *, reason: str, by: SignedIn, at: datetime
) -> RoundProposal:  # fmt: skip
    """Propose to announce a round of a scheme's file; `body` is the one that executes that version. As propose_act."""
    ensure_may(by, PROPOSE, body.pk, at=at)
    return _keep("announce", body, None, {"scheme": scheme, "code": code}, reason, by, at)


def _keep(
    act: str, body: Body, row: Round | None, details: dict[str, Any], reason: str, by: SignedIn, at: datetime
) -> RoundProposal:  # fmt: skip
    reason = reason.replace("\x00", "").strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise refused(
            f"Vul een reden in, van ten hoogste {LONGEST_REASON} tekens.",
            f"Give a reason, of at most {LONGEST_REASON} characters.", "reason",
        )  # fmt: skip
    waiting = RoundProposal.objects.filter(body=body, act=act, released_at=None, withdrawn_at=None)
    same = waiting.filter(round=row) if row else waiting.filter(details=details)
    try:
        with transaction.atomic():
            if same.exists():
                raise IntegrityError
            made = RoundProposal.objects.create(
                body=body, round=row, act=act, details=details, reason=reason, proposed_by_id=by.person, proposed_at=at
            )
            subject = Party("round_proposal", str(made.pk))
            record("proposed", subject, by=by.party, at=at, details={"act": act, "round": row.pk if row else None})
    except IntegrityError as error:
        raise refused(
            "Er wacht al een voorstel voor deze handeling.", "A proposal for this act is waiting already."
        ) from error
    return made
