"""Widens what an item of a batch can become: a grant that was never claimed is settled at nil."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Replaces one constraint; rows that are there stay as they are."""

    dependencies: ClassVar = [("decisions", "0019_settling_batches")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="batchitem", name="decisions_item_kind"),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cents__gte", 0),
                    ("kind__in", ("granted", "partly_granted", "refused", "settled_as_granted", "settled_at_nil")),
                ),
                name="decisions_item_kind",
                violation_error_message="In een reeks wordt verleend, deels verleend, afgewezen, of vastgesteld zoals verleend of op nul.",
            ),
        ),
    ]  # fmt: skip
