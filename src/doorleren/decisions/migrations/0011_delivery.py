"""Delivery, its checks and samples, and settlements."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = (
    "decisions_delivery",
    "decisions_deliveryword",
    "decisions_deliveryquestion",
    "decisions_sample",
    "decisions_check",
    "decisions_settlement",
)


def _kept(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION decisions_insert_only();",
        f"DROP TRIGGER {table}_kept ON {table};",
    )


class Migration(migrations.Migration):
    """Adds the tables and a trigger per table that keeps it insert-only."""

    dependencies = [
        ("decisions", "0010_objection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField()),
                ("planned", models.IntegerField()),
                ("realised", models.IntegerField()),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                (
                    "documents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("own_word", models.BooleanField()),
                ("content", models.BinaryField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delivery", to="cases.caseact"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DeliveryQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("asked_on", models.DateField()),
                ("until", models.DateField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery_question",
                        to="cases.caseact",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery_questions",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.CharField(max_length=64)),
                ("list_digest", models.CharField(max_length=64)),
                ("population", models.IntegerField()),
                ("size", models.IntegerField()),
                ("drawn_at", models.DateTimeField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delivery_samples", to="rounds.round"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="delivery_check",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("place", models.IntegerField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=50)),
                ("at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delivery_checks", to="rounds.round"
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="decisions.sample",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("granted_cents", models.BigIntegerField()),
                ("settled_cents", models.BigIntegerField()),
                ("ex_officio", models.BooleanField()),
                ("weighed", models.BooleanField()),
                ("settled_on", models.DateField()),
                ("content", models.BinaryField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settlement", to="cases.caseact"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="cases.case",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settlements", to="decisions.decision"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="decisions.delivery",
                    ),
                ),
                (
                    "intent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.caseact",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="decisions.settlement",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DeliveryWord",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="word",
                        serialize=False,
                        to="decisions.delivery",
                    ),
                ),
                ("confirmed", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("content", models.BinaryField()),
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
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("case", "number"),
                name="decisions_delivery_once",
                violation_error_message="Deze verantwoording is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)),
                name="decisions_delivery_number",
                violation_error_message="De eerste verantwoording is 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned__gt", 0), ("realised__gte", 0)),
                name="decisions_delivery_units",
                violation_error_message="Er was iets gepland, en er is niets of iets gedaan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on__gte", models.F("started_on"))),
                name="decisions_delivery_days",
                violation_error_message="Activiteiten eindigen niet voordat zij beginnen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryquestion",
            constraint=models.UniqueConstraint(
                fields=("case", "number"),
                name="decisions_question_once",
                violation_error_message="Deze vraag is al gesteld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("asked_on"))),
                name="decisions_question_until",
                violation_error_message="Wie een vraag krijgt, heeft ten minste een dag voor het antwoord.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("list_digest__regex", "^[0-9a-f]{64}$"), ("seed__regex", "^[0-9a-f]{64}$")),
                name="decisions_sample_hashed",
                violation_error_message="Van een steekproef staan het zaad en de hash van de lijst vast.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0), ("size__lte", models.F("population"))),
                name="decisions_sample_size",
                violation_error_message="Een steekproef heeft ten minste één zaak, en niet meer dan er zijn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place__gt", 0), ("reason", ""), ("sample__isnull", False)),
                    models.Q(
                        ("place__isnull", True), ("reason__regex", "^[a-z][a-z-]{2,49}$"), ("sample__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="decisions_check_why",
                violation_error_message="Een controle komt uit een steekproef, of heeft een reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                fields=("sample", "place"),
                name="decisions_check_place",
                violation_error_message="Deze plaats in de steekproef is bezet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                fields=("case", "number"),
                name="decisions_settlement_once",
                violation_error_message="Deze vaststelling is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", 1), ("replaces__isnull", True)),
                    models.Q(("number__gt", 1), ("replaces__isnull", False)),
                    _connector="OR",
                ),
                name="decisions_settlement_number",
                violation_error_message="De eerste vaststelling is 1; elke volgende vervangt een andere.",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "settled_as_granted"), ("settled_cents", models.F("granted_cents"))),
                    models.Q(
                        ("kind", "settled_lower"),
                        ("settled_cents__gt", 0),
                        ("settled_cents__lt", models.F("granted_cents")),
                    ),
                    models.Q(("kind", "settled_at_nil"), ("settled_cents", 0)),
                    _connector="OR",
                ),
                name="decisions_settlement_amount",
                violation_error_message="Vaststellen is zoals verleend, lager of op nihil.",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "settled_as_granted"), ("intent__isnull", False), _connector="OR"),
                name="decisions_settlement_intent",
                violation_error_message="Wie lager vaststelt, laat dat eerst weten (Awb artikel 4:8 en 4:12).",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "settled_as_granted"), ("weighed", True), _connector="OR"),
                name="decisions_settlement_weighed",
                violation_error_message="Wie lager vaststelt, weegt de belangen af (Awb artikel 3:4 en 4:46).",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivery__isnull", False),
                    ("ex_officio", True),
                    ("kind__in", ("settled_lower", "settled_at_nil")),
                    ("replaces__isnull", False),
                    _connector="OR",
                ),
                name="decisions_settlement_proven",
                violation_error_message="Zonder verantwoording wordt alleen ambtshalve of na bezwaar vastgesteld zoals verleend.",
            ),
        ),
        *(_kept(table) for table in TABLES),
    ]
