"""Financiers by their KvK number with their own word, and what each member is responsible for.

Both tables are only added to, until their application is destroyed (as 0017).
"""

from typing import Any, ClassVar

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models
from django.db.models import Q

OWNERS = {
    "applications_financierword": (
        "(SELECT division.application_id FROM applications_divisionline AS line "
        "JOIN applications_division AS division ON division.id = line.division_id WHERE line.id = OLD.line_id)"
    ),
    "applications_membertask": "(SELECT application_id FROM applications_member WHERE id = OLD.member_id)",
}
"""For each table how a row leads to its application."""
WORDS = {"confirmed": "bevestigd", "not_ours": "niet van ons"}
MAY_BE_ORGANISATIONS = ("employer", "fund", "public", "other")


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


def _by() -> list[tuple[str, Any]]:
    return [
        ("by_kind", models.CharField(max_length=20)),
        ("by_id", models.CharField(blank=True, max_length=100)),
        ("at", models.DateTimeField()),
    ]


def _number() -> tuple[str, Any]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Adds a column with its rules, and two tables with their guards."""

    dependencies: ClassVar = [("applications", "0019_path_room")]
    operations: ClassVar = [
        migrations.AddField("divisionline", "kvk", models.CharField(blank=True, default="", max_length=8)),
        migrations.AddIndex(
            "divisionline", models.Index(condition=~Q(kvk=""), fields=["kvk"], name="applications_line_of_kvk")
        ),
        migrations.AddConstraint(
            "divisionline",
            models.UniqueConstraint(
                condition=~Q(kvk=""), fields=("division", "kvk"), name="applications_line_kvk_once",
                violation_error_message="Een organisatie betaalt één deel.",
            ),
        ),
        migrations.AddConstraint(
            "divisionline",
            models.CheckConstraint(
                condition=Q(kvk="") | Q(kvk__regex=r"^[0-9]{8}$", financier__in=MAY_BE_ORGANISATIONS) & ~Q(name=""),
                name="applications_line_kvk",
                violation_error_message="Een organisatie die meebetaalt heeft een KvK-nummer van acht cijfers en een naam.",
            ),
        ),
        migrations.CreateModel(
            name="FinancierWord",
            fields=[
                _number(),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="applications.divisionline"
                    ),
                ),
                ("word", models.CharField(choices=list(WORDS.items()), max_length=10)),
                *_by(),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(word__in=list(WORDS)), name="applications_share_word_known",
                        violation_error_message="Een organisatie bevestigt haar deel, of zegt dat het niet van haar is.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberTask",
            fields=[
                _number(),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="applications.member"
                    ),
                ),
                ("does", models.CharField(max_length=500)),
                ("reports", models.CharField(blank=True, max_length=500)),
                *_by(),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThan(
                            django.db.models.functions.text.Length("does"), models.Value(0)
                        ),
                        name="applications_task_told",
                        violation_error_message="Van een lid staat er wat het doet.",
                    ),
                ],
            },
        ),
        *(_stays(table, owner) for table, owner in OWNERS.items()),
    ]  # fmt: skip
