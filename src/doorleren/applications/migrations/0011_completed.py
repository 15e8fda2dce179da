"""Completed registrations, and the keys under which programs hand in bundles. Both are insert-only."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

TABLES = ("applications_completion", "applications_bundlekey")
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
        ("applications", "0009_plans"),
        ("people", "0002_body_address"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Completion",
            fields=[
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="completion",
                        serialize=False,
                        to="applications.registration",
                    ),
                ),
                ("content", models.CharField(max_length=64)),
                ("stated", models.JSONField(default=list)),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BundleKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="completion",
            constraint=models.CheckConstraint(
                condition=models.Q(("content__regex", "^[0-9a-f]{64}$")),
                name="applications_completion_hashed",
                violation_error_message="Van de documenten bij een afgeronde registratie wordt hier alleen een hash bewaard.",
            ),
        ),
        migrations.AddConstraint(
            model_name="completion",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThan(
                    django.db.models.functions.text.Length("by_kind"), models.Value(0)
                ),
                name="applications_completion_by",
                violation_error_message="Het is bekend wie een registratie afrondde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bundlekey",
            constraint=models.UniqueConstraint(
                fields=("adviser", "key"),
                name="applications_bundlekey_once",
                violation_error_message="Deze sleutel is al gebruikt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bundlekey",
            constraint=models.CheckConstraint(
                condition=models.Q(("content__regex", "^[0-9a-f]{64}$"), ("key__regex", "^[0-9a-f]{64}$")),
                name="applications_bundlekey_hashed",
                violation_error_message="Van een sleutel en van wat ermee is ingediend, wordt alleen een hash bewaard.",
            ),
        ),
        *(_insert_only(table) for table in TABLES),
    ]
