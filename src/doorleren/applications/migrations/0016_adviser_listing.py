"""Advisers who let themselves be found on a public list."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Adds a table. Its rows go when an adviser stops, so that nothing guards them against that."""

    dependencies = [("applications", "0015_objections_to_corrections"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AdviserListing",
            fields=[
                (
                    "adviser",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="adviser_listing",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                ("place", models.CharField(max_length=100)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("listed_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(place=""),
                        name="applications_listing_has_place",
                        violation_error_message="Op de lijst staat in welke plaats een adviseur werkt.",
                    ),
                    models.CheckConstraint(
                        condition=~Q(email="") | ~Q(phone=""),
                        name="applications_listing_can_be_reached",
                        violation_error_message="Op de lijst staat een e-mailadres of een telefoonnummer.",
                    ),
                    models.CheckConstraint(
                        condition=Q(email="") | Q(email__regex=r"^[^[:cntrl:]]+@[^[:cntrl:]]+$"),
                        name="applications_listing_email_written",
                        violation_error_message="Een e-mailadres heeft een @ en staat op één regel.",
                    ),
                    models.CheckConstraint(
                        condition=Q(phone="") | Q(phone__regex=r"^[0-9+() -]{6,20}$"),
                        name="applications_listing_phone_written",
                        violation_error_message="Een telefoonnummer heeft 6 tot 20 cijfers, spaties of streepjes.",
                    ),
                ],
            },
        ),
    ]
