"""Answers and freezes are insert-only: the database refuses update and delete."""

from typing import ClassVar

from django.db import migrations

TABLES = ("applications_answer", "applications_freeze")

CREATE = """
CREATE FUNCTION applications_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
DROP = "DROP FUNCTION applications_insert_only();"


def _on(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Adds one function and a trigger per table."""

    dependencies: ClassVar = [("applications", "0001_first")]
    operations: ClassVar = [migrations.RunSQL(CREATE, DROP), *(_on(table) for table in TABLES)]
