"""Offers of providers: activities with co-financing, enrolments of participants, and confirmed enrolments of applicants."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

TABLES = (
    "applications_offerline", "applications_offershare", "applications_enrolment", "applications_enrolmentword",
    "applications_enrolmentproof",
)  # fmt: skip
"""What is only ever added to, as answers and freezes (0002)."""


def _on(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Adds six tables, of which five are insert-only."""

    dependencies: ClassVar = [
        ("applications", "0006_entered_for"),
        ("people", "0002_body_address"),
        ("register", "0008_text_language"),
        ("rounds", "0004_withdrawals"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=64)),
                ("turn", models.IntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.activity"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="applications.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EnrolmentProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[("confirmed", "bevestigd"), ("taken_back", "teruggenomen")], max_length=10
                    ),
                ),
                ("starts_on", models.DateField(null=True)),
                ("cents", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.activity"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolment_proofs",
                        to="applications.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OfferLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("participants", models.IntegerField()),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.activity"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offer", to="applications.application"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.activityversion"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OfferShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "financier",
                    models.CharField(
                        choices=[
                            ("scheme", "deze regeling (gevraagde subsidie)"),
                            ("own", "eigen bijdrage"),
                            ("employer", "werkgever"),
                            ("fund", "O&O-fonds"),
                            ("public", "gemeente, provincie of UWV"),
                            ("other_scheme", "andere regeling"),
                            ("other", "iemand anders"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("cents", models.BigIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="applications.offerline"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EnrolledPerson",
            fields=[
                ("lookup", models.CharField(blank=True, max_length=64)),
                ("sealed", models.CharField(blank=True, max_length=200)),
                ("sealed_name", models.CharField(max_length=1200)),
                ("name_key", models.CharField(max_length=64)),
                ("birth_date", models.DateField()),
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="who",
                        serialize=False,
                        to="applications.enrolment",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("lookup", ""), _negated=True),
                        fields=["lookup"],
                        name="applications_enrolled_by",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lookup", ""), ("sealed", "")),
                            models.Q(
                                ("lookup__regex", "^[0-9a-f]{64}$"), ("sealed__regex", "^gAAAA[A-Za-z0-9_=-]{95,}$")
                            ),
                            _connector="OR",
                        ),
                        name="applications_enrolled_number_sealed",
                        violation_error_message="Een burgerservicenummer wordt alleen gehasht en versleuteld bewaard.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_key__regex", "^[0-9a-f]{64}$"), ("sealed_name__regex", "^gAAAA[A-Za-z0-9_=-]{95,}$")
                        ),
                        name="applications_enrolled_name_sealed",
                        violation_error_message="De naam van een ingeschreven persoon wordt alleen versleuteld bewaard.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnrolmentWord",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="said",
                        serialize=False,
                        to="applications.enrolment",
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("confirmed", "dit klopt"),
                            ("not_me", "dit ben ik niet"),
                            ("not_wanted", "dit wil ik niet"),
                        ],
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                fields=("round", "person", "turn"),
                name="applications_enrolled_once",
                violation_error_message="Deze persoon is in dit aanvraagtijdvak al ingeschreven.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__regex", "^[0-9a-f]{64}$"), ("turn__gte", 0)),
                name="applications_enrolment_hashed",
                violation_error_message="Een inschrijving bevat geen gegevens van de persoon, alleen een hash.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step", "confirmed"),
                    models.Q(("cents__isnull", True), ("starts_on__isnull", True), ("step", "taken_back")),
                    _connector="OR",
                ),
                name="applications_enrolment_proof_step",
                violation_error_message="Een opleider bevestigt een inschrijving, of neemt de bevestiging terug.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentproof",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__isnull", True), ("cents__gte", 0), _connector="OR"),
                name="applications_enrolment_proof_cents",
                violation_error_message="Een prijs is nul of meer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("participants__gte", 0), ("participants__lte", 1000000)),
                name="applications_offer_participants",
                violation_error_message="Een aantal deelnemers is een heel getal van 0 tot en met 1.000.000.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerline",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThan(
                    django.db.models.functions.text.Length("by_kind"), models.Value(0)
                ),
                name="applications_offer_by",
                violation_error_message="Van elke regel van een aanbod is bekend wie hem schreef.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offershare",
            constraint=models.CheckConstraint(
                condition=models.Q(("financier__in", ("own", "employer", "fund", "public", "other"))),
                name="applications_offer_share_financier",
                violation_error_message="Deze financier kan niet meebetalen aan een opleiding in een aanbod.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offershare",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0)),
                name="applications_offer_share_cents",
                violation_error_message="Een bedrag dat iemand meebetaalt, is meer dan 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentword",
            constraint=models.CheckConstraint(
                condition=models.Q(("word__in", ["confirmed", "not_me", "not_wanted"])),
                name="applications_enrolment_word",
                violation_error_message="U bevestigt een inschrijving, of u zegt waarom niet.",
            ),
        ),
        *(_on(table) for table in TABLES),
    ]
