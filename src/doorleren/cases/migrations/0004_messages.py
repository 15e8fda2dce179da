"""What a party writes in its own file, and what officials answer: a table that is only ever added to."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("question", "vraag"), ("change", "verandering"), ("more_time", "meer tijd"), ("view", "zienswijze"),
    ("objection", "bezwaar"), ("answer", "antwoord"),
]  # fmt: skip


class Migration(migrations.Migration):
    """Adds the table, its constraints and the trigger that keeps its rows."""

    dependencies: ClassVar = [("cases", "0003_retention")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("text", models.BinaryField()),
                ("file_kind", models.CharField(blank=True, max_length=10)),
                ("file", models.BinaryField(null=True)),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="message", to="cases.caseact"
                    ),
                ),
                (
                    "answers",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="answered_by",
                        to="cases.message",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="messages",
                        to="cases.case",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("case", "number"), name="cases_message_once",
                violation_error_message="Dit bericht is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=Q(("number__gt", 0)), name="cases_message_number",
                violation_error_message="Het eerste bericht is 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=Q(("kind__in", [name for name, _words in KINDS])), name="cases_message_kind",
                violation_error_message="Dit soort bericht bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=Q(kind="answer", answers__isnull=False) | (~Q(kind="answer") & Q(answers__isnull=True)),
                name="cases_message_answers",
                violation_error_message="Een antwoord hoort bij een bericht, en een ander bericht niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=Q(file__isnull=True, file_kind="") | (Q(file__isnull=False) & ~Q(file_kind="")),
                name="cases_message_file",
                violation_error_message="Van een document bij een bericht is bekend wat het is.",
            ),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER cases_message_kept BEFORE UPDATE OR DELETE ON cases_message "
            "FOR EACH STATEMENT EXECUTE FUNCTION cases_insert_only();",
            "DROP TRIGGER cases_message_kept ON cases_message;",
        ),
    ]  # fmt: skip
