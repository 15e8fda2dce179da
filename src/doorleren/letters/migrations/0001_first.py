"""Letters, and the attempts to send them."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes them."""

    initial = True
    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about_kind", models.CharField(max_length=50)),
                ("about_id", models.CharField(max_length=100)),
                ("recipient_kind", models.CharField(max_length=50)),
                ("recipient_id", models.CharField(max_length=100)),
                ("template", models.CharField(max_length=100)),
                ("language", models.CharField(max_length=2)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("message_box", "berichtenbox"),
                            ("e_mail", "e-mail zonder inhoud"),
                            ("print", "post"),
                        ],
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("pdf", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["about_kind", "about_id", "id"], name="letters_letter_about"),
                    models.Index(fields=["recipient_kind", "recipient_id", "-id"], name="letters_letter_recipient"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="letters_letter_hashed",
                        violation_error_message="Een brief heeft een hash van 64 hexadecimale tekens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["message_box", "e_mail", "print"])),
                        name="letters_letter_channel",
                        violation_error_message="Een brief gaat naar de berichtenbox, per e-mail of per post.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "en"])),
                        name="letters_letter_language",
                        violation_error_message="Een brief is in het Nederlands of in het Engels.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about_id", ""), _negated=True),
                            models.Q(("recipient_id", ""), _negated=True),
                            models.Q(("template", ""), _negated=True),
                        ),
                        name="letters_letter_whole",
                        violation_error_message="Een brief gaat ergens over, is voor iemand en heeft een soort.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("message_box", "berichtenbox"),
                            ("e_mail", "e-mail zonder inhoud"),
                            ("print", "post"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("sent", models.BooleanField()),
                ("reason", models.CharField(blank=True, default="", max_length=100)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dispatches", to="letters.letter"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("sent", True)),
                        fields=("letter",),
                        name="letters_dispatch_sent_once",
                        violation_error_message="Deze brief is al verstuurd.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("sent", True)),
                            models.Q(("sent", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="letters_dispatch_told",
                        violation_error_message="Wat niet is verstuurd, heeft een reden; wat is verstuurd niet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["message_box", "e_mail", "print"])),
                        name="letters_dispatch_channel",
                        violation_error_message="Een brief gaat naar de berichtenbox, per e-mail of per post.",
                    ),
                ],
            },
        ),
    ]
