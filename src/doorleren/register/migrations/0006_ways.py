"""From occupation to training: who teaches a skill is found by an index; the language of skills; shortage occupations."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Indexes on the skills and occupations of activities, the language of a skill, and the list of shortages."""

    dependencies: ClassVar = [("register", "0005_alerts")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ShortageOccupation",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=300)),
                ("listed_from", models.DateField()),
                ("listed_until", models.DateField(null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="shortageoccupation",
            constraint=models.CheckConstraint(
                condition=Q(listed_until__isnull=True) | Q(listed_until__gte=F("listed_from")),
                name="shortage_ends_after_start",
                violation_error_message="Een beroep kan niet van de lijst af zijn voor het erop staat.",
            ),
        ),
        migrations.AddField("skill", "language", models.CharField(max_length=2, default="nl")),
        migrations.AddIndex("activityversion", GinIndex(fields=["skills"], name="activity_skills")),
        migrations.AddIndex("activityversion", GinIndex(fields=["occupations"], name="activity_occupations")),
    ]
