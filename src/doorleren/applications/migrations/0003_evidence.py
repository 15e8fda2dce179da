"""Documents that are given as evidence: insert-only rows with their steps, and keys that can only be taken away."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

TABLES = ("applications_document", "applications_documentstep")

CREATE = """
CREATE FUNCTION applications_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed, only made and taken away', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER applications_documentkey_never_changed BEFORE UPDATE ON applications_documentkey
    FOR EACH STATEMENT EXECUTE FUNCTION applications_never_changed();
"""
DROP = """
DROP TRIGGER applications_documentkey_never_changed ON applications_documentkey;
DROP FUNCTION applications_never_changed();
"""


def _on(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Adds three tables, the guards of what is only ever added to, and that of the keys."""

    dependencies: ClassVar = [("applications", "0002_insert_only")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence", models.CharField(max_length=100)),
                ("file_name", models.CharField(max_length=200)),
                ("size", models.IntegerField()),
                ("kept", models.CharField(max_length=32)),
                ("mark", models.CharField(blank=True, max_length=64)),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DocumentStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("received", "helemaal ontvangen"),
                            ("refused", "afgekeurd"),
                            ("checked", "op virussen gecontroleerd"),
                            ("withdrawn", "weggehaald"),
                        ],
                        max_length=10,
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("content", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=20)),
                (
                    "scan",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("clean", "geen virus gevonden"),
                            ("infected", "virus gevonden"),
                            ("failed", "de scanner gaf geen antwoord"),
                            ("absent", "er is geen scanner"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="applications.document"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DocumentKey",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="applications.document",
                    ),
                ),
                ("wrapped", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length(models.F("wrapped")), models.Value(60)
                        ),
                        name="applications_documentkey_wrapped",
                        violation_error_message="De sleutel van een bestand wordt alleen verzegeld bewaard.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("kept",),
                name="applications_document_kept_once",
                violation_error_message="Onder deze naam wordt al een ander bestand bewaard.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept__regex", "^[0-9a-f]{32}$"), ("mark__regex", "^([0-9a-f]{64})?$")),
                name="applications_document_kept_named",
                violation_error_message="Een bestand wordt bewaard onder een naam van 32 tekens; het kenmerk is een hash.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0), ("size__lte", 20000000)),
                name="applications_document_size",
                violation_error_message="Een bestand is hoogstens 20 MB, en niet leeg.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.Length("evidence"), models.Value(0)
                    ),
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.Length("file_name"), models.Value(0)
                    ),
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.Length("by_kind"), models.Value(0)
                    ),
                ),
                name="applications_document_known",
                violation_error_message="Van een bestand is bekend hoe het heet, welk bewijsstuk het is en wie het gaf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("content__regex", "^[0-9a-f]{64}$"),
                        ("kind__regex", "^[a-z]{3,10}$"),
                        ("reason", ""),
                        ("scan", ""),
                        ("step", "received"),
                    ),
                    models.Q(
                        ("content", ""),
                        ("kind", ""),
                        ("reason__regex", "^[a-z_]{3,20}$"),
                        ("scan", ""),
                        ("step", "refused"),
                    ),
                    models.Q(
                        ("content", ""),
                        ("kind", ""),
                        ("reason", ""),
                        ("scan__in", ["clean", "infected", "failed", "absent"]),
                        ("step", "checked"),
                    ),
                    models.Q(("content", ""), ("kind", ""), ("reason", ""), ("scan", ""), ("step", "withdrawn")),
                    _connector="OR",
                ),
                name="applications_documentstep_whole",
                violation_error_message="Bij elke stap van een bestand hoort zijn eigen uitkomst: soort, reden of controle.",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "checked"), _negated=True),
                fields=("document", "step"),
                name="applications_documentstep_once",
                violation_error_message="Een bestand komt één keer binnen, wordt één keer afgekeurd en één keer weggehaald.",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentstep",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThan(
                    django.db.models.functions.text.Length("by_kind"), models.Value(0)
                ),
                name="applications_documentstep_by",
                violation_error_message="Van elke stap is bekend wie hem zette.",
            ),
        ),
        *(_on(table) for table in TABLES),
        migrations.RunSQL(CREATE, DROP),
    ]
