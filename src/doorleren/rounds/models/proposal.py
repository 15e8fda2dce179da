"""What one official proposes for a round and another releases."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.people.models import Body, Person
from doorleren.rounds.models.round import Round

ACTS = ("announce", "open", "close", "reopen", "move_money", "raise_number", "fall_back")
"""Acts on a round that two people do together."""


class RoundProposal(models.Model):
    """An act on a round as one official proposes it; it takes effect when another releases it.

    `round` is empty while a round is proposed for announcement; `details` say which one, or what else the act needs
    (rounds/commands/propose_act.py). What was proposed never changes, and a proposal never goes.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="proposals")
    act = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    reason = models.CharField(max_length=1000)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(act__in=ACTS), name="rounds_proposal_act_known",
                violation_error_message="Deze handeling bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="rounds_proposal_reason",
                violation_error_message="Een voorstel heeft een reden.",
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False) | Q(act="announce", released_at__isnull=True),
                name="rounds_proposal_of_a_round",
                violation_error_message="Een voorstel gaat over een aanvraagtijdvak.",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")), name="rounds_proposal_two_people",
                violation_error_message="Wie iets voorstelt, geeft het niet zelf vrij.",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="rounds_proposal_released_by_somebody",
                violation_error_message="Een vrijgegeven voorstel heeft een persoon en een moment.",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(withdrawn_at__isnull=True), name="rounds_proposal_one_end",
                violation_error_message="Een voorstel is vrijgegeven of ingetrokken, niet allebei.",
            ),
            models.UniqueConstraint(
                fields=["round", "act"], condition=Q(released_at__isnull=True, withdrawn_at__isnull=True),
                name="rounds_proposal_one_waits",
                violation_error_message="Er wacht al een voorstel voor deze handeling.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the act and the round."""
        return f"{self.act} round {self.round_id}"

    @property
    def waits(self) -> bool:
        """Say whether it was neither released nor withdrawn."""
        return self.released_at is None and self.withdrawn_at is None
