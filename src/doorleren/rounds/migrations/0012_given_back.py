"""What a decision sets free of a place goes on to who comes next: which place gives back what, and that something waits for it."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Adds what a fixed place gives back, a mark on the allocation, and three reasons of a place that became another."""

    dependencies: ClassVar = [("rounds", "0011_superseded")]

    operations: ClassVar = [
        migrations.AddField("fixedplace", "gives_back", models.CharField(blank=True, db_default="", default="", max_length=10)),
        migrations.AddField("fixedplace", "keeps_cents", models.BigIntegerField(db_default=0, default=0)),
        migrations.AddConstraint(
            "fixedplace",
            models.CheckConstraint(
                condition=Q(gives_back__in=["", "refused"], keeps_cents=0) | Q(gives_back="lowered", keeps_cents__gte=0),
                name="rounds_fixed_gives_back",
                violation_error_message="Een besluit laat een plaats zoals zij is, of geeft haar geheel of voor een deel terug.",
            ),
        ),
        migrations.AddField("allocation", "freed", models.BooleanField(db_default=False, default=False)),
        migrations.RemoveConstraint("placechange", "rounds_change_reason"),
        migrations.AddConstraint(
            "placechange",
            models.CheckConstraint(
                condition=Q(reason="")
                | Q(reason__in=["withdrawn", "incomplete", "refused"], outcome="outside")
                | Q(reason__in=["lowered", "won"], outcome="inside"),
                name="rounds_change_reason",
                violation_error_message="Wie zich heeft teruggetrokken, niet compleet is of is afgewezen, staat buiten.",
            ),
        ),
    ]  # fmt: skip
