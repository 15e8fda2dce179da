"""Half a row is refused: somebody without a moment, or a moment without somebody, was neither right nor wrong to the database.

A comparison with nothing says neither, and a constraint lets that pass. No command writes such a row.
"""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("payments", "0016_closings_destroyed"),
        ("people", "0008_name_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="payeeaccount",
            name="payments_payee_confirmed_whole",
        ),
        migrations.RemoveConstraint(
            model_name="payeeaccount",
            name="payments_payee_stopped_in_time",
        ),
        migrations.RemoveConstraint(
            model_name="paymentrun",
            name="payments_run_released",
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_at__isnull", True), ("confirmed_by__isnull", True), ("effective_at__isnull", True)
                    ),
                    models.Q(
                        ("confirmed_at__gte", models.F("proposed_at")),
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        ("effective_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="payments_payee_confirmed_whole",
                violation_error_message="Een bevestiging heeft een persoon, een moment en een ingang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stop_reason", ""), ("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("effective_at__isnull", False),
                        ("stopped_at__isnull", False),
                        ("stopped_by__isnull", False),
                        ("stopped_at__gte", models.F("confirmed_at")),
                        ("stopped_at__lt", models.F("effective_at")),
                        models.Q(
                            models.Q(("stop_reason", ""), _negated=True),
                            ("destroyed_at__isnull", False),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="payments_payee_stopped_in_time",
                violation_error_message="Een rekening wordt alleen gestopt voordat zij in gebruik is, door iemand, met een reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                    models.Q(
                        ("released_at__gte", models.F("proposed_at")),
                        ("released_at__isnull", False),
                        ("released_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="payments_run_released",
                violation_error_message="Een vrijgegeven betaalrun heeft een persoon en een moment.",
            ),
        ),
    ]
