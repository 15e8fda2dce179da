"""A grant that was settled is no longer amended, whether it settled at once or later (Awb 4:48)."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models.functions import Greatest
from django.db.models.lookups import GreaterThan, LessThanOrEqual


class Migration(migrations.Migration):
    """Widens the check of what a settlement stops."""

    dependencies: ClassVar = [("cases", "0010_recover_after_shortage")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="case", name="cases_stop_settled"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", True),
                    models.Q(
                        GreaterThan(models.F("objection_upheld_at"), models.F("settled_at")),
                        ("objection_upheld_at__isnull", False),
                    ),
                    models.Q(
                        GreaterThan(models.F("objection_partly_upheld_at"), models.F("settled_at")),
                        ("objection_partly_upheld_at__isnull", False),
                    ),
                    models.Q(
                        GreaterThan(models.F("judgment_noted_at"), models.F("settled_at")),
                        ("judgment_noted_at__isnull", False),
                    ),
                    LessThanOrEqual(
                        Greatest(
                            "amended_at",
                            "budget_reservation_invoked_at",
                            "progress_reported_at",
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "advance_paid_at",
                        ),
                        models.F("settled_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_settled",
                violation_error_message="De subsidie is al vastgesteld.",
            ),
        ),
    ]
