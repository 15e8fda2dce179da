"""The plan of a partnership: its versions and their development paths. Both are insert-only."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

TABLES = ("applications_plan", "applications_planpath")
"""What is only ever added to, as answers and freezes (0002)."""


def _insert_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Makes the tables and their guards."""

    dependencies: ClassVar = [
        ("applications", "0008_taken_over"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="applications.application"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlanPath",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                ("name", models.CharField(max_length=200)),
                ("from_work", models.CharField(max_length=200)),
                ("to_work", models.CharField(max_length=200)),
                (
                    "components",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("training", "scholing"),
                                ("advice", "ontwikkeladvies"),
                                ("evc", "EVC (erkennen van wat iemand al kan)"),
                                ("guidance", "begeleiding naar ander werk"),
                                ("support", "ondersteuning tijdens het traject"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("fewest", models.IntegerField()),
                ("most", models.IntegerField()),
                ("cents", models.BigIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paths", to="applications.plan"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("application", "number"),
                name="applications_plan_number_once",
                violation_error_message="Een collega heeft het plan intussen veranderd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__gt", 0),
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.Length("by_kind"), models.Value(0)
                    ),
                ),
                name="applications_plan_by",
                violation_error_message="Een versie van een plan heeft een nummer, en het is bekend wie hem schreef.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason", ""),
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.Length(django.db.models.functions.text.Trim("reason")),
                        models.Value(0),
                    ),
                    _connector="OR",
                ),
                name="applications_plan_reason",
                violation_error_message="Een reden bestaat niet alleen uit spaties.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planpath",
            constraint=models.UniqueConstraint(
                fields=("plan", "place"),
                name="applications_path_place_once",
                violation_error_message="Op deze plaats in het plan staat al een pad.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planpath",
            constraint=models.UniqueConstraint(
                fields=("plan", "name"),
                name="applications_path_name_once",
                violation_error_message="Deze naam staat al bij een ander pad.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planpath",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("place__gte", 0),
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.Length(django.db.models.functions.text.Trim("name")),
                        models.Value(0),
                    ),
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.Length(django.db.models.functions.text.Trim("from_work")),
                        models.Value(0),
                    ),
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.Length(django.db.models.functions.text.Trim("to_work")),
                        models.Value(0),
                    ),
                ),
                name="applications_path_named",
                violation_error_message="Een pad heeft een naam, en het is bekend van welk werk het naar welk werk gaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planpath",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("components__contained_by", ["training", "advice", "evc", "guidance", "support"]),
                    ("components__len__gt", 0),
                ),
                name="applications_path_components",
                violation_error_message="Een pad bestaat uit scholing, advies, EVC, begeleiding of ondersteuning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planpath",
            constraint=models.CheckConstraint(
                condition=models.Q(("fewest__gte", 0), ("most__gte", models.F("fewest")), ("most__lte", 1000000)),
                name="applications_path_people",
                violation_error_message="Een aantal mensen loopt van 0 tot en met 1.000.000, en het laagste aantal staat eerst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planpath",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cents__isnull", True), models.Q(("cents__gte", 0), ("cents__lte", 100000000)), _connector="OR"
                ),
                name="applications_path_cents",
                violation_error_message="De kosten per persoon zijn een bedrag van 0 tot en met 1.000.000 euro.",
            ),
        ),
        *(_insert_only(table) for table in TABLES),
    ]
