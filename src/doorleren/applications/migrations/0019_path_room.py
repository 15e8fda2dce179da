"""What a path's estimate rests on, and the sectors between which people go."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

MOST_PEOPLE = 1_000_000


class Migration(migrations.Migration):
    """Adds columns to the paths of a plan."""

    dependencies: ClassVar = [("applications", "0018_superseded")]

    operations: ClassVar = [
        migrations.AddField("planpath", "people", models.IntegerField(null=True)),
        migrations.AddField("planpath", "vacancies", models.IntegerField(null=True)),
        migrations.AddField("planpath", "from_sector", models.CharField(max_length=40, blank=True, default="")),
        migrations.AddField("planpath", "to_sector", models.CharField(max_length=40, blank=True, default="")),
        migrations.AddConstraint(
            "planpath",
            models.CheckConstraint(
                condition=(Q(people__isnull=True) | Q(people__range=(0, MOST_PEOPLE)))
                & (Q(vacancies__isnull=True) | Q(vacancies__range=(0, MOST_PEOPLE))),
                name="applications_path_room",
                violation_error_message="Hoeveel mensen er zijn en hoeveel er worden gezocht, is een aantal van 0 tot en met 1.000.000.",
            ),
        ),
    ]
