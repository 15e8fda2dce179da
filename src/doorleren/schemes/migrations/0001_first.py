"""The table of published versions, and the trigger that keeps them as they are."""

from typing import ClassVar

from django.db import migrations, models

INSERT_ONLY = """
CREATE FUNCTION schemes_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER schemes_publishedversion_insert_only BEFORE UPDATE OR DELETE ON schemes_publishedversion
    FOR EACH STATEMENT EXECUTE FUNCTION schemes_insert_only();
"""
AS_BEFORE = """
DROP TRIGGER schemes_publishedversion_insert_only ON schemes_publishedversion;
DROP FUNCTION schemes_insert_only();
"""


class Migration(migrations.Migration):
    """Makes the table."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="PublishedVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.TextField()),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["digest"],
                        name="schemes_version_once",
                        violation_error_message="Deze versie is al gepubliceerd.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="schemes_version_hashed",
                        violation_error_message="Een versie heeft een hash van 64 hexadecimale tekens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scheme", ""), _negated=True),
                            models.Q(("version", ""), _negated=True),
                            models.Q(("content", ""), _negated=True),
                        ),
                        name="schemes_version_whole",
                        violation_error_message="Een versie heeft een regeling, een naam en een inhoud.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(INSERT_ONLY, AS_BEFORE),
    ]
