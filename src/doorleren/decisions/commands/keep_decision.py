"""Keeping a decision: its act on the case, its row with the pot as it was, and its letter. Only the commands of deciding call it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from doorleren.audit.acts import Detail, Party
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.advance_plan import Plan
from doorleren.decisions.commands.write_letter import fill_letter, keep_act_letter
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import GIVING, AdvancePart, Assessment, BatchItem, CostShare, Decision
from doorleren.decisions.models.decision import CONTENT
from doorleren.decisions.pots import Snapshot
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.sealed import Content, seal
from doorleren.decisions.settlement_terms import of_grant
from doorleren.letters.commands.make_letter import set_letter
from doorleren.people.signed_in import SignedIn
from doorleren.rules.frameworks import WITH_GRANT
from doorleren.rules.handling import Handled

SETTLED = "settled_as_granted"
NO_ADVANCE = Plan()
RESERVED = "budget_reservation"
"""What the act of a grant says where it holds the reservation of Awb 4:34."""


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was made: its kind, what its letter says, what is sealed, and what it rests on. Cents are whole.

    `advance`: in which parts it is paid before the settlement. `shares`: who pays what of the cost, by payer.
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
    advance: Plan = NO_ADVANCE
    activities_until: date | None = None
    shares: Mapping[str, int] = field(default_factory=dict)

    @property
    def settles(self) -> bool:
        """Say whether the grant settles at once."""
        return self.handled is not None and self.handled.settling.how == WITH_GRANT

    @property
    def on_place(self) -> tuple[Snapshot, int | None]:
        """Give the place, and the cents that are granted of it; None where it was refused (pots.fix)."""
        return self.place, self.cents if self.kind in GIVING else None


def keep_decision(matter: Matter, made: Made, *, by: SignedIn | BatchItem, at: datetime) -> Decision:
    """Do the act, keep the decision and write its letter, in the transaction of the caller. Raises NotAllowed, CaseRefused.

    `matter.case` is as the caller locked it. The letter is set before the act: whoever records an act waits for who did so
    before, until that commits. In a direct procedure the grant settles at once, as granted: two acts at one moment (ADR 0031).
    """
    case = matter.case
    before = None if case.decided_at is None else decision_in_force(case.pk)
    who = by if isinstance(by, SignedIn) else party_of_batch(by)
    details = details_of(made, by)
    letter = set_letter(fill_letter(made.kind, made.values, matter, at=at))
    act = perform(case.pk, made.kind, by=who, at=at, details=details, ground=made.article, held=case)
    if made.settles:
        perform(case.pk, SETTLED, by=who, at=at, details=details, held=case)
    row = decision_row(matter, made, act, by=by, before=before)
    row.save(force_insert=True)
    CostShare.objects.bulk_create(shares_of(row, made))
    AdvancePart.objects.bulk_create(parts_of(row, made.advance))
    keep_act_letter(act, letter, at=at)
    return row


def decision_row(
    matter: Matter, made: Made, act: CaseAct, *, by: SignedIn | BatchItem, before: Decision | None = None,
    key: bytes | None = None,
) -> Decision:  # fmt: skip
    """Give the row of a decision whose act was written. `before`: which it replaces; `key`: of the case, where it was read."""
    number, place, application = 1 if before is None else before.number + 1, made.place, matter.application
    giving = made.kind in GIVING
    return Decision(
        case=act.case, number=number, act=act, kind=made.kind, ground=made.ground, article=made.article,
        assessment=made.assessment, replaces=before, batch=None if isinstance(by, SignedIn) else by.batch,
        asked_cents=matter.ticket.cents, amount_cents=made.cents,
        arrangement=made.handled.arrangement.id if made.handled else "",
        advance_cents=made.advance.cents if giving else None,
        settle_how=made.handled.settling.how if made.handled else "", activities_until=made.activities_until,
        decided_on=day_of(act.at),
        payee_kind=(application.payee_kind or application.applicant_kind) if giving else "",
        payee_id=str(application.payee_number or application.applicant_number) if giving else "",
        round=matter.round, ticket=matter.ticket, position=place.position, place_cents=place.cents,
        ceiling_cents=place.ceiling_cents, ceiling_number=place.ceiling_number,
        granted_before_cents=place.granted_cents, granted_before_number=place.granted_number,
        content=seal(made.content, act.case, f"{CONTENT}-{number}", act.at, key),
    )  # fmt: skip


def shares_of(row: Decision, made: Made) -> list[CostShare]:
    """Give the rows of who pays what of the cost."""
    return [CostShare(decision=row, payer=payer, cents=cents) for payer, cents in made.shares.items()]


def parts_of(row: Decision, advance: Plan) -> list[AdvancePart]:
    """Give the rows of the parts in which an advance is paid; none where it is paid at once."""
    return [
        AdvancePart(decision=row, number=one.number, cents=one.cents, due_on=one.due, after=one.after)
        for one in advance.in_parts
    ]


def party_of_batch(item: BatchItem) -> Party:
    """Give the batch of an item as who does the act."""
    return Party("batch", str(item.batch_id))


def people_of_batch(item: BatchItem) -> dict[str, Detail]:
    """Say in the record of which batch an act is, and which two people did it."""
    return {"batch": item.batch_id, "proposed_by": item.batch.proposed_by_id, "released_by": item.batch.released_by_id}


def details_of(made: Made, by: SignedIn | BatchItem) -> dict[str, Detail]:
    """Say in the record what was decided: cents, ground, place and, for a batch, the two people who did it."""
    told: dict[str, Detail] = {"cents": made.cents, "place": made.place.outcome, "position": made.place.position}
    if made.kind in GIVING:
        told |= of_grant(made.handled, made.activities_until)
        if made.handled is not None and made.handled.budget_reservation:
            told[RESERVED] = True
    if made.ground:
        told["ground"] = made.ground
    if made.assessment is not None:
        told["assessment"] = made.assessment.number
    return told if isinstance(by, SignedIn) else told | people_of_batch(by)
