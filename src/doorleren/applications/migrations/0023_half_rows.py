"""Half a row is refused: somebody without a moment, or a moment without somebody, was neither right nor wrong to the database.

A comparison with nothing says neither, and a constraint lets that pass. No command writes such a row.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("applications", "0022_refused_rows"),
        ("register", "0009_alerts_on_rounds"),
        ("rounds", "0014_packages"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="application",
            name="applications_frozen_whole",
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("frozen_at__isnull", True), ("frozen_content", "")),
                    models.Q(
                        ("frozen_at__gte", models.F("started_at")),
                        ("frozen_at__isnull", False),
                        ("frozen_content__regex", "^[0-9a-f]{64}$"),
                    ),
                    _connector="OR",
                ),
                name="applications_frozen_whole",
                violation_error_message="Wat klaarstaat, heeft een moment na het begin en een hash van de inhoud.",
            ),
        ),
    ]
