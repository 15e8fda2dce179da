"""From where an answer was taken over at the start of an application, until somebody says in it that it is right."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns; answers that are there were told in their own application."""

    dependencies: ClassVar = [("applications", "0007_offers")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="answer",
            name="taken_from",
            field=models.CharField(
                blank=True,
                choices=[("finder", "bij Wat kan ik krijgen?"), ("earlier", "uit een eerdere aanvraag")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="earlier",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.application",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("earlier__isnull", True), ("taken_from__in", ["", "finder"])),
                    models.Q(("earlier__isnull", False), ("taken_from", "earlier")),
                    _connector="OR",
                ),
                name="applications_answer_taken_from",
                violation_error_message="Van een antwoord uit een eerdere aanvraag is bekend uit welke.",
            ),
        ),
    ]
