"""A case: what it is about, under which version, the latest moment of each act, and what follows from those."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import guards
from doorleren.cases.references import PATTERN
from doorleren.cases.rules import FINAL
from doorleren.cases.stops import OVERTURNED
from doorleren.people.models import Body, Person
from doorleren.schemes.models import PublishedVersion

PROCEDURES = ("grant_settle", "reserve_claim", "direct", "purchase", "loan", "service")
"""The kinds of procedure of which there can be a case; a scheme's file names its own."""
OPEN = ~Q(state__in=sorted(FINAL))
ASSESSED_AS = ("", "meets", "fails", "open")
"""What the last assessment came to; empty before there is one, and where it does not say."""
TO_JUDGE = Q(state="assessed", assessed_as="open", hardship_applied_at__isnull=True)
"""Assessed, with something left open: nobody can decide before somebody assesses it again."""
REVOKED = guards.stands_in_sql("revoked", OVERTURNED)
"""The withdrawal of a grant stands, whatever state lies over it; `rules.is_revoked` says the same."""


class Case(models.Model):
    """A case of one subject (a plain kind and id). Each `_at` is the latest moment of that act; `acts` counts all of them.

    `received_on` is the day of receipt, `round_ended_on` the last day of the round where the term counts from there, and
    `decision_term` the kind of term (law/terms.toml; empty: none). `due_on` is the next day by which the authority must
    act, `due_term` for which term. `assessed_as`: what its last assessment came to. `state` is the database's own (cases/rules.py says the same).
    """

    reference = models.CharField(max_length=8)
    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="cases")
    scheme = models.CharField(max_length=100)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cases", db_index=False)
    framework = models.CharField(max_length=50)
    procedure = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeats")
    received_on = models.DateField()
    round_ended_on = models.DateField(null=True)
    decision_term = models.CharField(max_length=50, blank=True)
    assigned_to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    due_on = models.DateField(null=True)
    due_term = models.CharField(max_length=50, blank=True)
    assessed_as = models.CharField(max_length=5, blank=True, db_default="", default="")
    acts = models.IntegerField(default=1)
    last_act_at = models.DateTimeField()

    # the acts, in the order of cases/acts.py
    opened_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    forwarded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    asked_to_complete_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    term_suspended_at = models.DateTimeField(null=True)
    term_resumed_at = models.DateTimeField(null=True)
    repeat_established_at = models.DateTimeField(null=True)
    hardship_applied_at = models.DateTimeField(null=True)
    assessed_at = models.DateTimeField(null=True)
    advised_at = models.DateTimeField(null=True)
    intent_notified_at = models.DateTimeField(null=True)
    view_received_at = models.DateTimeField(null=True)
    granted_at = models.DateTimeField(null=True)
    partly_granted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    left_out_at = models.DateTimeField(null=True)
    amended_at = models.DateTimeField(null=True)
    slip_corrected_at = models.DateTimeField(null=True)
    budget_reservation_invoked_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    progress_reported_at = models.DateTimeField(null=True)
    delivery_proven_at = models.DateTimeField(null=True)
    settlement_requested_at = models.DateTimeField(null=True)
    settled_as_granted_at = models.DateTimeField(null=True)
    settled_lower_at = models.DateTimeField(null=True)
    settled_at_nil_at = models.DateTimeField(null=True)
    recovery_decided_at = models.DateTimeField(null=True)
    advance_paid_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    payment_suspended_at = models.DateTimeField(null=True)
    payment_released_at = models.DateTimeField(null=True)
    objection_received_at = models.DateTimeField(null=True)
    objection_taken_up_at = models.DateTimeField(null=True)
    objection_repair_asked_at = models.DateTimeField(null=True)
    objection_repaired_at = models.DateTimeField(null=True)
    objection_extended_at = models.DateTimeField(null=True)
    hearing_called_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    objection_upheld_at = models.DateTimeField(null=True)
    objection_partly_upheld_at = models.DateTimeField(null=True)
    debt_objection_upheld_at = models.DateTimeField(null=True)
    objection_rejected_at = models.DateTimeField(null=True)
    objection_inadmissible_at = models.DateTimeField(null=True)
    objection_withdrawn_at = models.DateTimeField(null=True)
    appeal_noted_at = models.DateTimeField(null=True)
    judgment_noted_at = models.DateTimeField(null=True)
    appeal_ended_at = models.DateTimeField(null=True)
    declared_in_default_at = models.DateTimeField(null=True)
    penalty_fixed_at = models.DateTimeField(null=True)
    penalty_paid_at = models.DateTimeField(null=True)
    refunded_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    post_returned_at = models.DateTimeField(null=True)
    contact_noted_at = models.DateTimeField(null=True)
    complaint_received_at = models.DateTimeField(null=True)
    death_noted_at = models.DateTimeField(null=True)
    guardian_noted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    # their families
    decided_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    objection_decided_at = models.DateTimeField(null=True)

    state = models.GeneratedField(
        expression=guards.state(), output_field=models.CharField(max_length=20), db_persist=True
    )

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["body", "due_on", "id"], condition=OPEN, name="cases_by_term"),
            models.Index(fields=["body", "received_on", "id"], condition=OPEN, name="cases_by_receipt"),
            models.Index(fields=["body", "assigned_to", "due_on", "id"], condition=OPEN, name="cases_by_official"),
            models.Index(fields=["body", "scheme", "due_on", "id"], condition=OPEN, name="cases_by_scheme"),
            models.Index(fields=["body", "state", "due_on", "id"], name="cases_by_state"),
            models.Index(fields=["body", "due_on", "id"], condition=TO_JUDGE, name="cases_by_to_judge"),
            models.Index(
                fields=["body", "due_on", "id"], condition=Q(state="assessed") & ~TO_JUDGE, name="cases_by_to_decide"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(assessed_as="") | Q(assessed_as__in=ASSESSED_AS, assessed_at__isnull=False),
                name="cases_assessed_as",
                violation_error_message="Waar een beoordeling op uitkwam, staat er pas als er is beoordeeld.",
            ),
            models.UniqueConstraint(
                fields=["reference"], name="cases_reference_once",
                violation_error_message="Dit kenmerk hoort al bij een andere zaak.",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=PATTERN), name="cases_reference_written",
                violation_error_message="Een kenmerk heeft zeven tekens, met een streepje na het derde.",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], name="cases_subject_once",
                violation_error_message="Hierover is al een zaak geopend.",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind__regex=r"^[a-z][a-z_]*$", subject_id__regex=r"^[A-Za-z0-9_-]+$"),
                name="cases_subject_named",
                violation_error_message="Een zaak gaat over iets met een soort en een nummer.",
            ),
            models.CheckConstraint(
                condition=Q(procedure__in=PROCEDURES), name="cases_procedure_known",
                violation_error_message="Deze procedure bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(framework="") & ~Q(scheme=""), name="cases_framework_named",
                violation_error_message="Een zaak heeft een regeling en algemeen recht.",
            ),
            models.CheckConstraint(
                condition=Q(earlier__isnull=True) | ~Q(earlier=F("id")), name="cases_earlier_another",
                violation_error_message="Een zaak herhaalt niet zichzelf.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_term="") | (Q(due_on__isnull=False) & ~Q(due_term="")),
                name="cases_due_of_a_term",
                violation_error_message="Een uiterste dag hoort bij een termijn.",
            ),
            models.CheckConstraint(
                condition=Q(assigned_to__isnull=True) | Q(assigned_at__isnull=False), name="cases_assigned_by_an_act",
                violation_error_message="Een zaak hoort bij een medewerker doordat zij is toegewezen.",
            ),
            models.CheckConstraint(
                condition=Q(acts__gt=0), name="cases_acts_counted",
                violation_error_message="Een zaak begint met een handeling.",
            ),
            *guards.constraints(),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the reference."""
        return self.reference
