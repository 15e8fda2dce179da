"""Upholding an objection against a withdrawal: the grant, or its settlement, is again what it was. Awb 7:11.

What was to be recovered because of it falls away in the same act, with what had been given up of that; the ledger takes it from
what was released, so no ceiling plays a part.
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.stops import After, said
from doorleren.core.days import day_of
from doorleren.decisions import letter_values
from doorleren.decisions.advances import plan_kept
from doorleren.decisions.commands.decide_objection import APPEAL, Heard, Kept, court, keep, ready
from doorleren.decisions.commands.keep_decision import SETTLED, parts_of
from doorleren.decisions.commands.lift_recovery import lift
from doorleren.decisions.commands.settle import Weighed, settle_now
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.decision_words import decision_said
from doorleren.decisions.joining import goes_about, withdrawal_in_force
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import AdvancePart, CostShare, Decision, ObjectionDecision, Recovery
from doorleren.decisions.models.decision import CONTENT
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content, Row, content_of, seal
from doorleren.decisions.settlement_terms import of_grant
from doorleren.decisions.settling import last_delivery
from doorleren.people.signed_in import SignedIn

REVOKED = After(("revoked",), said("Er is niets ingetrokken.", "Nothing was revoked."))
"""What must have happened before an objection against it is upheld."""


def uphold_revocation(case: int, heard: Heard, *, by: SignedIn, at: datetime) -> ObjectionDecision:
    """Uphold an objection against the withdrawal of a grant, or of its settlement: wholly, as it leaves nothing.

    Also one against what was withdrawn, as it goes about the withdrawal too (Awb 6:19): what there was before it comes back.
    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter, objection, hearing = ready(case, heard, by)
        row = withdrawal_in_force(matter.case)
        if row is None or not goes_about(objection, row.act_id):
            raise refused("other_act", "Dit bezwaar gaat niet over de intrekking.", "This objection is not about the withdrawal.")  # fmt: skip
        recovery = Recovery.objects.filter(basis=row.act_id).first()
        details: dict[str, Detail] = {"objection": objection.number, "cents": row.lost_cents}
        act = perform(case, "objection_upheld", by=by, at=at, details=details)
        lifted = 0 if recovery is None else lift(recovery, None, act, heard.words, at)
        found = content_of(row.decision)
        if row.settlement is not None:
            again = settle_now(
                matter, row.settlement.decision, last_delivery(case) or row.settlement.delivery, row.settlement.kind,
                row.lost_cents, Weighed(heard.words, heard.words), row.settlement.intent, by, at,
                values=APPEAL | {"court": court()},
            )  # fmt: skip
            kept = Kept(objection, hearing, heard, instead=again.act, numbers={"lifted_cents": lifted})
        else:
            made = _granted_again(matter, row.act, heard, by, at)
            kept = Kept(objection, hearing, heard, instead=made.act, decision=made, numbers={
                "lifted_cents": lifted, "awarded_cents": made.amount_cents,
            })  # fmt: skip
        return keep(act, matter, kept, Content(results=found.results, calculation=_rows(row.lost_cents)), at)


def _granted_again(matter: Matter, withdrawn: CaseAct, heard: Heard, by: SignedIn, at: datetime) -> Decision:
    """Grant what had been withdrawn by an act, as it was: a decision of its own, in the place of the one before."""
    before = decision_in_force(matter.case.pk)
    if before is None:
        raise refused("not_granted", "Er is niets toegekend.", "Nothing was granted.")
    details: dict[str, Detail] = {"cents": before.amount_cents}
    details |= of_grant(matter.handled(before.amount_cents), before.activities_until)
    act = perform(matter.case.pk, before.kind, by=by, at=at, details=details)
    if CaseAct.objects.filter(case=matter.case, act=SETTLED, at=before.act.at).exists():
        # it was settled in its own decision, and is so again: at one moment, as then
        perform(matter.case.pk, SETTLED, by=by, at=at, details=details)
    row = _copied(before, act, heard, at)
    shares = before.cost_shares.order_by("pk").values_list("payer", "cents")
    CostShare.objects.bulk_create(CostShare(decision=row, payer=payer, cents=cents) for payer, cents in shares)
    advance = plan_kept(before)
    AdvancePart.objects.bulk_create(parts_of(row, advance))
    values = {
        **letter_values.of_advance(advance, matter.version.procedure, LANGUAGE), "grounds": heard.words, "court": court(),
        **letter_values.of_change(
            (0, row.amount_cents), (row.activities_until,) * 2, _rows(row.amount_cents), day_of(at), LANGUAGE),
        "decision": decision_said(withdrawn, matter.case.procedure, LANGUAGE),
        "advance_changes": bool(advance.cents) and not advance.in_parts,
    }  # fmt: skip
    write_letter(act, "amended", values | APPEAL, matter, at=at)
    return row


def _copied(before: Decision, act: CaseAct, heard: Heard, at: datetime) -> Decision:
    found, number = content_of(before), before.number + 1
    content = Content(found.results, found.seen, found.calculation, heard.words.strip())
    return Decision.objects.create(
        case=act.case, number=number, act=act, kind=before.kind, assessment=before.assessment, replaces=before,
        asked_cents=before.asked_cents, amount_cents=before.amount_cents, arrangement=before.arrangement,
        advance_cents=before.advance_cents, settle_how=before.settle_how, activities_until=before.activities_until,
        decided_on=day_of(at), payee_kind=before.payee_kind, payee_id=before.payee_id, round=before.round,
        ticket=before.ticket, position=before.position, place_cents=before.place_cents,
        ceiling_cents=before.ceiling_cents, ceiling_number=before.ceiling_number,
        granted_before_cents=before.granted_before_cents, granted_before_number=before.granted_before_number,
        content=seal(content, act.case, f"{CONTENT}-{number}", at),
    )  # fmt: skip


def _rows(cents: int) -> tuple[Row, ...]:
    return (Row({"nl": "u houdt, zoals eerst besloten", "en": "you keep, as decided first"}, cents, total=True),)
