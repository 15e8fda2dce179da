"""The tables of cases: the case, whose state the database computes, and its acts."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes both tables, with every constraint of the table of acts."""

    initial = True

    dependencies: ClassVar = [
        ("people", "0002_body_address"),
        ("schemes", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=8)),
                ("scheme", models.CharField(max_length=100)),
                ("framework", models.CharField(max_length=50)),
                ("procedure", models.CharField(max_length=20)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.CharField(max_length=40)),
                ("received_on", models.DateField()),
                ("round_ended_on", models.DateField(null=True)),
                ("decision_term", models.CharField(blank=True, max_length=50)),
                ("due_on", models.DateField(null=True)),
                ("due_term", models.CharField(blank=True, max_length=50)),
                ("acts", models.IntegerField(default=1)),
                ("last_act_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("entered_at", models.DateTimeField(null=True)),
                ("assigned_at", models.DateTimeField(null=True)),
                ("forwarded_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("asked_to_complete_at", models.DateTimeField(null=True)),
                ("completed_at", models.DateTimeField(null=True)),
                ("extended_at", models.DateTimeField(null=True)),
                ("term_suspended_at", models.DateTimeField(null=True)),
                ("term_resumed_at", models.DateTimeField(null=True)),
                ("repeat_established_at", models.DateTimeField(null=True)),
                ("hardship_applied_at", models.DateTimeField(null=True)),
                ("assessed_at", models.DateTimeField(null=True)),
                ("advised_at", models.DateTimeField(null=True)),
                ("intent_notified_at", models.DateTimeField(null=True)),
                ("view_received_at", models.DateTimeField(null=True)),
                ("granted_at", models.DateTimeField(null=True)),
                ("partly_granted_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("left_out_at", models.DateTimeField(null=True)),
                ("amended_at", models.DateTimeField(null=True)),
                ("slip_corrected_at", models.DateTimeField(null=True)),
                ("budget_reservation_invoked_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("progress_reported_at", models.DateTimeField(null=True)),
                ("delivery_proven_at", models.DateTimeField(null=True)),
                ("settlement_requested_at", models.DateTimeField(null=True)),
                ("settled_as_granted_at", models.DateTimeField(null=True)),
                ("settled_lower_at", models.DateTimeField(null=True)),
                ("settled_at_nil_at", models.DateTimeField(null=True)),
                ("recovery_decided_at", models.DateTimeField(null=True)),
                ("advance_paid_at", models.DateTimeField(null=True)),
                ("paid_at", models.DateTimeField(null=True)),
                ("payment_suspended_at", models.DateTimeField(null=True)),
                ("payment_released_at", models.DateTimeField(null=True)),
                ("objection_received_at", models.DateTimeField(null=True)),
                ("objection_repair_asked_at", models.DateTimeField(null=True)),
                ("objection_repaired_at", models.DateTimeField(null=True)),
                ("objection_extended_at", models.DateTimeField(null=True)),
                ("hearing_called_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                ("objection_upheld_at", models.DateTimeField(null=True)),
                ("objection_partly_upheld_at", models.DateTimeField(null=True)),
                ("objection_rejected_at", models.DateTimeField(null=True)),
                ("objection_inadmissible_at", models.DateTimeField(null=True)),
                ("objection_withdrawn_at", models.DateTimeField(null=True)),
                ("appeal_noted_at", models.DateTimeField(null=True)),
                ("judgment_noted_at", models.DateTimeField(null=True)),
                ("declared_in_default_at", models.DateTimeField(null=True)),
                ("penalty_fixed_at", models.DateTimeField(null=True)),
                ("penalty_paid_at", models.DateTimeField(null=True)),
                ("dispatched_at", models.DateTimeField(null=True)),
                ("post_returned_at", models.DateTimeField(null=True)),
                ("contact_noted_at", models.DateTimeField(null=True)),
                ("complaint_received_at", models.DateTimeField(null=True)),
                ("death_noted_at", models.DateTimeField(null=True)),
                ("guardian_noted_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("reopened_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("objection_decided_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                models.Q(models.Q(models.Q(("destroyed_at__isnull", False))), _connector="OR"),
                                then=models.Value("destroyed"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("closed_at__isnull", False)),
                                        models.Q(
                                            ("reopened_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("reopened_at"), models.F("closed_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("objection_received_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("objection_received_at"), models.F("closed_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("appeal_noted_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("appeal_noted_at"), models.F("closed_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("judgment_noted_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("judgment_noted_at"), models.F("closed_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("closed"),
                            ),
                            models.When(
                                models.Q(models.Q(models.Q(("forwarded_at__isnull", False))), _connector="OR"),
                                then=models.Value("forwarded"),
                            ),
                            models.When(
                                models.Q(models.Q(models.Q(("withdrawn_at__isnull", False))), _connector="OR"),
                                then=models.Value("withdrawn"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("objection_received_at__isnull", False)),
                                        models.Q(
                                            ("objection_decided_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("objection_decided_at"), models.F("objection_received_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("objection_withdrawn_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("objection_withdrawn_at"), models.F("objection_received_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("objection"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("revoked_at__isnull", False)),
                                        models.Q(
                                            ("objection_upheld_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("objection_upheld_at"), models.F("revoked_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("objection_partly_upheld_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("objection_partly_upheld_at"), models.F("revoked_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("judgment_noted_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("judgment_noted_at"), models.F("revoked_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("revoked"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("settled_at__isnull", False)),
                                        models.Q(
                                            ("objection_upheld_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("objection_upheld_at"), models.F("settled_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("objection_partly_upheld_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("objection_partly_upheld_at"), models.F("settled_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("judgment_noted_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("judgment_noted_at"), models.F("settled_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("settled"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("granted_at__isnull", False)),
                                        models.Q(
                                            ("refused_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("refused_at"), models.F("granted_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("left_out_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("left_out_at"), models.F("granted_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(("partly_granted_at__isnull", False)),
                                        models.Q(
                                            ("refused_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("refused_at"), models.F("partly_granted_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("left_out_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("left_out_at"), models.F("partly_granted_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("granted"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("refused_at__isnull", False)),
                                        models.Q(
                                            ("granted_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("granted_at"), models.F("refused_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("partly_granted_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("partly_granted_at"), models.F("refused_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("left_out_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("left_out_at"), models.F("refused_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("refused"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("left_out_at__isnull", False)),
                                        models.Q(
                                            ("granted_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("granted_at"), models.F("left_out_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("partly_granted_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("partly_granted_at"), models.F("left_out_at")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(
                                            ("refused_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("refused_at"), models.F("left_out_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("left_out"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("asked_to_complete_at__isnull", False)),
                                        models.Q(
                                            ("completed_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("completed_at"), models.F("asked_to_complete_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("incomplete"),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("assessed_at__isnull", False)),
                                        models.Q(
                                            ("completed_at__isnull", True),
                                            django.db.models.lookups.LessThanOrEqual(
                                                models.F("completed_at"), models.F("assessed_at")
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                then=models.Value("assessed"),
                            ),
                            models.When(
                                models.Q(models.Q(models.Q(("assigned_at__isnull", False))), _connector="OR"),
                                then=models.Value("being_assessed"),
                            ),
                            default=models.Value("received"),
                            output_field=models.CharField(max_length=20),
                        ),
                        output_field=models.CharField(max_length=20),
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="people.body",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="repeats", to="cases.case"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="schemes.publishedversion"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CaseAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("act", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("happened_on", models.DateField()),
                ("by_kind", models.CharField(max_length=40)),
                ("by_id", models.CharField(blank=True, max_length=64)),
                ("details", models.JSONField(default=dict)),
                ("ground", models.CharField(max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["closed", "destroyed"]), _negated=True),
                fields=["body", "due_on", "id"],
                name="cases_by_term",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["closed", "destroyed"]), _negated=True),
                fields=["body", "received_on", "id"],
                name="cases_by_receipt",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["closed", "destroyed"]), _negated=True),
                fields=["body", "assigned_to", "due_on", "id"],
                name="cases_by_official",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["closed", "destroyed"]), _negated=True),
                fields=["body", "scheme", "due_on", "id"],
                name="cases_by_scheme",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["body", "state", "due_on", "id"], name="cases_by_state"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("reference",),
                name="cases_reference_once",
                violation_error_message="Dit kenmerk hoort al bij een andere zaak.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reference__regex", "^[23456789BCDFGHJKLMNPQRSTVWXYZ]{3}-[23456789BCDFGHJKLMNPQRSTVWXYZ]{4}$")
                ),
                name="cases_reference_written",
                violation_error_message="Een kenmerk heeft zeven tekens, met een streepje na het derde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("subject_kind", "subject_id"),
                name="cases_subject_once",
                violation_error_message="Hierover is al een zaak geopend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subject_id__regex", "^[A-Za-z0-9_-]+$"), ("subject_kind__regex", "^[a-z][a-z_]*$")
                ),
                name="cases_subject_named",
                violation_error_message="Een zaak gaat over iets met een soort en een nummer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("procedure__in", ("grant_settle", "reserve_claim", "direct", "purchase", "loan", "service"))
                ),
                name="cases_procedure_known",
                violation_error_message="Deze procedure bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("framework", ""), _negated=True), models.Q(("scheme", ""), _negated=True)),
                name="cases_framework_named",
                violation_error_message="Een zaak heeft een regeling en algemeen recht.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earlier__isnull", True), models.Q(("earlier", models.F("id")), _negated=True), _connector="OR"
                ),
                name="cases_earlier_another",
                violation_error_message="Een zaak herhaalt niet zichzelf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on__isnull", True), ("due_term", "")),
                    models.Q(("due_on__isnull", False), models.Q(("due_term", ""), _negated=True)),
                    _connector="OR",
                ),
                name="cases_due_of_a_term",
                violation_error_message="Een uiterste dag hoort bij een termijn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("assigned_to__isnull", True), ("assigned_at__isnull", False), _connector="OR"),
                name="cases_assigned_by_an_act",
                violation_error_message="Een zaak hoort bij een medewerker doordat zij is toegewezen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("acts__gt", 0)),
                name="cases_acts_counted",
                violation_error_message="Een zaak begint met een handeling.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_at__isnull", True),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "entered_at",
                            "assigned_at",
                            "forwarded_at",
                            "withdrawn_at",
                            "asked_to_complete_at",
                            "completed_at",
                            "extended_at",
                            "term_suspended_at",
                            "term_resumed_at",
                            "repeat_established_at",
                            "hardship_applied_at",
                            "assessed_at",
                            "advised_at",
                            "intent_notified_at",
                            "view_received_at",
                            "granted_at",
                            "partly_granted_at",
                            "refused_at",
                            "left_out_at",
                            "amended_at",
                            "slip_corrected_at",
                            "budget_reservation_invoked_at",
                            "revoked_at",
                            "progress_reported_at",
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "settled_as_granted_at",
                            "settled_lower_at",
                            "settled_at_nil_at",
                            "recovery_decided_at",
                            "advance_paid_at",
                            "paid_at",
                            "payment_suspended_at",
                            "payment_released_at",
                            "objection_received_at",
                            "objection_repair_asked_at",
                            "objection_repaired_at",
                            "objection_extended_at",
                            "hearing_called_at",
                            "heard_at",
                            "objection_upheld_at",
                            "objection_partly_upheld_at",
                            "objection_rejected_at",
                            "objection_inadmissible_at",
                            "objection_withdrawn_at",
                            "appeal_noted_at",
                            "judgment_noted_at",
                            "declared_in_default_at",
                            "penalty_fixed_at",
                            "penalty_paid_at",
                            "dispatched_at",
                            "post_returned_at",
                            "contact_noted_at",
                            "complaint_received_at",
                            "death_noted_at",
                            "guardian_noted_at",
                            "closed_at",
                            "reopened_at",
                        ),
                        models.F("destroyed_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_destroyed",
                violation_error_message="Dit dossier is vernietigd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forwarded_at__isnull", True),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "withdrawn_at",
                            "asked_to_complete_at",
                            "completed_at",
                            "extended_at",
                            "term_suspended_at",
                            "term_resumed_at",
                            "repeat_established_at",
                            "hardship_applied_at",
                            "assessed_at",
                            "advised_at",
                            "intent_notified_at",
                            "view_received_at",
                            "granted_at",
                            "partly_granted_at",
                            "refused_at",
                            "left_out_at",
                            "delivery_proven_at",
                            "declared_in_default_at",
                        ),
                        models.F("forwarded_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_forwarded",
                violation_error_message="De aanvraag is doorgestuurd naar de instantie die erover gaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("reopened_at"), models.F("closed_at")),
                        ("reopened_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("objection_received_at"), models.F("closed_at")),
                        ("objection_received_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("appeal_noted_at"), models.F("closed_at")),
                        ("appeal_noted_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("judgment_noted_at"), models.F("closed_at")),
                        ("judgment_noted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "assigned_at",
                            "forwarded_at",
                            "withdrawn_at",
                            "asked_to_complete_at",
                            "completed_at",
                            "extended_at",
                            "term_suspended_at",
                            "term_resumed_at",
                            "repeat_established_at",
                            "hardship_applied_at",
                            "assessed_at",
                            "advised_at",
                            "intent_notified_at",
                            "view_received_at",
                            "granted_at",
                            "partly_granted_at",
                            "refused_at",
                            "left_out_at",
                            "amended_at",
                            "slip_corrected_at",
                            "budget_reservation_invoked_at",
                            "revoked_at",
                            "progress_reported_at",
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "settled_as_granted_at",
                            "settled_lower_at",
                            "settled_at_nil_at",
                            "recovery_decided_at",
                            "advance_paid_at",
                            "paid_at",
                            "payment_suspended_at",
                        ),
                        models.F("closed_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_closed",
                violation_error_message="Deze zaak is gesloten. Open haar eerst opnieuw.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "forwarded_at",
                            "asked_to_complete_at",
                            "completed_at",
                            "extended_at",
                            "term_suspended_at",
                            "term_resumed_at",
                            "repeat_established_at",
                            "hardship_applied_at",
                            "assessed_at",
                            "advised_at",
                            "intent_notified_at",
                            "view_received_at",
                            "granted_at",
                            "partly_granted_at",
                            "refused_at",
                            "left_out_at",
                            "delivery_proven_at",
                            "declared_in_default_at",
                        ),
                        models.F("withdrawn_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_withdrawn",
                violation_error_message="De aanvraag is ingetrokken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("objection_upheld_at"), models.F("decided_at")),
                        ("objection_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_partly_upheld_at"), models.F("decided_at")
                        ),
                        ("objection_partly_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("judgment_noted_at"), models.F("decided_at")),
                        ("judgment_noted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "forwarded_at",
                            "withdrawn_at",
                            "asked_to_complete_at",
                            "completed_at",
                            "extended_at",
                            "term_suspended_at",
                            "term_resumed_at",
                            "repeat_established_at",
                            "hardship_applied_at",
                        ),
                        models.F("decided_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_decided",
                violation_error_message="Er is al beslist op de aanvraag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("objection_received_at"), models.F("decided_at")),
                        ("objection_received_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("judgment_noted_at"), models.F("decided_at")),
                        ("judgment_noted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "assessed_at", "advised_at", "declared_in_default_at"
                        ),
                        models.F("decided_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_decided_without_objection",
                violation_error_message="Er is al beslist, en er loopt geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_to_complete_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("completed_at"), models.F("asked_to_complete_at")
                        ),
                        ("completed_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest("granted_at", "partly_granted_at"),
                        models.F("asked_to_complete_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_incomplete",
                violation_error_message="De aanvraag is nog niet compleet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("completed_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("asked_to_complete_at"), models.F("completed_at")
                        ),
                        ("asked_to_complete_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(models.F("left_out_at"), models.F("completed_at")),
                    _connector="OR",
                ),
                name="cases_stop_complete",
                violation_error_message="De aanvraag is aangevuld. Zij kan niet meer buiten behandeling blijven.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("completed_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("assessed_at"), models.F("completed_at")),
                        ("assessed_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest("granted_at", "partly_granted_at", "refused_at"),
                        models.F("completed_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_changed",
                violation_error_message="De aanvraag is aangevuld na de beoordeling. Beoordeel haar eerst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refused_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("granted_at"), models.F("refused_at")),
                        ("granted_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("partly_granted_at"), models.F("refused_at")),
                        ("partly_granted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "settled_as_granted_at",
                            "settled_lower_at",
                            "settled_at_nil_at",
                            "advance_paid_at",
                            "paid_at",
                        ),
                        models.F("refused_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_refused",
                violation_error_message="De aanvraag is afgewezen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_out_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("granted_at"), models.F("left_out_at")),
                        ("granted_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("partly_granted_at"), models.F("left_out_at")),
                        ("partly_granted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "settled_as_granted_at",
                            "settled_lower_at",
                            "settled_at_nil_at",
                            "advance_paid_at",
                            "paid_at",
                        ),
                        models.F("left_out_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_left_out",
                violation_error_message="De aanvraag is niet in behandeling genomen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("objection_upheld_at"), models.F("settled_at")),
                        ("objection_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_partly_upheld_at"), models.F("settled_at")
                        ),
                        ("objection_partly_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("judgment_noted_at"), models.F("settled_at")),
                        ("judgment_noted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "budget_reservation_invoked_at",
                            "progress_reported_at",
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "advance_paid_at",
                        ),
                        models.F("settled_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_settled",
                violation_error_message="De subsidie is al vastgesteld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("objection_upheld_at"), models.F("revoked_at")),
                        ("objection_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_partly_upheld_at"), models.F("revoked_at")
                        ),
                        ("objection_partly_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("judgment_noted_at"), models.F("revoked_at")),
                        ("judgment_noted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "amended_at",
                            "budget_reservation_invoked_at",
                            "progress_reported_at",
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "settled_as_granted_at",
                            "settled_lower_at",
                            "settled_at_nil_at",
                            "advance_paid_at",
                            "paid_at",
                        ),
                        models.F("revoked_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_revoked",
                violation_error_message="De subsidie is ingetrokken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment_suspended_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("payment_released_at"), models.F("payment_suspended_at")
                        ),
                        ("payment_released_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest("advance_paid_at", "paid_at"),
                        models.F("payment_suspended_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_payments_suspended",
                violation_error_message="De betaling is opgeschort.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_decided_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_received_at"), models.F("objection_decided_at")
                        ),
                        ("objection_received_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "objection_repair_asked_at",
                            "objection_repaired_at",
                            "objection_extended_at",
                            "hearing_called_at",
                            "heard_at",
                            "objection_withdrawn_at",
                            "declared_in_default_at",
                        ),
                        models.F("objection_decided_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_objection_decided",
                violation_error_message="Op het bezwaar is al beslist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_withdrawn_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_received_at"), models.F("objection_withdrawn_at")
                        ),
                        ("objection_received_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "objection_repair_asked_at",
                            "objection_repaired_at",
                            "objection_extended_at",
                            "hearing_called_at",
                            "heard_at",
                            "objection_upheld_at",
                            "objection_partly_upheld_at",
                            "objection_rejected_at",
                            "objection_inadmissible_at",
                            "declared_in_default_at",
                        ),
                        models.F("objection_withdrawn_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_objection_withdrawn",
                violation_error_message="Het bezwaar is ingetrokken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_received_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_decided_at"), models.F("objection_received_at")
                        ),
                        ("objection_decided_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_withdrawn_at"), models.F("objection_received_at")
                        ),
                        ("objection_withdrawn_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest("closed_at", "destroyed_at"),
                        models.F("objection_received_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_objection_open",
                violation_error_message="Er loopt nog een bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reopened_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("closed_at"), models.F("reopened_at")),
                        ("closed_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(models.F("destroyed_at"), models.F("reopened_at")),
                    _connector="OR",
                ),
                name="cases_stop_reopened",
                violation_error_message="De zaak is opnieuw geopend. Sluit haar eerst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_received_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("closed_at"), models.F("objection_received_at")),
                        ("closed_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        models.F("destroyed_at"), models.F("objection_received_at")
                    ),
                    _connector="OR",
                ),
                name="cases_stop_contested",
                violation_error_message="Na het sluiten kwam een bezwaar. Sluit de zaak eerst opnieuw.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("completed_at__isnull", True), ("asked_to_complete_at__isnull", False), _connector="OR"
                ),
                name="cases_before_completed_0",
                violation_error_message="Er staat niets open om dit op te laten volgen (om aanvulling gevraagd).",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("term_resumed_at__isnull", True), ("term_suspended_at__isnull", False), _connector="OR"
                ),
                name="cases_before_term_resumed_0",
                violation_error_message="Er staat niets open om dit op te laten volgen (beslistermijn opgeschort).",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("view_received_at__isnull", True), models.Q(("intent_notified_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_view_received_1",
                violation_error_message="Laat eerst weten wat u van plan bent, zodat de aanvrager een zienswijze kan geven.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__isnull", True), models.Q(("assessed_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_granted_1",
                violation_error_message="De aanvraag is nog niet beoordeeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partly_granted_at__isnull", True), models.Q(("assessed_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_partly_granted_1",
                violation_error_message="De aanvraag is nog niet beoordeeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refused_at__isnull", True),
                    models.Q(("assessed_at__isnull", False)),
                    models.Q(("repeat_established_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_refused_1",
                violation_error_message="De aanvraag is nog niet beoordeeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_out_at__isnull", True), models.Q(("asked_to_complete_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_left_out_1",
                violation_error_message="De aanvrager heeft nog niet de kans gekregen om de aanvraag aan te vullen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amended_at__isnull", True), models.Q(("decided_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_amended_1",
                violation_error_message="Er is nog niet beslist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slip_corrected_at__isnull", True), models.Q(("decided_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_slip_corrected_1",
                violation_error_message="Er is nog niet beslist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("budget_reservation_invoked_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_budget_reservation_invoked_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_revoked_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True), models.Q(("intent_notified_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_revoked_2",
                violation_error_message="Laat eerst weten wat u van plan bent, zodat de aanvrager een zienswijze kan geven.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("progress_reported_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_progress_reported_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settlement_requested_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_settlement_requested_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_as_granted_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_settled_as_granted_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_lower_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_settled_lower_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_lower_at__isnull", True), models.Q(("intent_notified_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_settled_lower_2",
                violation_error_message="Laat eerst weten wat u van plan bent, zodat de aanvrager een zienswijze kan geven.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at_nil_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_settled_at_nil_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at_nil_at__isnull", True),
                    models.Q(("intent_notified_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_settled_at_nil_2",
                violation_error_message="Laat eerst weten wat u van plan bent, zodat de aanvrager een zienswijze kan geven.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recovery_decided_at__isnull", True),
                    models.Q(("advance_paid_at__isnull", False)),
                    models.Q(("paid_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_recovery_decided_1",
                violation_error_message="Er is niets betaald.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recovery_decided_at__isnull", True),
                    models.Q(("settled_at__isnull", False)),
                    models.Q(("revoked_at__isnull", False)),
                    models.Q(("amended_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_recovery_decided_2",
                violation_error_message="Er is geen besluit waaruit volgt dat te veel is betaald.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("advance_paid_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_advance_paid_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_paid_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment_suspended_at__isnull", True),
                    models.Q(("granted_at__isnull", False)),
                    models.Q(("partly_granted_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_payment_suspended_1",
                violation_error_message="Er is nog niets verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment_released_at__isnull", True), ("payment_suspended_at__isnull", False), _connector="OR"
                ),
                name="cases_before_payment_released_0",
                violation_error_message="Er staat niets open om dit op te laten volgen (betaling opgeschort).",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_received_at__isnull", True), models.Q(("decided_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_objection_received_1",
                violation_error_message="Er is nog niet beslist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_repair_asked_at__isnull", True),
                    models.Q(("objection_received_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_objection_repair_asked_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_repaired_at__isnull", True),
                    ("objection_repair_asked_at__isnull", False),
                    _connector="OR",
                ),
                name="cases_before_objection_repaired_0",
                violation_error_message="Er staat niets open om dit op te laten volgen (om herstel van het bezwaar gevraagd).",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_extended_at__isnull", True),
                    models.Q(("objection_received_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_objection_extended_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hearing_called_at__isnull", True),
                    models.Q(("objection_received_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_hearing_called_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("heard_at__isnull", True), models.Q(("objection_received_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_heard_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_upheld_at__isnull", True),
                    models.Q(("objection_received_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_objection_upheld_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_partly_upheld_at__isnull", True),
                    models.Q(("objection_received_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_objection_partly_upheld_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_rejected_at__isnull", True),
                    models.Q(("objection_received_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_objection_rejected_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_inadmissible_at__isnull", True),
                    models.Q(("objection_received_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_objection_inadmissible_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection_withdrawn_at__isnull", True),
                    models.Q(("objection_received_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_objection_withdrawn_1",
                violation_error_message="Er is geen bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("appeal_noted_at__isnull", True),
                    models.Q(("decided_at__isnull", False)),
                    models.Q(("declared_in_default_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_appeal_noted_1",
                violation_error_message="Er is niets waartegen beroep mogelijk is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("judgment_noted_at__isnull", True), models.Q(("appeal_noted_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_judgment_noted_1",
                violation_error_message="Er is geen beroep.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("penalty_fixed_at__isnull", True),
                    models.Q(("declared_in_default_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_penalty_fixed_1",
                violation_error_message="Er is geen ingebrekestelling.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("penalty_paid_at__isnull", True), models.Q(("penalty_fixed_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_penalty_paid_1",
                violation_error_message="De dwangsom is nog niet vastgesteld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    models.Q(("decided_at__isnull", False)),
                    models.Q(("withdrawn_at__isnull", False)),
                    models.Q(("forwarded_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_closed_1",
                violation_error_message="De aanvraag is nog niet afgedaan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("reopened_at__isnull", True), ("closed_at__isnull", False), _connector="OR"),
                name="cases_before_reopened_0",
                violation_error_message="Er staat niets open om dit op te laten volgen (gesloten).",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_at__isnull", True), models.Q(("closed_at__isnull", False)), _connector="OR"
                ),
                name="cases_before_destroyed_1",
                violation_error_message="De zaak is nog niet gesloten.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("granted_at__isnull", True),
                        ("left_out_at__isnull", True),
                        ("partly_granted_at__isnull", True),
                        ("refused_at__isnull", True),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        models.Q(
                            models.Q(("granted_at__isnull", False)),
                            models.Q(("partly_granted_at__isnull", False)),
                            models.Q(("refused_at__isnull", False)),
                            models.Q(("left_out_at__isnull", False)),
                            _connector="OR",
                        ),
                        (
                            "decided_at",
                            django.db.models.functions.comparison.Greatest(
                                "granted_at", "partly_granted_at", "refused_at", "left_out_at"
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="cases_family_decided",
                violation_error_message="Het moment van een besluit is dat van het laatste besluit in zijn soort.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True),
                        ("settled_as_granted_at__isnull", True),
                        ("settled_at_nil_at__isnull", True),
                        ("settled_lower_at__isnull", True),
                    ),
                    models.Q(
                        ("settled_at__isnull", False),
                        models.Q(
                            models.Q(("settled_as_granted_at__isnull", False)),
                            models.Q(("settled_lower_at__isnull", False)),
                            models.Q(("settled_at_nil_at__isnull", False)),
                            _connector="OR",
                        ),
                        (
                            "settled_at",
                            django.db.models.functions.comparison.Greatest(
                                "settled_as_granted_at", "settled_lower_at", "settled_at_nil_at"
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="cases_family_settled",
                violation_error_message="Het moment van een besluit is dat van het laatste besluit in zijn soort.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("objection_decided_at__isnull", True),
                        ("objection_inadmissible_at__isnull", True),
                        ("objection_partly_upheld_at__isnull", True),
                        ("objection_rejected_at__isnull", True),
                        ("objection_upheld_at__isnull", True),
                    ),
                    models.Q(
                        ("objection_decided_at__isnull", False),
                        models.Q(
                            models.Q(("objection_upheld_at__isnull", False)),
                            models.Q(("objection_partly_upheld_at__isnull", False)),
                            models.Q(("objection_rejected_at__isnull", False)),
                            models.Q(("objection_inadmissible_at__isnull", False)),
                            _connector="OR",
                        ),
                        (
                            "objection_decided_at",
                            django.db.models.functions.comparison.Greatest(
                                "objection_upheld_at",
                                "objection_partly_upheld_at",
                                "objection_rejected_at",
                                "objection_inadmissible_at",
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="cases_family_objection_decided",
                violation_error_message="Het moment van een besluit is dat van het laatste besluit in zijn soort.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "last_act_at",
                        django.db.models.functions.comparison.Greatest(
                            "opened_at",
                            "entered_at",
                            "assigned_at",
                            "forwarded_at",
                            "withdrawn_at",
                            "asked_to_complete_at",
                            "completed_at",
                            "extended_at",
                            "term_suspended_at",
                            "term_resumed_at",
                            "repeat_established_at",
                            "hardship_applied_at",
                            "assessed_at",
                            "advised_at",
                            "intent_notified_at",
                            "view_received_at",
                            "granted_at",
                            "partly_granted_at",
                            "refused_at",
                            "left_out_at",
                            "amended_at",
                            "slip_corrected_at",
                            "budget_reservation_invoked_at",
                            "revoked_at",
                            "progress_reported_at",
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "settled_as_granted_at",
                            "settled_lower_at",
                            "settled_at_nil_at",
                            "recovery_decided_at",
                            "advance_paid_at",
                            "paid_at",
                            "payment_suspended_at",
                            "payment_released_at",
                            "objection_received_at",
                            "objection_repair_asked_at",
                            "objection_repaired_at",
                            "objection_extended_at",
                            "hearing_called_at",
                            "heard_at",
                            "objection_upheld_at",
                            "objection_partly_upheld_at",
                            "objection_rejected_at",
                            "objection_inadmissible_at",
                            "objection_withdrawn_at",
                            "appeal_noted_at",
                            "judgment_noted_at",
                            "declared_in_default_at",
                            "penalty_fixed_at",
                            "penalty_paid_at",
                            "dispatched_at",
                            "post_returned_at",
                            "contact_noted_at",
                            "complaint_received_at",
                            "death_noted_at",
                            "guardian_noted_at",
                            "closed_at",
                            "reopened_at",
                            "destroyed_at",
                        ),
                    )
                ),
                name="cases_last_act",
                violation_error_message="Het laatste moment van een zaak is dat van de laatste handeling.",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseact",
            constraint=models.UniqueConstraint(
                fields=("case", "number"),
                name="cases_act_once",
                violation_error_message="Deze handeling is al genoteerd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseact",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)),
                name="cases_act_number",
                violation_error_message="De eerste handeling is 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "opened",
                            "entered",
                            "assigned",
                            "forwarded",
                            "withdrawn",
                            "asked_to_complete",
                            "completed",
                            "extended",
                            "term_suspended",
                            "term_resumed",
                            "repeat_established",
                            "hardship_applied",
                            "assessed",
                            "advised",
                            "intent_notified",
                            "view_received",
                            "granted",
                            "partly_granted",
                            "refused",
                            "left_out",
                            "amended",
                            "slip_corrected",
                            "budget_reservation_invoked",
                            "revoked",
                            "progress_reported",
                            "delivery_proven",
                            "settlement_requested",
                            "settled_as_granted",
                            "settled_lower",
                            "settled_at_nil",
                            "recovery_decided",
                            "advance_paid",
                            "paid",
                            "payment_suspended",
                            "payment_released",
                            "objection_received",
                            "objection_repair_asked",
                            "objection_repaired",
                            "objection_extended",
                            "hearing_called",
                            "heard",
                            "objection_upheld",
                            "objection_partly_upheld",
                            "objection_rejected",
                            "objection_inadmissible",
                            "objection_withdrawn",
                            "appeal_noted",
                            "judgment_noted",
                            "declared_in_default",
                            "penalty_fixed",
                            "penalty_paid",
                            "dispatched",
                            "post_returned",
                            "contact_noted",
                            "complaint_received",
                            "death_noted",
                            "guardian_noted",
                            "closed",
                            "reopened",
                            "destroyed",
                        ],
                    )
                ),
                name="cases_act_known",
                violation_error_message="Deze handeling bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseact",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("by_kind", ""), _negated=True), models.Q(("ground", ""), _negated=True)),
                name="cases_act_whole",
                violation_error_message="Een handeling heeft een persoon of systeem dat haar deed, en een grond.",
            ),
        ),
    ]
