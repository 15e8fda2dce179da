"""What was paid above a grant that came down for lack of budget (Awb 4:34) can be recovered as after any other change."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Widens the check of what a recovery follows on."""

    dependencies: ClassVar = [("cases", "0009_several_objections")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="case", name="cases_before_recovery_decided_2"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recovery_decided_at__isnull", True),
                    models.Q(("settled_at__isnull", False)),
                    models.Q(("revoked_at__isnull", False)),
                    models.Q(("amended_at__isnull", False)),
                    models.Q(("budget_reservation_invoked_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_before_recovery_decided_2",
                violation_error_message="Er is geen besluit waaruit volgt dat te veel is betaald.",
            ),
        ),
    ]
