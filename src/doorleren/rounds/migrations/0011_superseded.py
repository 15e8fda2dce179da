"""What stood ready once and was changed or withdrawn before it was submitted, so that its token is refused."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

GUARD = (
    "CREATE TRIGGER rounds_superseded_insert_only BEFORE UPDATE OR DELETE ON rounds_superseded "
    "FOR EACH STATEMENT EXECUTE FUNCTION rounds_insert_only();"
)
UNGUARD = "DROP TRIGGER rounds_superseded_insert_only ON rounds_superseded;"


class Migration(migrations.Migration):
    """Adds an insert-only table."""

    dependencies: ClassVar = [("rounds", "0010_completeness")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Superseded",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=64)),
                ("superseded_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded",
                        to="rounds.round",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            "superseded",
            models.UniqueConstraint(
                fields=("round", "content"),
                name="rounds_superseded_once",
                violation_error_message="Wat klaarstond, is al vervallen.",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
