"""Payment runs: proposed by one, released by another; their lines, what became of each, and the file for the bank.

Lines and events are only ever added to; a run is released or withdrawn once and changes in no other way (migration 0003).
How a line stands follows from its events.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import Case
from doorleren.payments.models.payee import PayeeAccount
from doorleren.people.models import Body, Person
from doorleren.rounds.models import Round

HASH = r"^[0-9a-f]{64}$"
MOST_PAYMENTS = 20_000
"""The most lines of one run, so that a release is one transaction of seconds."""

STEPS = {"ordered": 1, "left_out": 1, "confirmed": 2, "failed": 2, "returned": 3}
"""What can become of a line, and at which step; each step is taken once."""
REASONED = ("left_out", "failed", "returned")
PRACTICE_ID = "OEF"
"""What the id of the file of a rehearsal begins with; with it the id has the 35 signs that a bank takes at most."""
PAID_FOR = ("case", "penalty", "refund")
"""What a payment is of, as the subject of its postings: the grant of a case, or the penalty for a late decision in it."""


class PaymentRun(models.Model):
    """A list of payments of one body, to be done on a day. `list_digest` is the hash of the list as it was proposed.

    `message` is the id of the file at the bank (`message_id`). `rehearsal`: of rounds to practise with; no bank ever gets its
    file, and in a demo an invented one does.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    message = models.UUIDField(default=uuid.uuid4, unique=True)
    pay_on = models.DateField()
    rehearsal = models.BooleanField(default=False)
    lines = models.IntegerField()
    cents = models.BigIntegerField()
    list_digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")), name="payments_run_two_people",
                violation_error_message="Wie een betaalrun voorstelt, geeft die niet zelf vrij.",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False, released_at__gte=F("proposed_at")),
                name="payments_run_released",
                violation_error_message="Een vrijgegeven betaalrun heeft een persoon en een moment.",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(withdrawn_at__isnull=True), name="payments_run_one_end",
                violation_error_message="Een betaalrun is vrijgegeven of ingetrokken, niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(lines__gte=1, lines__lte=MOST_PAYMENTS, cents__gte=F("lines")), name="payments_run_filled",
                violation_error_message=f"Een betaalrun heeft van 1 tot en met {MOST_PAYMENTS} regels, elk met een bedrag.",
            ),
            models.CheckConstraint(
                condition=Q(list_digest__regex=HASH), name="payments_run_hashed",
                violation_error_message="Van de lijst staat bij een betaalrun de hash.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the number."""
        return f"payment run {self.pk}"

    @property
    def waits(self) -> bool:
        """Say whether it was neither released nor withdrawn."""
        return self.released_at is None and self.withdrawn_at is None

    @property
    def message_id(self) -> str:
        """Give the id of its file at the bank; that of a rehearsal says so."""
        return f"{PRACTICE_ID if self.rehearsal else ''}{self.message.hex}"


class PaymentLine(models.Model):
    """One payment: its id is the end-to-end id at the bank. `lookup` is the keyed hash of the account as it was proposed.

    `changed`: the account took the place of another, after the decision or never paid on yet, and who proposed named the case because of that.
    `what`: of the grant, of the penalty for a late decision, or of what was paid too much to us (PAID_FOR).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="rows", db_index=False)
    number = models.IntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, default="case")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    payee_kind = models.CharField(max_length=40)
    payee_id = models.CharField(max_length=64)
    account = models.ForeignKey(PayeeAccount, on_delete=models.PROTECT, related_name="+", db_index=False)
    lookup = models.CharField(max_length=64)
    changed = models.BooleanField(default=False)
    cents = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["account"], name="payments_line_account")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "number"], name="payments_line_number",
                violation_error_message="Deze plaats in de betaalrun is bezet.",
            ),
            models.UniqueConstraint(
                fields=["run", "case", "what"], name="payments_line_once",
                violation_error_message="Dit staat al in de betaalrun.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, cents__gt=0), name="payments_line_cents",
                violation_error_message="Een betaling heeft een bedrag van meer dan 0.",
            ),
            models.CheckConstraint(
                condition=Q(what__in=PAID_FOR), name="payments_line_what",
                violation_error_message="Een betaling is van een subsidie, van een dwangsom of van wat te veel aan ons is betaald.",
            ),
            models.CheckConstraint(
                condition=Q(lookup__regex=HASH), name="payments_line_hashed",
                violation_error_message="Van een rekening staat bij een betaling alleen de gesleutelde hash.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the number and the run."""
        return f"payment {self.number} of run {self.run_id}"

    @property
    def end_to_end(self) -> str:
        """Give the id that goes to the bank and comes back: 32 hexadecimal signs."""
        return self.id.hex


class PaymentEvent(models.Model):
    """What became of a payment: ordered or left out at the release, then confirmed or failed, then perhaps returned."""

    line = models.ForeignKey(PaymentLine, on_delete=models.PROTECT, related_name="events", db_index=False)
    step = models.SmallIntegerField()
    event = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line", "step"], name="payments_event_once",
                violation_error_message="Dit is met deze betaling al gebeurd.",
            ),
            models.CheckConstraint(
                condition=Q(
                    *(Q(event=event, step=step) for event, step in STEPS.items()), _connector=Q.OR
                ),
                name="payments_event_step",
                violation_error_message="Dit kan niet met een betaling gebeuren.",
            ),
            models.CheckConstraint(
                condition=Q(event__in=REASONED) & ~Q(reason="") | ~Q(event__in=REASONED) & Q(reason=""),
                name="payments_event_reasoned",
                violation_error_message="Alleen wat niet doorging of terugkwam, heeft een reden.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what and of which."""
        return f"{self.event}: payment {self.line_id}"


class PaymentFile(models.Model):
    """The file for the bank as it was made at the release: its hash, and the file itself sealed until it is destroyed. Else only added to."""

    run = models.OneToOneField(PaymentRun, on_delete=models.PROTECT, primary_key=True, related_name="file")
    digest = models.CharField(max_length=64)
    lines = models.IntegerField()
    cents = models.BigIntegerField()
    sealed = models.TextField()
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(digest__regex=HASH, lines__gt=0)
                & (Q(sealed__regex=r"^gAAAA", destroyed_at__isnull=True) | Q(sealed="", destroyed_at__isnull=False, destroyed_at__gte=F("made_at"))),
                name="payments_file_hashed",
                violation_error_message="Een betaalbestand heeft een hash en regels, en wordt versleuteld bewaard.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which run."""
        return f"file of payment run {self.run_id}"


class PaymentHandover(models.Model):
    """That the file of a run was handed to the bank: once, for the bank would take it twice."""

    file = models.OneToOneField(PaymentFile, on_delete=models.PROTECT, primary_key=True, related_name="handover")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Say of which run."""
        return f"handover of payment run {self.file_id}"
