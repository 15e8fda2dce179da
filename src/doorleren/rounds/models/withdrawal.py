"""What withdrawing and completing change: that a ticket was withdrawn, and the places that became others. Only ever added to.

A place is never changed: what came after it stands in `PlaceChange`, and the last one counts (queries.place_now).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.rounds.models.round import Ticket


class Withdrawal(models.Model):
    """That a ticket was withdrawn. It gets no place, or gives back the one it had (rounds/commands/fill_freed.py)."""

    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal")
    withdrawn_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Give the ticket."""
        return f"withdrawal of ticket {self.ticket_id}"


class PlaceChange(models.Model):
    """A place that became another: somebody withdrew, was completed or was decided on. `turn` counts those of a ticket from 1.

    `reason` is "withdrawn", "incomplete" or "refused" of a place that was taken back, "lowered" where a decision granted less
    than it held, "won" where an objection took what the round had left. `follows`: the last turn of its `Completeness` that
    this place follows, 0 for none. `position`: right after which one it stands since it was completed; None where it stands
    where it first was.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="place_changes", db_index=False)
    turn = models.IntegerField()
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=10, blank=True)
    cents = models.BigIntegerField()
    follows = models.IntegerField(default=0, db_default=0)
    position = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ticket", "turn"], name="rounds_change_once",
                violation_error_message="Deze plaats is intussen al veranderd.",
            ),
            models.CheckConstraint(
                condition=Q(turn__gt=0), name="rounds_change_turn",
                violation_error_message="De eerste verandering is 1.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="inside", cents__gte=0) | Q(outcome__in=["outside", "waiting"], cents=0),
                name="rounds_change_outcome",
                violation_error_message="Een plaats is binnen, buiten of wachtend; alleen binnen is er geld gereserveerd.",
            ),
            models.CheckConstraint(
                condition=Q(reason="")
                | Q(reason__in=["withdrawn", "incomplete", "refused"], outcome="outside")
                | Q(reason__in=["lowered", "won"], outcome="inside"),
                name="rounds_change_reason",
                violation_error_message="Wie zich heeft teruggetrokken, niet compleet is of is afgewezen, staat buiten.",
            ),
            models.CheckConstraint(
                condition=Q(follows__gte=0) & (Q(position__isnull=True) | Q(position__gte=0, follows__gt=0)),
                name="rounds_change_follows",
                violation_error_message="Alleen wie is aangevuld, krijgt een andere plek in de volgorde.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the ticket and the outcome."""
        return f"{self.outcome} from change {self.turn}: ticket {self.ticket_id}"


class FixedPlace(models.Model):
    """That a decision rests on the place that a ticket has: nobody gets it, and the ticket cannot be withdrawn.

    `gives_back`: what of it that decision sets free, which goes on to who comes next: "refused" all of it, "lowered" what is
    above `keeps_cents`, empty nothing. It is also the reason of the `PlaceChange` that follows it (commands/fill_freed.py).
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, primary_key=True, related_name="fixed_place")
    fixed_at = models.DateTimeField()
    gives_back = models.CharField(max_length=10, blank=True, default="", db_default="")
    keeps_cents = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gives_back__in=["", "refused"], keeps_cents=0) | Q(gives_back="lowered", keeps_cents__gte=0),
                name="rounds_fixed_gives_back",
                violation_error_message="Een besluit laat een plaats zoals zij is, of geeft haar geheel of voor een deel terug.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the ticket."""
        return f"fixed place of ticket {self.ticket_id}"
