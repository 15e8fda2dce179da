"""Lists of cases to destroy at the end of their retention, by two people. What was proposed stays; each case on it ends once."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION cases_destruction_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.released_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
        OR (OLD.id, OLD.body_id, OLD.due_by, OLD.digest, OLD.proposed_by_id, OLD.proposed_at) IS DISTINCT FROM
           (NEW.id, NEW.body_id, NEW.due_by, NEW.digest, NEW.proposed_by_id, NEW.proposed_at) THEN
        RAISE EXCEPTION 'cases_destruction_stays: what was proposed to destroy stays'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'cases_destruction_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION cases_destruction_item_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one cases_destructionlist;
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT * INTO one FROM cases_destructionlist WHERE id = NEW.list_id;
    END IF;
    IF TG_OP = 'DELETE'
        OR TG_OP = 'INSERT' AND (one.released_at IS NOT NULL OR one.withdrawn_at IS NOT NULL)
        OR TG_OP = 'UPDATE' AND (one.released_at IS NULL OR OLD.act IS NOT NULL OR OLD.left <> ''
            OR (OLD.id, OLD.list_id, OLD.number, OLD.case_id, OLD.kept_until) IS DISTINCT FROM
               (NEW.id, NEW.list_id, NEW.number, NEW.case_id, NEW.kept_until)) THEN
        RAISE EXCEPTION 'cases_destruction_item_stays: a case on a list ends once, after the list was released'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'cases_destruction_item_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_destruction_stays BEFORE UPDATE OR DELETE ON cases_destructionlist
    FOR EACH ROW EXECUTE FUNCTION cases_destruction_stays();
CREATE TRIGGER cases_destruction_item_stays BEFORE INSERT OR UPDATE OR DELETE ON cases_destructionitem
    FOR EACH ROW EXECUTE FUNCTION cases_destruction_item_stays();
"""
NO_GUARDS = """
DROP TRIGGER cases_destruction_item_stays ON cases_destructionitem;
DROP TRIGGER cases_destruction_stays ON cases_destructionlist;
DROP FUNCTION cases_destruction_item_stays();
DROP FUNCTION cases_destruction_stays();
"""


class Migration(migrations.Migration):
    """Makes two tables and guards them."""

    dependencies: ClassVar = [
        ("cases", "0002_guards"),
        ("people", "0003_file_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="DestructionList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_by", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("proposed_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DestructionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("kept_until", models.DateField()),
                ("act", models.BigIntegerField(null=True)),
                ("left", models.CharField(blank=True, default="", max_length=40)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="cases.destructionlist",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="destructionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                name="cases_destruction_hashed",
                violation_error_message="Een lijst om te vernietigen heeft een hash.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("released_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="cases_destruction_two_people",
                violation_error_message="Wie een lijst voorstelt, geeft haar niet zelf vrij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                    models.Q(("released_at__gte", models.F("proposed_at")), ("released_by__isnull", False)),
                    _connector="OR",
                ),
                name="cases_destruction_released_whole",
                violation_error_message="Een vrijgegeven lijst heeft een persoon, en een moment na het voorstel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                name="cases_destruction_one_end",
                violation_error_message="Een lijst is vrijgegeven of ingetrokken, niet allebei.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionlist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("body",),
                name="cases_destruction_one_waits",
                violation_error_message="Er wacht al een lijst om vrij te geven.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionitem",
            constraint=models.UniqueConstraint(
                fields=("list", "number"),
                name="cases_destruction_numbered",
                violation_error_message="Dit nummer staat al op de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionitem",
            constraint=models.UniqueConstraint(
                fields=("list", "case"),
                name="cases_destruction_case_once",
                violation_error_message="Deze zaak staat al op de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__isnull", True), ("left", ""), _connector="OR"),
                name="cases_destruction_item_one_end",
                violation_error_message="Een zaak op een lijst is vernietigd of blijft staan, niet allebei.",
            ),
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
