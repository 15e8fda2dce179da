"""The table of applications that an official entered for somebody: insert-only, guarded by the function of 0002."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "applications_enteredfor"


class Migration(migrations.Migration):
    """Makes the table and its trigger."""

    dependencies: ClassVar = [
        ("applications", "0005_partnerships"),
        ("people", "0002_body_address"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="EnteredFor",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="entered_for",
                        serialize=False, to="applications.application",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("paper", "op papier"), ("telephone", "per telefoon"), ("desk", "aan de balie")],
                        max_length=10,
                    ),
                ),
                ("received_on", models.DateField()),
                ("name", models.CharField(max_length=200)),
                ("address", models.CharField(max_length=300)),
                ("signed_on", models.DateField()),
                ("kept_as", models.CharField(max_length=200)),
                ("entered_at", models.DateTimeField()),
                ("entered_on", models.DateField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["paper", "telephone", "desk"])),
                        name="applications_entered_channel_known",
                        violation_error_message=(
                            "Een aanvraag voor een ander komt op papier, per telefoon of aan de balie binnen."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("address", ""), _negated=True),
                            models.Q(("kept_as", ""), _negated=True),
                        ),
                        name="applications_entered_whole",
                        violation_error_message=(
                            "Bekend zijn de naam, het adres en waar de getekende verklaring ligt."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received_on__lte", models.F("entered_on"))),
                        name="applications_entered_received_before",
                        violation_error_message="Een aanvraag komt binnen voordat zij wordt ingevoerd.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signed_on__lte", models.F("entered_on"))),
                        name="applications_entered_signed_before",
                        violation_error_message="De verklaring is getekend voordat de aanvraag wordt ingevoerd.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER {TABLE}_insert_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();",
            f"DROP TRIGGER {TABLE}_insert_only ON {TABLE};",
        ),
    ]  # fmt: skip
