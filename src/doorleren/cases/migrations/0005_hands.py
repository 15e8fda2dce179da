"""A hand in a case before an act says so: a table that is only ever added to."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Adds the table, its constraints and the trigger that keeps its rows."""

    dependencies: ClassVar = [("cases", "0004_messages"), ("people", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Hand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(max_length=20)),
                ("cause", models.CharField(max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="hands",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="hand",
            constraint=models.UniqueConstraint(
                fields=("case", "duty", "person", "cause"), name="cases_hand_once",
                violation_error_message="Dit staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hand",
            constraint=models.CheckConstraint(
                condition=Q(("duty__in", ["pay"])), name="cases_hand_duty",
                violation_error_message="Deze taak begint niet voor de handeling zelf.",
            ),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER cases_hand_kept BEFORE UPDATE OR DELETE ON cases_hand "
            "FOR EACH STATEMENT EXECUTE FUNCTION cases_insert_only();",
            "DROP TRIGGER cases_hand_kept ON cases_hand;",
        ),
    ]  # fmt: skip
