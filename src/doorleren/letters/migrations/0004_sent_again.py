"""A letter that came back can go once more: each turn once."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Adds the turn, which is the first of all that was sent before."""

    dependencies: ClassVar = [("letters", "0003_failed")]
    operations: ClassVar = [
        migrations.AddField("dispatch", "turn", models.PositiveSmallIntegerField(default=1)),
        migrations.RemoveConstraint("dispatch", "letters_dispatch_sent_once"),
        migrations.AddConstraint(
            "dispatch",
            models.UniqueConstraint(
                fields=["letter", "turn"],
                condition=Q(sent=True),
                name="letters_dispatch_sent_once",
                violation_error_message="Deze brief is al verstuurd.",
            ),
        ),
        migrations.AddConstraint(
            "dispatch",
            models.CheckConstraint(
                condition=Q(turn__gte=1),
                name="letters_dispatch_turn",
                violation_error_message="De eerste keer dat een brief weggaat, is keer 1.",
            ),
        ),
    ]
