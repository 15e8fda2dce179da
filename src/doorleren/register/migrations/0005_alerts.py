"""Alerts on a search, and since when each activity could be found, to which is only ever added."""

import django.db.models.deletion
from django.db import migrations, models

_FIRST_LISTED = "register_firstlisted"


class Migration(migrations.Migration):
    """Adds two tables, and the trigger of migration 0002 to the second."""

    dependencies = [("register", "0004_sources")]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=254)),
                ("search", models.CharField(blank=True, max_length=1000)),
                ("language", models.CharField(choices=[("nl", "nl"), ("en", "en")], max_length=2)),
                ("asked_at", models.DateTimeField()),
                ("invited_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("seen_until", models.DateTimeField()),
                ("looked_on", models.DateField(null=True)),
                ("failures", models.SmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["asked_at"], name="alert_asked_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("address", "search"), name="alert_once_per_address_and_search"),
                    models.CheckConstraint(
                        condition=models.Q(("address__regex", r"^[^[:cntrl:]]+@[^[:cntrl:]]+$")),
                        name="alert_address_has_at",
                        violation_error_message="Een e-mailadres heeft een @ en staat op één regel.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ("nl", "en"))),
                        name="alert_language_known",
                        violation_error_message="Deze taal heeft de site niet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_on__isnull", True), ("confirmed_at__isnull", False), _connector="OR"
                        ),
                        name="alert_looked_at_when_confirmed",
                        violation_error_message="Zonder bevestiging gaan er geen e-mails over opleidingen uit.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstListed",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="first_listed",
                        serialize=False,
                        to="register.activity",
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER {_FIRST_LISTED}_insert_only BEFORE UPDATE OR DELETE ON {_FIRST_LISTED} "
            "FOR EACH STATEMENT EXECUTE FUNCTION register_insert_only();",
            f"DROP TRIGGER {_FIRST_LISTED}_insert_only ON {_FIRST_LISTED};",
        ),
    ]
