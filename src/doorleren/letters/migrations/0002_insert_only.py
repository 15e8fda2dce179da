"""Letters and attempts to send them are insert-only: the database refuses update and delete."""

from typing import ClassVar

from django.db import migrations

TABLES = ("letters_letter", "letters_dispatch")

CREATE = """
CREATE FUNCTION letters_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
DROP = "DROP FUNCTION letters_insert_only();"


def _on(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION letters_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Adds one function and a trigger per table."""

    dependencies: ClassVar = [("letters", "0001_first")]
    operations: ClassVar = [migrations.RunSQL(CREATE, DROP), *(_on(table) for table in TABLES)]
