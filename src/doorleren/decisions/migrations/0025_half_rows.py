"""Half a row is refused: somebody without a moment, or a moment without somebody, was neither right nor wrong to the database.

A comparison with nothing says neither, and a constraint lets that pass. No command writes such a row.
"""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("decisions", "0024_answered_again"),
        ("rounds", "0014_packages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="committeemember",
            name="decisions_member_ended",
        ),
        migrations.RemoveConstraint(
            model_name="ranking",
            name="decisions_ranking_two_people",
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(
                        ("ended_at__gte", models.F("appointed_at")),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="decisions_member_ended",
                violation_error_message="Een lidmaatschap eindigt door iemand, op een moment na de benoeming.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fixed_at__isnull", True), ("fixed_by__isnull", True)),
                    models.Q(
                        ("fixed_at__gte", models.F("proposed_at")),
                        ("fixed_at__isnull", False),
                        ("fixed_by__isnull", False),
                        models.Q(("fixed_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decisions_ranking_two_people",
                violation_error_message="Wie de scores voorstelt, stelt ze niet zelf vast.",
            ),
        ),
    ]
