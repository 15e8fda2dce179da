"""Where one objects to a decision of a body: its address for letters, and its page."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds two optional columns to the bodies."""

    dependencies: ClassVar = [("people", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="body", name="address", field=models.CharField(blank=True, default="", max_length=300)
        ),
        migrations.AddField(
            model_name="body", name="objection_url", field=models.CharField(blank=True, default="", max_length=500)
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(("objection_url", ""), ("objection_url__regex", r"^https://\S+$"), _connector="OR"),
                name="people_body_objection_url_written",
                violation_error_message="Het adres om bezwaar te maken begint met https:// en heeft geen spaties.",
            ),
        ),
    ]
