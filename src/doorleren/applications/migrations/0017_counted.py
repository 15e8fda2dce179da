"""For whom an application counts within a year or a scheme: two tables that are only added to, until an application is destroyed."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

HASH = r"^[0-9a-f]{64}$"
REASONS = {
    "withdrawn": "ingetrokken",
    "denied": "door de deelnemer ontkend",
    "changed": "veranderd en niet opnieuw klaargezet",
    "not_submitted": "niet op tijd ingediend",
    "refused": "niet toegekend",
}
OWNERS = {
    "applications_countsfor": "OLD.application_id",
    "applications_countsnomore": "(SELECT application_id FROM applications_countsfor WHERE id = OLD.counted_id)",
}
"""For each table how a row leads to its application."""


def _stays(table: str, owner: str) -> migrations.RunSQL:
    """Refuse updates, and deletion of each row whose application was not destroyed."""
    return migrations.RunSQL(
        f"""
CREATE TRIGGER {table}_insert_only BEFORE UPDATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();
CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF applications_is_destroyed({owner}) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '{table} is insert-only until its application is destroyed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays();
""",
        f"""
DROP TRIGGER {table}_stays ON {table};
DROP FUNCTION {table}_stays();
DROP TRIGGER {table}_insert_only ON {table};
""",
    )


class Migration(migrations.Migration):
    """Adds the tables with their guards."""

    dependencies: ClassVar = [("applications", "0016_adviser_listing")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CountsFor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts_for",
                        to="applications.application",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts_for",
                        to="applications.enrolment",
                    ),
                ),
                ("scope", models.CharField(max_length=120)),
                ("person", models.CharField(max_length=64)),
                ("turn", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scope", "person", "turn"),
                        name="applications_counts_once",
                        violation_error_message="Volgens de regeling is hiervoor al zo vaak aangevraagd als mag.",
                    ),
                    models.CheckConstraint(
                        condition=Q(person__regex=HASH),
                        name="applications_counts_hashed",
                        violation_error_message="Voor wie een aanvraag telt, wordt alleen als hash bewaard.",
                    ),
                    models.CheckConstraint(
                        condition=Q(turn__gte=0) & ~Q(scope=""),
                        name="applications_counts_turn",
                        violation_error_message="Een aanvraag telt binnen een regeling, een jaar of een tijdvak, vanaf 0.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountsNoMore",
            fields=[
                (
                    "counted",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="no_more",
                        serialize=False,
                        to="applications.countsfor",
                    ),
                ),
                ("reason", models.CharField(choices=list(REASONS.items()), max_length=15)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(reason__in=list(REASONS)),
                        name="applications_counts_over_why",
                        violation_error_message="Er is een reden waarom een aanvraag niet meer telt.",
                    ),
                ],
            },
        ),
        *(_stays(table, owner) for table, owner in OWNERS.items()),
    ]
