"""The parts in which an advance is paid, kept with the decision; only ever added to."""

import django.db.models.deletion
from django.db import migrations, models

PARTS = "decisions_advancepart"


class Migration(migrations.Migration):
    """Adds a table with its insert-only trigger."""

    dependencies = [("decisions", "0017_waiver_lifted")]

    operations = [
        migrations.CreateModel(
            name="AdvancePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("cents", models.BigIntegerField()),
                ("due_on", models.DateField(null=True)),
                ("after", models.CharField(blank=True, default="", max_length=20)),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advance_parts",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["due_on", "id"], name="decisions_advance_due")],
            },
        ),
        migrations.AddConstraint(
            model_name="advancepart",
            constraint=models.UniqueConstraint(
                fields=("decision", "number"),
                name="decisions_advance_once",
                violation_error_message="Dit deel van het voorschot is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="advancepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0), ("number__gt", 0)),
                name="decisions_advance_cents",
                violation_error_message="Een deel van een voorschot heeft een nummer en een bedrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="advancepart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", ""), ("due_on__isnull", False)),
                    models.Q(("after", "progress"), ("due_on__isnull", True)),
                    _connector="OR",
                ),
                name="decisions_advance_when",
                violation_error_message="Een deel van een voorschot wordt betaald vanaf een dag, of na iets dat eerst gebeurt.",
            ),
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER {PARTS}_kept BEFORE UPDATE OR DELETE ON {PARTS} "
            "FOR EACH STATEMENT EXECUTE FUNCTION decisions_insert_only();",
            f"DROP TRIGGER {PARTS}_kept ON {PARTS};",
        ),
    ]
