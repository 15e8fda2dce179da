"""Officials who are away, and the colleague who takes their cases meanwhile."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def _person(name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to="people.person")


class Migration(migrations.Migration):
    dependencies = [("people", "0006_letters_by")]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("body", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body",
                )),
                ("person", _person("absences")),
                ("deputy", _person("deputising")),
                ("made_by", _person("+")),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(person=F("deputy")), name="people_absence_another",
                        violation_error_message="Wie afwezig is, wordt vervangen door een ander.",
                    ),
                    models.CheckConstraint(
                        condition=Q(ends_on__gte=F("starts_on")), name="people_absence_days_in_order",
                        violation_error_message="De laatste dag ligt niet voor de eerste.",
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
                        name="people_absence_ended_after",
                        violation_error_message="Een afwezigheid eindigt niet voordat zij is gemeld.",
                    ),
                ],
            },
        ),
    ]  # fmt: skip
