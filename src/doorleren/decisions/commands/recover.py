"""Recovering what was paid without a ground: the decision, a reminder, and giving it up. Ground: Awb 4:57, 4:112 (recalled), 3:4.

A recovery follows a settlement, revocation or amendment and is a decision of its own, with the interests weighed. What was
paid comes from the ledger, which stands above this package: whoever calls gives it, and the ledger refuses more.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.access import ensure_may
from doorleren.cases.commands.note_decided import note_decided
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import still_waits
from doorleren.cases.models import CaseAct
from doorleren.cases.stops import OVERTURNED, After, said
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.decisions import letter_values
from doorleren.decisions.collecting import Debt, debt_of
from doorleren.decisions.commands.keep_step import (
    ensure_cents,
    ensure_day_over,
    ensure_not_barred,
    keep_step,
    plan_rows,
)
from doorleren.decisions.commands.lift_recovery import recovered_in
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.debts import Moved, schedule
from doorleren.decisions.law_of_debts import law_of_debts
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import Recovery, RecoveryStep, Settlement
from doorleren.decisions.models.recovery import MOST_INSTALMENTS
from doorleren.decisions.models.settlement import SETTLED
from doorleren.decisions.pay_to import PayTo, pay_to_values
from doorleren.decisions.plain_letters import write_plain
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.sealed import Content, Row, seal
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn
from doorleren.rules.provisions import provision_of

BASES = (*SETTLED, "revoked", "amended", "budget_reservation_invoked")
RECOVERED = After(("recovery_decided",), said("Er is geen terugvordering.", "There is no recovery."))
"""What must have happened before anything is done about a recovery."""
RECOVERING = {
    "nl": "Schrijf op waarom u terugvordert en hoe u de belangen hebt afgewogen.",
    "en": "Write down why you recover and how you weighed the interests.",
}
PAYING = {"nl": "Er is nog tijd om te betalen.", "en": "There is still time to pay."}
NOTHING_LATE = {"nl": "Er is niets te laat betaald.", "en": "Nothing is late."}
REMINDED_LATELY = {
    "nl": "Er is net aangemaand. Na een aanmaning zijn er twee weken om te betalen (Awb artikel 4:112).",
    "en": "A reminder was just sent. After a reminder there are two weeks to pay (Awb 4:112).",
}


def decide_recovery(
    case: int, cents: int, weighed: Weighed, *, paid_cents: int, instalments: int = 1, by: SignedIn, at: datetime,
    pay_to: PayTo | None = None,
) -> Recovery:  # fmt: skip
    """Decide to recover so many cents of what was paid (`paid_cents`, of the ledger), in monthly instalments or at once.

    `pay_to`: the account that the letter names. Once for each decision that it follows from, within five years of it; what was recovered before is no part of it. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        basis, today = _basis(case), day_of(at)
        due, before = _due(case, basis), recovered_in(case)
        _ensure_sound(basis, today, cents, paid_cents - before - due, weighed, instalments)
        pay_by = law_of_terms().reckon("payment", today).last
        details = {"cents": cents, "paid": paid_cents, "due": due, "instalments": instalments, "basis": basis.number}
        act = perform(case, "recovery_decided", by=by, at=at, details=details)
        rows = (
            Row({"nl": "betaald", "en": "paid"}, paid_cents),
            *((Row({"nl": "daarvan vroegen wij al terug", "en": "of which we asked back before"}, before),) if before else ()),
            Row(provision_of(matter.case.procedure).keeps, paid_cents - before - cents),
            Row({"nl": "u betaalt terug", "en": "you pay back"}, cents, total=True),
        )  # fmt: skip
        parts = plan_rows(schedule(cents, instalments, pay_by)) if instalments > 1 else ()
        monthly = Row(
            {"nl": f"in {instalments} delen, elke maand één", "en": f"in {instalments} parts, one a month"}, None
        )
        told = Content(
            calculation=(*rows, *((monthly, *parts) if parts else ())),
            words=weighed.grounds.strip(),
            told={"weighing": weighed.weighing.strip()},
        )
        row = Recovery.objects.create(
            case=act.case, number=Recovery.objects.filter(case=case).count() + 1, act=act, basis=basis, paid_cents=paid_cents,
            due_cents=due, cents=cents, weighed=True, instalments=instalments, pay_by=pay_by,
            content=seal(told, act.case, f"recovery-{act.number}", at),
        )  # fmt: skip
        values = {
            "paid_cents": paid_cents, "recovered_cents": cents, "pay_by": pay_by, "grounds": weighed.grounds,
            "weighing": weighed.weighing, "calculation": letter_values.sums(rows, LANGUAGE), "at_once": not parts,
            "in_parts": bool(parts), "parts_number": instalments, "parts": letter_values.sums(parts, LANGUAGE), **pay_to_values(pay_to),
        }  # fmt: skip
        write_letter(act, "recovery_decided", values, matter, at=at)
    return row


def remind(
    case: int, open_cents: int, *, by: SignedIn, at: datetime, with_fee: bool = False, received: Sequence[Moved] = (),
    pay_to: PayTo | None = None,
) -> RecoveryStep:  # fmt: skip
    """Remind of what is late of what is still open (of the ledger); two weeks to pay, once at a time. Raises as above.

    `with_fee`: charge what the law lets a reminder cost (Awb 4:113); the ledger adds it to the claim.
    `received`: what came in (of the ledger), so that no more is named than is open.
    """
    with transaction.atomic():
        matter = matter_held(case)
        ensure(by, "prepare_case", Thing("case", str(case), body=matter.case.body_id), at=at)
        debt, today = debt_of(case, received), day_of(at)
        ensure_day_over(debt.first_day(), today, PAYING, "too_soon")
        ensure_not_barred(debt, today)
        ensure_cents(open_cents, debt.open)
        cents = min(open_cents, debt.late(today))
        if (why := not_to_remind(debt, today)) is not None:
            raise DecisionRefused(why, code="too_soon")
        pay_by = law_of_terms().reckon("reminder", today).last
        fee = law_of_debts().fee_on(today).of(cents) if with_fee else 0
        details: dict[str, Detail] = {"what": "reminded", "cents": cents, "fee": fee, "until": pay_by.isoformat()}
        act = perform(case, "contact_noted", by=by, at=at, details=details, ground=law_of_debts().articles["reminded"])
        values = {
            "recovered_cents": cents, "pay_by": pay_by, "has_fee": bool(fee), "fee_cents": fee, "open_cents": cents + fee,
            "in_parts": debt.instalments[-1].day >= today, **pay_to_values(pay_to),
        }  # fmt: skip
        write_letter(act, "reminded", values, matter, at=at)
        return keep_step(debt, act, "reminded", cents, at=at, fee_cents=fee, pay_by=pay_by)


def not_to_remind(debt: Debt, today: date) -> Texts | None:
    """Give the sentence why nobody is reminded now: the time to pay after the last reminder is not over (Awb 4:112), or nothing is late."""
    before = debt.reminder
    waits = None if before is None else still_waits(debt.reminded_until(before), today, REMINDED_LATELY)
    return waits or (None if debt.late(today) else NOTHING_LATE)


def waive(
    case: int, cents: int, weighing: str, *, by: SignedIn, at: datetime, received: Sequence[Moved] = ()
) -> RecoveryStep:
    """Give up so many cents of a recovery, by somebody who could decide it; the weighing stands in words. Raises as above."""
    with transaction.atomic():
        matter = matter_held(case)
        ensure_may(by, "recovery_decided", matter.case, at=at)
        debt = debt_of(case, received)
        ensure_cents(cents, debt.left)
        if not weighing.strip():
            raise refused("weighing", "Schrijf op hoe u de belangen hebt afgewogen.",
                          "Write down how you weighed the interests.", "weighing")  # fmt: skip
        article = law_of_debts().articles["waived"]
        told: dict[str, Detail] = {"what": "recovery_waived", "cents": cents}
        act = note_decided(case, "recovery_decided", by=by, at=at, details=told, ground=article)
        values = {"recovered_cents": cents, "open_cents": debt.open - cents, "weighing": weighing.strip()}
        write_plain(matter, "waived", values, at=at)
        return keep_step(debt, act, "waived", cents, at=at, weighed=True, content=Content(words=weighing.strip()))


def _basis(case: int) -> CaseAct:
    """Give the last decision from which it can follow that too much was paid. Raises DecisionRefused."""
    found = CaseAct.objects.filter(case=case, act__in=BASES).order_by("-number").first()
    if found is None or Recovery.objects.filter(basis=found).exists():
        raise refused("no_basis", "Er is geen besluit waaruit volgt dat te veel is betaald, of daarop is al teruggevorderd.",
                      "No decision says that too much was paid, or it has been recovered on that already.")  # fmt: skip
    overturned = CaseAct.objects.filter(case=case, act__in=OVERTURNED, number__gt=found.number)
    if found.act in (*SETTLED, "revoked") and overturned.exists():
        raise refused("no_basis", "Dit besluit geldt niet meer. Besluit eerst opnieuw.",
                      "This decision no longer stands. Decide anew first.")  # fmt: skip
    return found


def _due(case: int, basis: CaseAct) -> int:
    """Give the cents that the recipient may keep by a decision: what was settled, what is granted now, nothing if revoked."""
    if basis.act == "revoked":
        return 0
    settled, granted = Settlement.objects.filter(act=basis).first(), decision_in_force(case)
    if settled is not None:
        return settled.settled_cents
    return 0 if granted is None else granted.amount_cents


def _ensure_sound(basis: CaseAct, today: date, cents: int, most: int, weighed: Weighed, instalments: int) -> None:
    if today > law_of_terms().reckon("recovery", basis.happened_on).last:
        raise refused("too_late", "Terugvorderen kan niet meer: er zijn vijf jaar voorbij (Awb artikel 4:57).",
                      "Recovery is no longer possible: five years have passed (Awb 4:57).")  # fmt: skip
    ensure_cents(cents, most)
    if not 1 <= instalments <= MOST_INSTALMENTS:
        raise refused("instalments", f"Kies 1 tot en met {MOST_INSTALMENTS} delen.",
                      f"Choose 1 to {MOST_INSTALMENTS} instalments.", "instalments")  # fmt: skip
    weighed.ensure(RECOVERING)
