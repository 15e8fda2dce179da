"""What was done can be reported after the settlement too, once something was noted since; without that not."""

from typing import ClassVar

import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0016_refunded"),
        ("people", "0008_name_words"),
        ("schemes", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_stop_settled",
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("objection_upheld_at"), models.F("settled_at")),
                        ("objection_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_partly_upheld_at"), models.F("settled_at")
                        ),
                        ("objection_partly_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("judgment_noted_at"), models.F("settled_at")),
                        ("judgment_noted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "budget_reservation_invoked_at",
                            "progress_reported_at",
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
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("objection_upheld_at"), models.F("settled_at")),
                        ("objection_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("objection_partly_upheld_at"), models.F("settled_at")
                        ),
                        ("objection_partly_upheld_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("judgment_noted_at"), models.F("settled_at")),
                        ("judgment_noted_at__isnull", False),
                    ),
                    models.Q(
                        django.db.models.lookups.GreaterThan(models.F("contact_noted_at"), models.F("settled_at")),
                        ("contact_noted_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(models.F("delivery_proven_at"), models.F("settled_at")),
                    _connector="OR",
                ),
                name="cases_stop_settled_unasked",
                violation_error_message="Het bedrag is al vastgesteld, en daarna is niets gevraagd.",
            ),
        ),
    ]
