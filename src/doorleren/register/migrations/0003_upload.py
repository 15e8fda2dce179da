"""Uploads of providers, from the moment a file comes in until it is confirmed or dropped."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table of uploads."""

    dependencies = [
        ("people", "0001_initial"),
        ("register", "0002_insert_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=100)),
                ("file_name", models.CharField(max_length=300)),
                ("size", models.BigIntegerField()),
                ("kept", models.CharField(blank=True, max_length=32)),
                ("mapping", models.JSONField(null=True)),
                ("preview", models.JSONField(default=dict)),
                ("failure", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("judging", "judging"),
                            ("judged", "judged"),
                            ("unreadable", "unreadable"),
                            ("receiving", "receiving"),
                            ("received", "received"),
                            ("failed", "failed"),
                            ("dropped", "dropped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("job", models.CharField(blank=True, max_length=32)),
                ("done", models.IntegerField(default=0)),
                ("beat_at", models.DateTimeField(null=True)),
                (
                    "delivery",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upload",
                        to="register.delivery",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-id"], name="upload_of_organisation")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ("judging", "judged", "unreadable", "receiving", "received", "failed", "dropped"),
                            )
                        ),
                        name="upload_state_known",
                        violation_error_message="Deze stand van een upload bestaat niet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delivery__isnull", False), ("state", "received")),
                            models.Q(models.Q(("state", "received"), _negated=True), ("delivery__isnull", True)),
                            _connector="OR",
                        ),
                        name="upload_received_has_delivery",
                        violation_error_message="Een verwerkte upload hoort bij een levering, en een andere niet.",
                    ),
                ],
            },
        ),
    ]
