"""A round: what was announced, the gate that submissions pass, tickets, and the place each one got; acts of two people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.people.models import Body
from doorleren.rounds.entering import NUMBER_BITS
from doorleren.rounds.ordering import ORDERS
from doorleren.schemes.models import PublishedVersion


class Round(models.Model):
    """A round as it was announced: its times, ceiling and order; `announced` is all of that, `announced_hash` its hash.

    `opens_at` and `closes_at` are its times as they are now: other than announced after a failed opening (commands/fall_back.py).
    `code` names the round in its scheme's file. A rehearsal is a round of our own to practise with; nobody gets money.
    """

    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="rounds")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rounds")
    code = models.CharField(max_length=100)
    order = models.CharField(max_length=20)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    announced = models.JSONField()
    announced_hash = models.CharField(max_length=64)
    announced_at = models.DateTimeField()
    rehearsal = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "code"], name="rounds_round_once",
                violation_error_message="Dit aanvraagtijdvak is al bekendgemaakt.",
            ),
            models.CheckConstraint(
                condition=Q(order__in=sorted(ORDERS)), name="rounds_round_order_known",
                violation_error_message="Deze volgorde van behandeling bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")), name="rounds_round_times_in_order",
                violation_error_message="Een aanvraagtijdvak sluit na de opening.",
            ),
            models.CheckConstraint(
                condition=Q(announced_hash__regex=r"^[0-9a-f]{64}$"), name="rounds_round_hashed",
                violation_error_message="Wat is bekendgemaakt, heeft een hash van 64 hexadecimale tekens.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its version and code."""
        return f"{self.code} of version {self.version_id}"


ENDINGS = ("time", "ceiling", "act")
"""Why a gate was shut: its time was over, nobody after it could get anything, or somebody decided so."""


class Gate(models.Model):
    """What a submission passes: open or not, and how many batches and tickets came through. One row is one queue.

    Whoever enters a batch changes this row and holds it until the commit, so that numbers follow the order of commits.
    `ended` says why it was shut, one of ENDINGS; empty where it is not, or where that was not kept yet.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="gate")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, blank=True, default="", db_default="")
    batches = models.BigIntegerField(default=0)
    tickets = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="rounds_gate_opened_before_closed",
                violation_error_message="Een aanvraagtijdvak sluit pas nadat het is geopend.",
            ),
            models.CheckConstraint(
                condition=Q(ended="") | Q(ended__in=ENDINGS, closed_at__isnull=False), name="rounds_gate_ended",
                violation_error_message="Alleen van een gesloten tijdvak staat vast waarom het sloot.",
            ),
            models.CheckConstraint(
                condition=Q(batches__gte=0, tickets__gte=0, tickets__lt=1 << NUMBER_BITS), name="rounds_gate_counts",
                violation_error_message="Een tijdvak telt van 0 tot ruim vier miljard tickets.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is."""
        return f"gate of round {self.round_id}"


class Batch(models.Model):
    """The tickets of one commit: the root of their tree and our signature over it (rounds/receipts.py)."""

    id = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=40)
    size = models.IntegerField()
    root = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(size__gt=0), name="rounds_batch_not_empty",
                violation_error_message="Een groep heeft ten minste één ticket.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give round and number."""
        return f"batch {self.id & (1 << NUMBER_BITS) - 1} of round {self.id >> NUMBER_BITS}"


class Ticket(models.Model):
    """A submission: this row is what "submitted" means. `person` is a keyed hash, `content` the hash of what was frozen."""

    id = models.BigIntegerField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    key = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    cents = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    batch = models.BigIntegerField()
    arrived_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "key"], name="rounds_ticket_once",
                violation_error_message="Deze aanvraag is al ingediend.",
            ),
            models.UniqueConstraint(
                fields=["round", "person"], name="rounds_ticket_one_a_person",
                violation_error_message="U heeft in dit aanvraagtijdvak al een aanvraag ingediend.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=0), name="rounds_ticket_cents",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=Q(person__regex=r"^[0-9a-f]{64}$", content__regex=r"^[0-9a-f]{64}$"), name="rounds_ticket_hashed",
                violation_error_message="Een ticket bevat geen gegevens van personen, alleen hashes.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its number and round."""
        return f"ticket {self.number} of round {self.round_id}"

    @property
    def number(self) -> int:
        """Give its number in the order of arrival."""
        return self.id & (1 << NUMBER_BITS) - 1


class PotPart(models.Model):
    """What may be spent of one part of a round's ceiling, and what is reserved; the database never lets it pass the ceiling.

    `part` is the kind of applicant that it is set apart for, or empty. `missed`: it is closed to who comes after.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=40, blank=True)
    ceiling_cents = models.BigIntegerField(null=True)
    ceiling_number = models.BigIntegerField(null=True)
    cents = models.BigIntegerField(default=0)
    number = models.BigIntegerField(default=0)
    missed = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "part"], name="rounds_part_once",
                violation_error_message="Dit deel van het plafond is er al.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=0, number__gte=0), name="rounds_part_not_below_zero",
                violation_error_message="Er kan niet minder dan niets zijn gereserveerd.",
            ),
            models.CheckConstraint(
                condition=Q(ceiling_cents__isnull=True) | Q(cents__lte=F("ceiling_cents")), name="rounds_part_within_money",
                violation_error_message="Dit gaat boven het subsidieplafond (Awb artikel 4:25, tweede lid).",
            ),
            models.CheckConstraint(
                condition=Q(ceiling_number__isnull=True) | Q(number__lte=F("ceiling_number")),
                name="rounds_part_within_number",
                violation_error_message="Dit gaat boven het aantal dat kan worden toegekend.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which part."""
        return f"part {self.part!r} of round {self.round_id}"


class Place(models.Model):
    """What a ticket got: its position in the order of treatment, the outcome, and the cents reserved for it.

    `reason` is "withdrawn" where it was withdrawn before its turn came, else empty. What came later: `PlaceChange`.
    `day`: the one on which it counted, in a round where the day counts.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, primary_key=True, related_name="place")
    position = models.BigIntegerField()
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=10, blank=True, default="", db_default="")
    cents = models.BigIntegerField()
    day = models.DateField(null=True)
    allocated_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="inside", cents__gte=0) | Q(outcome__in=["outside", "waiting"], cents=0),
                name="rounds_place_outcome",
                violation_error_message="Een plaats is binnen, buiten of wachtend; alleen binnen is er geld gereserveerd.",
            ),
            models.CheckConstraint(
                condition=Q(position__gt=0), name="rounds_place_position",
                violation_error_message="De eerste plaats is 1.",
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(reason="withdrawn", outcome="outside"), name="rounds_place_reason",
                violation_error_message="Wie zich heeft teruggetrokken, staat buiten.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["position", "ticket"], condition=~Q(outcome="inside"), name="rounds_place_next"),
        ]

    def __str__(self) -> str:
        """Give the ticket and the outcome."""
        return f"{self.outcome}: ticket {self.ticket_id}"


class Allocation(models.Model):
    """How far the places of a round have been given out. `seed` settles what the order leaves open; see core/draw.py.

    `recorded_batch` is the last batch whose root has gone into the record of acts, and `received` how many tickets there
    are up to it: the gate's own count also counts who came twice. Where the day counts: `divided` is the last day whose
    places were given, `draw_from` the first on which more was asked than there is, so that it waits for the draw. `freed`:
    a decision set something free that was not given anew yet. `unfollowed`: something was found of completeness that a place
    is yet to follow.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="allocation")
    seed = models.CharField(max_length=64, blank=True)
    position = models.BigIntegerField(default=0)
    last_ticket = models.BigIntegerField(default=0)
    recorded_batch = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)
    divided = models.DateField(null=True)
    draw_from = models.DateField(null=True)
    freed = models.BooleanField(default=False, db_default=False)
    unfollowed = models.BooleanField(default=False, db_default=False)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(position__gte=0, last_ticket__gte=0, recorded_batch__gte=0, received__gte=0),
                name="rounds_allocation_counts",
                violation_error_message="Er kan niet minder dan niemand zijn behandeld.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is."""
        return f"allocation of round {self.round_id}"


class RoundDraw(models.Model):
    """The draw of a round: what was announced before it and, once it was held, the file with which anyone can check it.

    `sealed_secret` is encrypted with the keys of the site, which lie outside the database; the file reveals the secret.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="draw")
    announced = models.JSONField()
    sealed_secret = models.TextField()
    announced_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    file = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, file="") | (Q(held_at__isnull=False) & ~Q(file="")),
                name="rounds_draw_has_a_file",
                violation_error_message="Een gehouden loting heeft een bestand waarmee ieder haar kan narekenen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which round."""
        return f"draw of round {self.round_id}"


class Sample(models.Model):
    """How many tickets a round had in a certain minute; for pace and forecast, so those of the last hour and of each hour before are kept."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="samples")
    at = models.DateTimeField()
    tickets = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "at"], name="rounds_sample_once",
                violation_error_message="Dit moment is al geteld.",
            ),
            models.CheckConstraint(
                condition=Q(tickets__gte=0), name="rounds_sample_tickets",
                violation_error_message="Er kan niet minder dan niemand zijn binnengekomen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say when and how many."""
        return f"{self.tickets} tickets of round {self.round_id} at {self.at.isoformat()}"
