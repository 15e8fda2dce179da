"""Why a round was closed, and an index to find who comes next where a place was freed. Of rounds that closed before it was kept, it is known where their time was over."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q


def their_time_was_over(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Say so of rounds without a reopening, that closed at their announced moment or after it."""
    gates, rounds = apps.get_model("rounds", "Gate"), apps.get_model("rounds", "Round")
    over = rounds.objects.filter(closes_at__isnull=False, gate__closed_at__gte=F("closes_at"))
    reopened = Q(proposals__act="reopen", proposals__released_at__isnull=False)
    gates.objects.filter(round__in=over.exclude(reopened).values("pk")).update(ended="time")


class Migration(migrations.Migration):
    """Gives the gate of a round the reason why it was shut, and places an index."""

    dependencies: ClassVar = [("rounds", "0004_withdrawals")]

    operations: ClassVar = [
        migrations.AddField("gate", "ended", models.CharField(blank=True, db_default="", default="", max_length=10)),
        migrations.AddConstraint(
            "gate",
            models.CheckConstraint(
                condition=Q(
                    ("ended", ""),
                    Q(("closed_at__isnull", False), ("ended__in", ("time", "ceiling", "act"))),
                    _connector="OR",
                ),
                name="rounds_gate_ended",
                violation_error_message="Alleen van een gesloten tijdvak staat vast waarom het sloot.",
            ),
        ),
        migrations.AddIndex(
            "place",
            models.Index(
                condition=Q(("outcome", "inside"), _negated=True),
                fields=["position", "ticket"],
                name="rounds_place_next",
            ),
        ),
        migrations.RunPython(their_time_was_over, migrations.RunPython.noop),
    ]
