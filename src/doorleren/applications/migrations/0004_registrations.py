"""Registrations by an adviser: qualifications, bundles with an answer per row, who was registered, what they said of it."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = (
    "applications_bundle", "applications_registration", "applications_bundlerow", "applications_confirmation",
)  # fmt: skip
"""What is only ever added to, as answers and freezes (0002)."""


def _on(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Adds six tables, of which four are insert-only."""

    dependencies: ClassVar = [
        ("applications", "0003_evidence"),
        ("people", "0002_body_address"),
        ("rounds", "0003_two_people"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Qualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="qualifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("given_by_kind", models.CharField(max_length=20)),
                ("given_by_id", models.CharField(blank=True, max_length=100)),
                ("given_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("adviser", "starts_on"),
                        name="applications_qualification_once",
                        violation_error_message="Deze kwalificatie bestaat al.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="applications_qualification_days",
                        violation_error_message="Een kwalificatie eindigt niet voordat zij begint.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given_by_kind", ""), _negated=True),
                        name="applications_qualification_given_by",
                        violation_error_message="Van een kwalificatie is bekend wie haar heeft vastgesteld.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bundles", to="rounds.round"
                    ),
                ),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bundles", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bundles", to="people.organisation"
                    ),
                ),
                ("content", models.CharField(max_length=64)),
                ("rows", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "adviser", "organisation", "content"),
                        name="applications_bundle_once",
                        violation_error_message="Deze bundel is al ingediend.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content__regex", "^[0-9a-f]{64}$")),
                        name="applications_bundle_hashed",
                        violation_error_message="Van een bundel wordt alleen een hash van de inhoud bewaard.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rows__gte", 1), ("rows__lte", 10000)),
                        name="applications_bundle_size",
                        violation_error_message="Een bundel heeft 1 tot en met 10.000 rijen.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registration",
                        to="applications.application",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="rounds.round",
                    ),
                ),
                (
                    "adviser",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                ("reference", models.CharField(max_length=40)),
                ("person", models.CharField(max_length=64)),
                ("registered_on", models.DateField()),
                ("registered_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["adviser", "registered_on"], name="applications_registered_a_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "person"),
                        name="applications_registered_once",
                        violation_error_message="Deze persoon is in dit aanvraagtijdvak al geregistreerd.",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "adviser", "round", "reference"),
                        name="applications_reference_once",
                        violation_error_message="Dit kenmerk is in dit aanvraagtijdvak al gebruikt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__regex", "^[0-9a-f]{64}$")),
                        name="applications_registration_hashed",
                        violation_error_message="Een registratie bevat geen gegevens van de persoon, alleen een hash.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reference__regex", "^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$"),
                            models.Q(("reference__regex", "^[0-9]{9}$"), _negated=True),
                        ),
                        name="applications_reference_written",
                        violation_error_message="Een kenmerk heeft hooguit 40 letters, cijfers of tekens . _ / - en is geen burgerservicenummer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisteredPerson",
            fields=[
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="who",
                        serialize=False,
                        to="applications.registration",
                    ),
                ),
                ("lookup", models.CharField(blank=True, max_length=64)),
                ("sealed", models.CharField(blank=True, max_length=200)),
                ("sealed_name", models.CharField(max_length=1200)),
                ("name_key", models.CharField(max_length=64)),
                ("birth_date", models.DateField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("lookup", ""), _negated=True),
                        fields=["lookup"],
                        name="applications_registered_by",
                    ),
                    models.Index(fields=["birth_date", "name_key"], name="applications_registered_born"),
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
                        name="applications_registered_number_sealed",
                        violation_error_message="Een burgerservicenummer wordt alleen gehasht en versleuteld bewaard.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_key__regex", "^[0-9a-f]{64}$"), ("sealed_name__regex", "^gAAAA[A-Za-z0-9_=-]{95,}$")
                        ),
                        name="applications_registered_name_sealed",
                        violation_error_message="De naam van een geregistreerde persoon wordt alleen versleuteld bewaard.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BundleRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bundle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="applications.bundle",
                    ),
                ),
                ("line", models.IntegerField()),
                ("reference", models.CharField(blank=True, max_length=40)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "geregistreerd"),
                            ("already", "was al geregistreerd"),
                            ("refused", "geweigerd"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="applications.registration",
                    ),
                ),
                ("faults", models.JSONField(default=list)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bundle", "line"),
                        name="applications_row_once",
                        violation_error_message="Deze rij van de bundel is al beantwoord.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("faults", []),
                                ("outcome__in", ["accepted", "already"]),
                                ("registration__isnull", False),
                            ),
                            models.Q(
                                ("outcome", "refused"),
                                ("registration__isnull", True),
                                models.Q(("faults", []), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="applications_row_answered",
                        violation_error_message="Een rij is geregistreerd, was er al, of is geweigerd met een reden.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("line__gte", 1), ("line__lte", 10000)),
                        name="applications_row_line",
                        violation_error_message="Een bundel heeft 1 tot en met 10.000 rijen.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="confirmation",
                        serialize=False,
                        to="applications.registration",
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("word__in", ["confirmed", "not_me", "not_wanted"])),
                        name="applications_confirmation_word",
                        violation_error_message="U bevestigt een registratie, of u zegt waarom niet.",
                    )
                ],
            },
        ),
        *(_on(table) for table in TABLES),
    ]
