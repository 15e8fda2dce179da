"""A check that an official chose says who that was; of those chosen before, the record of acts does."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0017_reported_when_asked"),
        ("decisions", "0025_half_rows"),
        ("rounds", "0014_packages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="check",
            name="decisions_check_why",
        ),
        migrations.AddField(
            model_name="check",
            name="chosen_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chosen_by__isnull", True), ("place__gt", 0), ("reason", ""), ("sample__isnull", False)),
                    models.Q(
                        ("place__isnull", True), ("reason__regex", "^[a-z][a-z-]{2,49}$"), ("sample__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="decisions_check_why",
                violation_error_message="Een controle komt uit een steekproef, of heeft een reden.",
            ),
        ),
    ]
