"""The tables of applications: an application with its parties, its answers, and what was frozen."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the tables."""

    initial = True

    dependencies = [
        ("register", "0007_provider_details"),
        ("rounds", "0002_insert_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("track", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=64)),
                ("salt", models.CharField(max_length=64)),
                (
                    "applicant_kind",
                    models.CharField(choices=[("person", "persoon"), ("organisation", "organisatie")], max_length=20),
                ),
                ("applicant_number", models.BigIntegerField()),
                (
                    "beneficiary_kind",
                    models.CharField(
                        blank=True, choices=[("person", "persoon"), ("organisation", "organisatie")], max_length=20
                    ),
                ),
                ("beneficiary_number", models.BigIntegerField(null=True)),
                (
                    "payee_kind",
                    models.CharField(
                        blank=True, choices=[("person", "persoon"), ("organisation", "organisatie")], max_length=20
                    ),
                ),
                ("payee_number", models.BigIntegerField(null=True)),
                (
                    "reporter_kind",
                    models.CharField(
                        blank=True, choices=[("person", "persoon"), ("organisation", "organisatie")], max_length=20
                    ),
                ),
                ("reporter_number", models.BigIntegerField(null=True)),
                ("started_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField(null=True)),
                ("frozen_content", models.CharField(blank=True, max_length=64)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="register.activity",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="rounds.round"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("application", "de aanvraag"),
                            ("member", "lid van het samenwerkingsverband"),
                            ("participant", "deelnemer"),
                        ],
                        default="application",
                        max_length=20,
                    ),
                ),
                ("subject_number", models.IntegerField(default=0)),
                ("fact", models.CharField(max_length=100)),
                ("boolean", models.BooleanField(null=True)),
                ("whole", models.BigIntegerField(null=True)),
                ("cents", models.BigIntegerField(null=True)),
                ("decimal", models.CharField(max_length=40, null=True)),
                ("text", models.CharField(max_length=200, null=True)),
                ("day", models.DateField(null=True)),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), null=True, size=None
                    ),
                ),
                (
                    "absent",
                    models.CharField(
                        choices=[("n/a", "geldt niet"), ("unknown", "weet ik niet")], max_length=10, null=True
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("self", "zelf gegeven"),
                            ("register", "uit een register"),
                            ("official", "door een ambtenaar"),
                            ("evidence", "uit een bewijsstuk"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("cents", models.BigIntegerField()),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("until", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="freezes",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["applicant_kind", "applicant_number"], name="applications_by_applicant"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                fields=("key",),
                name="applications_key_once",
                violation_error_message="Dit kenmerk hoort al bij een andere aanvraag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[A-Za-z0-9_-]{16,64}$"), ("salt__regex", "^[0-9a-f]{64}$")),
                name="applications_key_written",
                violation_error_message="Het kenmerk van een aanvraag heeft 16 tot 64 tekens, het zout 64.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("applicant_kind__in", ["person", "organisation"]), ("applicant_number__gt", 0)),
                name="applications_applicant_known",
                violation_error_message="Een aanvraag heeft een aanvrager.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("beneficiary_kind__in", ["person", "organisation"]),
                        ("beneficiary_number__gt", 0),
                        ("beneficiary_number__isnull", False),
                    ),
                    models.Q(("beneficiary_kind", ""), ("beneficiary_number__isnull", True)),
                    _connector="OR",
                ),
                name="applications_beneficiary_named",
                violation_error_message="Een partij is een persoon of een organisatie met een nummer, of nog niet bekend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("payee_kind__in", ["person", "organisation"]),
                        ("payee_number__gt", 0),
                        ("payee_number__isnull", False),
                    ),
                    models.Q(("payee_kind", ""), ("payee_number__isnull", True)),
                    _connector="OR",
                ),
                name="applications_payee_named",
                violation_error_message="Een partij is een persoon of een organisatie met een nummer, of nog niet bekend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reporter_kind__in", ["person", "organisation"]),
                        ("reporter_number__gt", 0),
                        ("reporter_number__isnull", False),
                    ),
                    models.Q(("reporter_kind", ""), ("reporter_number__isnull", True)),
                    _connector="OR",
                ),
                name="applications_reporter_named",
                violation_error_message="Een partij is een persoon of een organisatie met een nummer, of nog niet bekend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("frozen_at__isnull", True), ("frozen_content", "")),
                    models.Q(("frozen_at__gte", models.F("started_at")), ("frozen_content__regex", "^[0-9a-f]{64}$")),
                    _connector="OR",
                ),
                name="applications_frozen_whole",
                violation_error_message="Wat klaarstaat, heeft een moment na het begin en een hash van de inhoud.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True), ("withdrawn_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="applications_withdrawn_after",
                violation_error_message="Een aanvraag wordt niet ingetrokken voordat zij begint.",
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(
                fields=["application", "subject_kind", "subject_number", "fact", "-id"], name="applications_last_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func(
                        models.F("boolean"),
                        models.F("whole"),
                        models.F("cents"),
                        models.F("decimal"),
                        models.F("text"),
                        models.F("day"),
                        models.F("members"),
                        models.F("absent"),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    models.Value(1),
                ),
                name="applications_answer_one_value",
                violation_error_message="Een antwoord heeft precies één waarde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("absent__isnull", True), ("absent__in", ["n/a", "unknown"]), _connector="OR"),
                name="applications_answer_absent_known",
                violation_error_message="Een antwoord zonder waarde is 'geldt niet' of 'weet ik niet'.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decimal__isnull", True), ("decimal__regex", "^[0-9]+(\\.[0-9]+)?$"), _connector="OR"
                ),
                name="applications_answer_decimal_written",
                violation_error_message="Een getal met decimalen bestaat uit cijfers met hooguit één punt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["self", "register", "official", "evidence"])),
                name="applications_answer_origin_known",
                violation_error_message="Deze herkomst van een antwoord bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_kind", "application"), ("subject_number", 0)),
                    models.Q(("subject_kind__in", ["member", "participant"]), ("subject_number__gt", 0)),
                    _connector="OR",
                ),
                name="applications_answer_subject",
                violation_error_message="Een antwoord gaat over de aanvraag zelf, of over een genummerd lid of deelnemer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThan(
                    django.db.models.functions.text.Length("by_kind"), models.Value(0)
                ),
                name="applications_answer_given_by",
                violation_error_message="Van een antwoord is bekend wie het gaf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(("content__regex", "^[0-9a-f]{64}$"), ("person__regex", "^[0-9a-f]{64}$")),
                name="applications_freeze_hashed",
                violation_error_message="Wat klaarstaat, bevat geen gegevens van personen, alleen hashes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gte", 0)),
                name="applications_freeze_cents",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("at"))),
                name="applications_freeze_until",
                violation_error_message="Het bewijs om in te dienen geldt tot na het moment waarop het is gemaakt.",
            ),
        ),
    ]
