"""The team of a body that an official is in with a role."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0004_key_guards")]

    operations = [
        migrations.AddField("role", "team", models.CharField(blank=True, db_default="", default="", max_length=60)),
        migrations.AddConstraint(
            "role",
            models.CheckConstraint(
                condition=Q(team="") | Q(body__isnull=False), name="people_role_team_in_body",
                violation_error_message="Een team hoort bij een instantie.",
            ),
        ),
    ]  # fmt: skip
