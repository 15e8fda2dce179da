"""Rounds where the day counts: the day of receipt of what came on paper, the day of each place, and how far the days were divided."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

GUARD = (
    "CREATE TRIGGER rounds_dayofreceipt_insert_only BEFORE UPDATE OR DELETE ON rounds_dayofreceipt "
    "FOR EACH STATEMENT EXECUTE FUNCTION rounds_insert_only();"
)
UNGUARD = "DROP TRIGGER rounds_dayofreceipt_insert_only ON rounds_dayofreceipt;"


class Migration(migrations.Migration):
    """Adds an insert-only table and three columns."""

    dependencies: ClassVar = [("rounds", "0006_ended")]

    operations: ClassVar = [
        migrations.AddField("place", "day", models.DateField(null=True)),
        migrations.AddField("allocation", "divided", models.DateField(null=True)),
        migrations.AddField("allocation", "draw_from", models.DateField(null=True)),
        migrations.CreateModel(
            name="DayOfReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("noted_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="days_of_receipt", to="rounds.round"
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            "dayofreceipt",
            models.UniqueConstraint(
                fields=("round", "content"),
                name="rounds_receipt_day_once",
                violation_error_message="De dag van binnenkomst van deze aanvraag staat al vast.",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
