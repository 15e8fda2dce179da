"""Batches that settle grants ex officio, beside those that decide; what a batch does never changes."""

from importlib import import_module

from django.db import migrations, models

_FUNCTIONS = import_module("doorleren.decisions.migrations.0002_guards").FUNCTIONS
_START = _FUNCTIONS.index("CREATE FUNCTION decisions_batch_guarded")
BEFORE = _FUNCTIONS[_START : _FUNCTIONS.index("CREATE FUNCTION decisions_item_guarded")].replace(
    "CREATE", "CREATE OR REPLACE", 1
)
GUARD = BEFORE.replace("NEW.round_id, NEW.accepted", "NEW.round_id, NEW.settles, NEW.accepted").replace(
    "OLD.round_id, OLD.accepted", "OLD.round_id, OLD.settles, OLD.accepted"
)


class Migration(migrations.Migration):
    """Adds a column that is written once, and widens what an item can become; rows that are there stay as they are."""

    dependencies = [("decisions", "0018_advances")]

    operations = [
        migrations.AddField(
            model_name="batch", name="settles", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("settles", False), ("accepted", []), _connector="OR"),
                name="decisions_batch_settles",
                violation_error_message="Wie een reeks vaststelt, neemt daarbij geen verklaringen aan.",
            ),
        ),
        migrations.RemoveConstraint(model_name="batchitem", name="decisions_item_kind"),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cents__gte", 0), ("kind__in", ("granted", "partly_granted", "refused", "settled_as_granted"))
                ),
                name="decisions_item_kind",
                violation_error_message="In een reeks wordt verleend, deels verleend, afgewezen of vastgesteld zoals verleend.",
            ),
        ),
        migrations.RunSQL(GUARD, BEFORE),
    ]
