"""Words of acts that have no letter or row of their own, revocations, and why a case was taken out of a batch."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("decisions_actwords", "decisions_revocation")


def _kept(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION decisions_insert_only();",
        f"DROP TRIGGER {table}_kept ON {table};",
    )


class Migration(migrations.Migration):
    """Adds two tables with a trigger that keeps each insert-only, and a column."""

    dependencies = [
        ("cases", "0004_messages"),
        ("decisions", "0013_debts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActWords",
            fields=[
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="cases.caseact",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="revocation",
                        serialize=False,
                        to="cases.caseact",
                    ),
                ),
                ("ground", models.CharField(max_length=50)),
                ("lost_cents", models.BigIntegerField()),
                ("weighed", models.BooleanField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocations",
                        to="decisions.decision",
                    ),
                ),
                (
                    "intent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.caseact",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.settlement",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("weighed", True), models.Q(("ground", ""), _negated=True)),
                name="decisions_revocation_weighed",
                violation_error_message="Wie een subsidie intrekt, noemt de grond en weegt de belangen af (Awb artikel 3:4).",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("lost_cents__gt", 0)),
                name="decisions_revocation_cents",
                violation_error_message="Alleen een subsidie met een bedrag wordt ingetrokken.",
            ),
        ),
        migrations.AddField(
            model_name="batchitem",
            name="taken_out_why",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_out_why", ""), ("taken_out_at__isnull", False), _connector="OR"),
                name="decisions_item_why_out",
                violation_error_message="Alleen van een zaak die uit de reeks is gehaald, staat er waarom.",
            ),
        ),
        *(_kept(table) for table in TABLES),
    ]
