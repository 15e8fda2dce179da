"""Places that follow completeness: that a ticket was found incomplete or was completed, and where it stands since."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

GUARD = (
    "CREATE TRIGGER rounds_completeness_insert_only BEFORE UPDATE OR DELETE ON rounds_completeness "
    "FOR EACH STATEMENT EXECUTE FUNCTION rounds_insert_only();"
)
UNGUARD = "DROP TRIGGER rounds_completeness_insert_only ON rounds_completeness;"


class Migration(migrations.Migration):
    """Adds an insert-only table, two columns of a place that changed, and a reason for it."""

    dependencies: ClassVar = [("rounds", "0009_fall_back")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Completeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("turn", models.IntegerField()),
                ("complete", models.BooleanField()),
                ("day", models.DateField(null=True)),
                ("after", models.BigIntegerField(null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completeness",
                        to="rounds.ticket",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            "completeness",
            models.UniqueConstraint(
                fields=("ticket", "turn"),
                name="rounds_completeness_once",
                violation_error_message="Dit is al genoteerd.",
            ),
        ),
        migrations.AddConstraint(
            "completeness",
            models.CheckConstraint(
                condition=Q(turn__gt=0)
                & (Q(complete=True, turn=2 * (F("turn") / 2)) | Q(complete=False, turn=2 * (F("turn") / 2) + 1)),
                name="rounds_completeness_in_turn",
                violation_error_message="Een aanvraag is eerst niet compleet en wordt dan aangevuld.",
            ),
        ),
        migrations.AddConstraint(
            "completeness",
            models.CheckConstraint(
                condition=Q(complete=False, day__isnull=True, after__isnull=True)
                | Q(complete=True, day__isnull=False, after__isnull=False),
                name="rounds_completeness_since",
                violation_error_message="Een aanvulling heeft een dag en een plek in de volgorde van binnenkomst.",
            ),
        ),
        migrations.AddField("placechange", "follows", models.IntegerField(db_default=0, default=0)),
        migrations.AddField("placechange", "position", models.BigIntegerField(null=True)),
        migrations.RemoveConstraint("placechange", "rounds_change_reason"),
        migrations.AddConstraint(
            "placechange",
            models.CheckConstraint(
                condition=Q(reason="") | Q(reason__in=["withdrawn", "incomplete"], outcome="outside"),
                name="rounds_change_reason",
                violation_error_message="Wie zich heeft teruggetrokken of niet compleet is, staat buiten.",
            ),
        ),
        migrations.AddConstraint(
            "placechange",
            models.CheckConstraint(
                condition=Q(follows__gte=0) & (Q(position__isnull=True) | Q(position__gte=0, follows__gt=0)),
                name="rounds_change_follows",
                violation_error_message="Alleen wie is aangevuld, krijgt een andere plek in de volgorde.",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
