"""Keeping a decision: its act on the case, its row with the pot as it was, and its letter. Only the commands of deciding call it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from doorleren.audit.acts import Detail, Party
from doorleren.cases.commands.perform import perform
from doorleren.core.days import day_of
from doorleren.decisions.commands.write_letter import keep_act_letter, set_letter
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import GIVING, Assessment, BatchItem, CostShare, Decision
from doorleren.decisions.models.decision import CONTENT
from doorleren.decisions.pots import Snapshot
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.sealed import Content, seal
from doorleren.people.signed_in import SignedIn
from doorleren.rules.handling import Handled


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was made: its kind, what its letter says, what is sealed, and what it rests on. Cents are whole.

    `shares`: who pays what of the cost, by payer.
    """

    kind: str
    values: Mapping[str, Any]
    content: Content
    place: Snapshot
    assessment: Assessment | None = None
    cents: int = 0
    ground: str = ""
    article: str = ""
    handled: Handled | None = None
    advance_cents: int | None = None
    activities_until: date | None = None
    shares: Mapping[str, int] = field(default_factory=dict)


def keep_decision(matter: Matter, made: Made, *, by: SignedIn | BatchItem, at: datetime) -> Decision:
    """Do the act, keep the decision and write its letter, in the transaction of the caller. Raises NotAllowed, CaseRefused.

    `matter.case` is as the caller locked it. The letter is set before the act: whoever records an act waits for who did so
    before, until that commits. In a direct procedure the grant settles at once, as granted: two acts at one moment (ADR 0031).
    """
    case, batch = matter.case, None if isinstance(by, SignedIn) else by.batch
    before = None if case.decided_at is None else decision_in_force(case.pk)
    actor: SignedIn | Party = by if isinstance(by, SignedIn) else Party("batch", str(by.batch_id))
    details = _details(made, by)
    letter = set_letter(made.kind, made.values, matter, at=at)
    act = perform(case.pk, made.kind, by=actor, at=at, details=details, ground=made.article, held=case)
    if made.handled is not None and made.handled.settling.how == "with_grant":
        perform(case.pk, "settled_as_granted", by=actor, at=at, details=details, held=case)
    number = 1 if before is None else before.number + 1
    place, application = made.place, matter.application
    giving = made.kind in GIVING
    row = Decision.objects.create(
        case=act.case, number=number, act=act, kind=made.kind, ground=made.ground, article=made.article,
        assessment=made.assessment, replaces=before, batch=batch, asked_cents=matter.ticket.cents, amount_cents=made.cents,
        arrangement=made.handled.arrangement.id if made.handled else "", advance_cents=made.advance_cents,
        settle_how=made.handled.settling.how if made.handled else "", activities_until=made.activities_until,
        decided_on=day_of(at),
        payee_kind=(application.payee_kind or application.applicant_kind) if giving else "",
        payee_id=str(application.payee_number or application.applicant_number) if giving else "",
        round=matter.round, ticket=matter.ticket, position=place.position, place_cents=place.cents,
        ceiling_cents=place.ceiling_cents, ceiling_number=place.ceiling_number,
        granted_before_cents=place.granted_cents, granted_before_number=place.granted_number,
        content=seal(made.content, act.case, f"{CONTENT}-{number}", at),
    )  # fmt: skip
    CostShare.objects.bulk_create(
        CostShare(decision=row, payer=payer, cents=cents) for payer, cents in made.shares.items()
    )
    keep_act_letter(act, letter, at=at)
    return row


def _details(made: Made, by: SignedIn | BatchItem) -> dict[str, Detail]:
    """Say in the record what was decided: cents, ground, place and, for a batch, the two people who did it."""
    told: dict[str, Detail] = {"cents": made.cents, "place": made.place.outcome, "position": made.place.position}
    if made.ground:
        told["ground"] = made.ground
    if made.assessment is not None:
        told["assessment"] = made.assessment.number
    if isinstance(by, BatchItem):
        told |= {"batch": by.batch_id, "proposed_by": by.batch.proposed_by_id, "released_by": by.batch.released_by_id}
    return told
