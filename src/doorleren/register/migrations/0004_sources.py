"""Sources keep their mapping, the provider of rows that name none, and the name of their secret; more is refused.

Numbers and words of sources, deliveries and decisions on admission that the rules refuse, the database refuses too.
"""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

FORMS = ("csv", "edudex", "ooapi", "form")


def _check(model: str, name: str, condition: Q, message: str) -> migrations.AddConstraint:
    constraint = models.CheckConstraint(condition=condition, name=name, violation_error_message=message)
    return migrations.AddConstraint(model_name=model, constraint=constraint)


class Migration(migrations.Migration):
    """Adds four columns and nine constraints."""

    dependencies: ClassVar = [("register", "0003_upload")]

    operations: ClassVar = [
        migrations.AddField("source", "mapping", models.JSONField(blank=True, default=dict)),
        migrations.AddField("source", "provider_kvk", models.CharField(blank=True, max_length=8)),
        migrations.AddField("source", "provider_name", models.CharField(blank=True, max_length=300)),
        migrations.AddField("source", "secret", models.CharField(blank=True, max_length=60)),
        _check(
            "source", "source_form_known", Q(form__in=FORMS), "Deze vorm van een levering bestaat niet."
        ),
        _check(
            "source", "source_every_hours_positive", Q(every_hours__isnull=True) | Q(every_hours__gt=0),
            "Het aantal uren tussen twee keer ophalen is meer dan nul.",
        ),
        _check(
            "source", "source_least_rows_not_negative", Q(least_rows__gte=0),
            "Het aantal rijen dat ten minste goed is, is nul of meer.",
        ),
        _check(
            "source", "source_secret_is_a_name", Q(secret__regex=r"^([a-z0-9][a-z0-9-]*)?$"),  # noqa: S106
            "De naam van een geheim heeft kleine letters, cijfers en streepjes.",
        ),
        _check(
            "source", "source_kvk_eight_digits", Q(provider_kvk="") | Q(provider_kvk__regex=r"^[0-9]{8}$"),
            "Een KvK-nummer heeft acht cijfers.",
        ),
        _check(
            "source", "source_kvk_and_name",
            Q(provider_kvk="", provider_name="") | (~Q(provider_kvk="") & ~Q(provider_name="")),
            "De naam en het KvK-nummer van een opleider horen bij elkaar.",
        ),
        _check("delivery", "delivery_form_known", Q(form__in=FORMS), "Deze vorm van een levering bestaat niet."),
        _check(
            "admissiondecision", "admission_refusal_names_check", ~Q(act="refused") | ~Q(checks=[]),
            "Een weigering noemt de toets waaraan niet is voldaan.",
        ),
        _check(
            "admissiondecision", "admission_cap_of_admitted", Q(grants_a_year__isnull=True) | Q(act="admitted"),
            "Een maximum per jaar hoort bij een toelating.",
        ),
    ]  # fmt: skip
