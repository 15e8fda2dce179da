"""Alerts on the rounds of a scheme, beside those on a search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the scheme of an alert; an alert is about one thing, and once per address."""

    dependencies = [("register", "0008_text_language")]

    operations = [
        migrations.AddField("alert", "scheme", models.CharField(blank=True, default="", max_length=100)),
        migrations.RemoveConstraint("alert", "alert_once_per_address_and_search"),
        migrations.AddConstraint(
            "alert",
            models.UniqueConstraint(fields=("address", "search", "scheme"), name="alert_once_per_address_and_subject"),
        ),
        migrations.AddConstraint(
            "alert",
            models.CheckConstraint(
                condition=models.Q(("scheme", ""), ("search", ""), _connector="OR"),
                name="alert_about_one_thing",
                violation_error_message="Een bericht gaat over een zoekvraag of over een regeling, niet over beide.",
            ),
        ),
    ]
