"""Recovery of what was paid without a ground, and the penalty for a late decision. Only ever added to. Awb 4:57, 4:17 and 4:18."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import Case, CaseAct

MOST_INSTALMENTS = 60
STEPS = ("reminded", "waived", "deferred", "interest", "writ", "set_off", "lifted")


class Recovery(models.Model):
    """A decision to recover. Whole cents: `due_cents` is what may stay, so at most `paid_cents` less that comes back.

    `basis`: the act that it follows from (a settlement, revocation or amendment). `weighed`: in words in `content`, sealed.
    `instalments` of a month each, the first by `pay_by`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recoveries", db_index=False)
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="recovery")
    basis = models.ForeignKey(CaseAct, on_delete=models.PROTECT, related_name="recoveries")
    paid_cents = models.BigIntegerField()
    due_cents = models.BigIntegerField()
    cents = models.BigIntegerField()
    weighed = models.BooleanField()
    instalments = models.IntegerField(default=1)
    pay_by = models.DateField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="decisions_recovery_once",
                violation_error_message="Deze terugvordering is er al.",
            ),
            models.UniqueConstraint(
                fields=["basis"], name="decisions_recovery_one_of_a_basis",
                violation_error_message="Op grond van dit besluit is al teruggevorderd.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0, due_cents__gte=0, paid_cents__gte=F("due_cents") + F("cents")),
                name="decisions_recovery_cents",
                violation_error_message="Terug komt hoogstens wat er te veel is betaald.",
            ),
            models.CheckConstraint(
                condition=Q(weighed=True), name="decisions_recovery_weighed",
                violation_error_message="Wie terugvordert, weegt de belangen af (Awb artikel 3:4).",
            ),
            models.CheckConstraint(
                condition=Q(instalments__gte=1, instalments__lte=MOST_INSTALMENTS), name="decisions_recovery_instalments",
                violation_error_message=f"Terugbetalen kan in 1 tot {MOST_INSTALMENTS} delen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number."""
        return f"recovery {self.number} in case {self.case_id}"


class RecoveryStep(models.Model):
    """What came after a recovery. Whole cents; what moves money is followed in the ledger (payments/commands/post_afterwards.py).

    reminded: `cents` are still open, and a fee that is charged; waived: given up, with the interests weighed; deferred: what is
    open, in `instalments` from `pay_by` on, without interest where it says so; interest: fixed up to and including `counted_until`; writ: issued for `cents`;
    set_off: with what is to be paid in the case `against`; lifted: falls away by an objection, with the fees and interest before it,
    and with `waived_cents` of what was given up before: that was never paid in, and is never paid back.
    """

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="steps")
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="recovery_step")
    step = models.CharField(max_length=10)
    cents = models.BigIntegerField()
    fee_cents = models.BigIntegerField(default=0)
    waived_cents = models.BigIntegerField(default=0)
    weighed = models.BooleanField()
    pay_by = models.DateField(null=True)
    instalments = models.IntegerField(null=True)
    interest_free = models.BooleanField(default=False)
    counted_until = models.DateField(null=True)
    against = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(step="reminded", pay_by__isnull=False, counted_until__isnull=True)
                | Q(step="waived", pay_by__isnull=True, weighed=True, counted_until__isnull=True)
                | Q(step="lifted", pay_by__isnull=True, weighed=True, counted_until__isnull=True)
                | Q(step="deferred", pay_by__isnull=False, counted_until__isnull=True)
                | Q(step="interest", pay_by__isnull=False, counted_until__isnull=False)
                | Q(step__in=["writ", "set_off"], pay_by__isnull=True, counted_until__isnull=True),
                name="decisions_recoverystep_whole",
                violation_error_message="Een herinnering heeft een dag; wie afziet van geld, weegt de belangen af; rente is tot een dag geteld.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0) | Q(cents=0, step="lifted", waived_cents__gt=0), name="decisions_recoverystep_cents",
                violation_error_message="Een stap na een terugvordering gaat over een bedrag.",
            ),
            models.CheckConstraint(
                condition=Q(waived_cents=0) | Q(waived_cents__gt=0, step="lifted"), name="decisions_recoverystep_waived",
                violation_error_message="Wat was kwijtgescholden, vervalt alleen samen met de terugvordering.",
            ),
            models.CheckConstraint(
                condition=Q(fee_cents=0) | Q(fee_cents__gt=0, step="reminded"), name="decisions_recoverystep_fee",
                violation_error_message="Alleen een herinnering kan kosten hebben.",
            ),
            models.CheckConstraint(
                condition=Q(step="deferred", instalments__gte=1, instalments__lte=MOST_INSTALMENTS)
                | ~Q(step="deferred") & Q(instalments__isnull=True, interest_free=False),
                name="decisions_recoverystep_instalments",
                violation_error_message=f"Terugbetalen kan later in 1 tot {MOST_INSTALMENTS} delen.",
            ),
            models.CheckConstraint(
                condition=Q(step="set_off", against__isnull=False) | ~Q(step="set_off") & Q(against__isnull=True),
                name="decisions_recoverystep_against",
                violation_error_message="Een verrekening noemt de zaak waarin nog moet worden betaald.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which step of which recovery."""
        return f"{self.step} of recovery {self.recovery_id}"


class FixedPenalty(models.Model):
    """The penalty for a late decision as it was fixed after a notice of default: days and whole cents (core/penalty.py).

    Once for a notice; what an objection makes of it takes the place of the one before (`replaces`), and is the whole of it.
    """

    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, primary_key=True, related_name="penalty")
    notice = models.ForeignKey(CaseAct, on_delete=models.PROTECT, related_name="penalties")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    days = models.IntegerField()
    cents = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(days=0, cents=0, last_on__isnull=True) | Q(days__gt=0, cents__gt=0, last_on__gte=F("first_on")),
                name="decisions_penalty_days",
                violation_error_message="Een dwangsom loopt over dagen, of er is er geen.",
            ),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(replaces__isnull=True), name="decisions_penalty_once",
                violation_error_message="Voor deze ingebrekestelling is al een dwangsom vastgesteld.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which act."""
        return f"penalty of act {self.act_id}"
