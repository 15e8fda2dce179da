"""Objections, hearings and what was decided on them."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("decisions_objection", "decisions_hearing", "decisions_objectiondecision")


def _kept(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION decisions_insert_only();",
        f"DROP TRIGGER {table}_kept ON {table};",
    )


class Migration(migrations.Migration):
    """Adds the tables and a trigger per table that keeps it insert-only."""

    dependencies = [
        ("decisions", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("received_on", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("late", models.BooleanField()),
                ("content", models.BinaryField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objection", to="cases.caseact"
                    ),
                ),
                (
                    "against",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="cases.caseact"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heard_on", models.DateField()),
                ("inspect_from", models.DateField()),
                ("content", models.BinaryField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hearing", to="cases.caseact"
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hearings", to="decisions.objection"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ObjectionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(max_length=40)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("without_hearing", models.CharField(blank=True, default="", max_length=30)),
                ("waiting_cents", models.BigIntegerField(default=0)),
                ("room_cents", models.BigIntegerField(null=True)),
                ("left_now_cents", models.BigIntegerField(null=True)),
                ("awarded_cents", models.BigIntegerField(default=0)),
                ("above_ceiling_cents", models.BigIntegerField(default=0)),
                ("content", models.BinaryField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objection_decision",
                        to="cases.caseact",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="on_objection",
                        to="decisions.decision",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.hearing",
                    ),
                ),
                (
                    "instead",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="on_objection",
                        to="cases.caseact",
                    ),
                ),
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="decisions.objection"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                fields=("case", "number"),
                name="decisions_objection_once",
                violation_error_message="Dit bezwaar is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)),
                name="decisions_objection_number",
                violation_error_message="Het eerste bezwaar is 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("late", False),
                    models.Q(("last_day__isnull", False), ("received_on__gt", models.F("last_day"))),
                    _connector="OR",
                ),
                name="decisions_objection_late",
                violation_error_message="Een bezwaar is pas te laat na de laatste dag van de termijn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(("heard_on__gt", models.F("inspect_from"))),
                name="decisions_hearing_inspected",
                violation_error_message="Voor een hoorzitting ligt het dossier eerst ter inzage.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        ("objection_upheld", "objection_partly_upheld", "objection_rejected", "objection_inadmissible"),
                    )
                ),
                name="decisions_objected_outcome",
                violation_error_message="Een bezwaar is gegrond, gedeeltelijk gegrond, ongegrond of niet-ontvankelijk.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", "objection_inadmissible"), ("reason__in", ("late", "not_repaired", "no_interest"))
                    ),
                    models.Q(models.Q(("outcome", "objection_inadmissible"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="decisions_objected_reason",
                violation_error_message="Alleen een niet-ontvankelijk bezwaar heeft een reden waarom het niet is behandeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hearing__isnull", False), ("without_hearing", "")),
                    models.Q(
                        ("hearing__isnull", True),
                        (
                            "without_hearing__in",
                            ("manifestly_inadmissible", "manifestly_unfounded", "waived", "fully_upheld"),
                        ),
                    ),
                    _connector="OR",
                ),
                name="decisions_objected_heard",
                violation_error_message="Wie bezwaar maakt, is gehoord, of er is een reden in de wet waarom niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("instead__isnull", False), ("outcome__in", ("objection_upheld", "objection_partly_upheld"))
                    ),
                    models.Q(
                        models.Q(("outcome__in", ("objection_upheld", "objection_partly_upheld")), _negated=True),
                        ("decision__isnull", True),
                        ("instead__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="decisions_objected_instead",
                violation_error_message="Bij een gegrond bezwaar komt er een nieuw besluit, en anders niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("above_ceiling_cents", 0), ("awarded_cents", 0)),
                    models.Q(("awarded_cents__gt", 0), ("decision__isnull", False)),
                    _connector="OR",
                ),
                name="decisions_objected_awarded",
                violation_error_message="Een bedrag na bezwaar staat in een nieuw besluit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision__isnull", True),
                    ("room_cents__isnull", True),
                    ("awarded_cents__lte", models.F("room_cents")),
                    _connector="OR",
                ),
                name="decisions_objected_within_room",
                violation_error_message="Het plafond gold al bij het eerste besluit (Awb artikel 4:25, derde lid).",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("above_ceiling_cents__gte", 0),
                    ("above_ceiling_cents__lte", models.F("awarded_cents")),
                    ("waiting_cents__gte", 0),
                ),
                name="decisions_objected_above",
                violation_error_message="Boven het plafond staat hoogstens het bedrag van het nieuwe besluit.",
            ),
        ),
        *(_kept(table) for table in TABLES),
    ]
