"""Two kinds of messages more: what an objection lacked, and how the activities go."""

from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("question", "vraag"), ("change", "verandering"), ("more_time", "meer tijd"), ("view", "zienswijze"),
    ("objection", "bezwaar"), ("repair", "aanvulling van het bezwaar"), ("progress", "voortgang"), ("answer", "antwoord"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_doubts")]

    operations = [
        migrations.AlterField("message", "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.RemoveConstraint("message", "cases_message_kind"),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _words in KINDS]), name="cases_message_kind",
                violation_error_message="Dit soort bericht bestaat niet.",
            ),
        ),
    ]  # fmt: skip
