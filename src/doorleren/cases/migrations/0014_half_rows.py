"""Half a row is refused: somebody without a moment, or a moment without somebody, was neither right nor wrong to the database.

A comparison with nothing says neither, and a constraint lets that pass. No command writes such a row.
"""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0013_appeal_names"),
        ("people", "0008_name_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="destructionlist",
            name="cases_destruction_released_whole",
        ),
        migrations.AddConstraint(
            model_name="destructionlist",
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
                name="cases_destruction_released_whole",
                violation_error_message="Een vrijgegeven lijst heeft een persoon, en een moment na het voorstel.",
            ),
        ),
    ]
