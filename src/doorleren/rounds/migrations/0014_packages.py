"""Packages: a sum of money over the rounds of several schemes, whose components together are it."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

GUARD = """
CREATE TRIGGER rounds_package_insert_only BEFORE UPDATE OR DELETE ON rounds_package
    FOR EACH STATEMENT EXECUTE FUNCTION rounds_insert_only();
CREATE TRIGGER rounds_packageround_insert_only BEFORE UPDATE OR DELETE ON rounds_packageround
    FOR EACH STATEMENT EXECUTE FUNCTION rounds_insert_only();
CREATE FUNCTION rounds_package_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint;
BEGIN
    IF TG_TABLE_NAME = 'rounds_package' THEN
        which := NEW.id;
    ELSE
        which := NEW.package_id;
    END IF;
    IF (SELECT cents FROM rounds_package WHERE id = which)
        IS DISTINCT FROM (SELECT coalesce(sum(ceiling_cents), 0) FROM rounds_packagecomponent WHERE package_id = which) THEN
        RAISE EXCEPTION 'the components of package % do not add up', which USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rounds_package_adds_up AFTER INSERT ON rounds_package
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION rounds_package_adds_up();
CREATE CONSTRAINT TRIGGER rounds_packagecomponent_adds_up AFTER INSERT OR UPDATE OF ceiling_cents ON rounds_packagecomponent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION rounds_package_adds_up();
"""
UNGUARD = """
DROP TRIGGER rounds_packagecomponent_adds_up ON rounds_packagecomponent;
DROP TRIGGER rounds_package_adds_up ON rounds_package;
DROP FUNCTION rounds_package_adds_up();
DROP TRIGGER rounds_packageround_insert_only ON rounds_packageround;
DROP TRIGGER rounds_package_insert_only ON rounds_package;
"""


def _number() -> tuple[str, Any]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Adds three tables with their guards."""

    dependencies: ClassVar = [("rounds", "0013_unfollowed")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Package",
            fields=[
                _number(),
                ("code", models.CharField(max_length=100)),
                ("cents", models.BigIntegerField()),
                ("told", models.JSONField()),
                ("told_hash", models.CharField(max_length=64)),
                ("announced_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="rounds_package_once",
                        violation_error_message="Dit pakket is al bekendgemaakt.",
                    ),
                    models.CheckConstraint(
                        condition=Q(cents__gte=0, told_hash__regex=r"^[0-9a-f]{64}$"),
                        name="rounds_package_told",
                        violation_error_message="Een pakket heeft een bedrag van 0 of meer, en een hash van wat is bekendgemaakt.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PackageComponent",
            fields=[
                _number(),
                ("code", models.CharField(max_length=100)),
                ("ceiling_cents", models.BigIntegerField()),
                ("announced_cents", models.BigIntegerField(default=0)),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="components", to="rounds.package"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("package", "code"),
                        name="rounds_package_component_once",
                        violation_error_message="Dit onderdeel van het pakket is er al.",
                    ),
                    models.CheckConstraint(
                        condition=Q(announced_cents__gte=0, announced_cents__lte=F("ceiling_cents")),
                        name="rounds_package_component_within",
                        violation_error_message="De tijdvakken van dit onderdeel gaan samen boven het bedrag ervan.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PackageRound",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="in_package",
                        serialize=False,
                        to="rounds.round",
                    ),
                ),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="rounds.packagecomponent"
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
