"""A letter that came back is sent again once for each time that it came back, with why."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q
from django.db.models.fields.json import KT


class Migration(migrations.Migration):
    """Adds two constraints to acts."""

    dependencies: ClassVar = [("cases", "0014_half_rows")]
    operations: ClassVar = [
        migrations.AddConstraint(
            "caseact",
            models.UniqueConstraint(
                "case",
                KT("details__returned"),
                condition=Q(act="dispatched", details__has_key="returned"),
                name="cases_act_sent_again_once",
                violation_error_message="Deze teruggekomen brief is al opnieuw verstuurd.",
            ),
        ),
        migrations.AddConstraint(
            "caseact",
            models.CheckConstraint(
                condition=~Q(details__has_key="returned")
                | Q(details__has_key="why", details__why__in=["wrong_address", "not_taken"]),
                name="cases_act_sent_again_why",
                violation_error_message="Opnieuw sturen heeft een reden: het adres klopte niet, of de brief is niet aangenomen.",
            ),
        ),
    ]
