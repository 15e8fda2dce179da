"""The tables of applying together. All are insert-only, and a division whose lines do not add up is refused."""

from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

TABLES = (
    "applications_member",
    "applications_membermark",
    "applications_division",
    "applications_divisionline",
    "applications_sharing",
)

ADDS_UP = """
CREATE FUNCTION applications_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one bigint := CASE TG_TABLE_NAME WHEN 'applications_division' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'division_id')::bigint END;
BEGIN
    IF (SELECT whole FROM applications_division WHERE id = one)
       <> (SELECT coalesce(sum(part), 0) FROM applications_divisionline WHERE division_id = one) THEN
        RAISE EXCEPTION 'applications_division_adds_up: the lines of division % do not add up', one
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER applications_division_adds_up AFTER INSERT ON applications_division
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION applications_adds_up();
CREATE CONSTRAINT TRIGGER applications_divisionline_adds_up AFTER INSERT ON applications_divisionline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION applications_adds_up();
"""
NOT_ADDING_UP = """
DROP TRIGGER applications_division_adds_up ON applications_division;
DROP TRIGGER applications_divisionline_adds_up ON applications_divisionline;
DROP FUNCTION applications_adds_up();
"""


def _insert_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Makes the tables and their guards."""

    dependencies: ClassVar = [("applications", "0004_registrations")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="applications.application",
                    ),
                ),
                ("number", models.IntegerField()),
                ("kvk", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=40)),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "number"),
                        name="applications_member_number_once",
                        violation_error_message="Dit lid staat al in de aanvraag.",
                    ),
                    models.UniqueConstraint(
                        fields=("application", "kvk"),
                        name="applications_member_kvk_once",
                        violation_error_message="Een organisatie doet één keer mee.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kvk__regex", "^[0-9]{8}$"),
                            ("number__gt", 0),
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length("name"), models.Value(0)
                            ),
                            django.db.models.lookups.GreaterThan(
                                django.db.models.functions.text.Length("kind"), models.Value(0)
                            ),
                        ),
                        name="applications_member_named",
                        violation_error_message="Een lid heeft een nummer, een KvK-nummer van acht cijfers, een naam en een soort.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="applications.member"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[("removed", "eruit gehaald"), ("back", "teruggezet"), ("confirmed", "bevestigd")],
                        max_length=10,
                    ),
                ),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["removed", "back", "confirmed"])),
                        name="applications_member_step_known",
                        violation_error_message="Een lid wordt eruit gehaald, teruggezet of bevestigd.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Division",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="divisions",
                        to="applications.application",
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[("shares", "wie de kosten draagt"), ("financing", "wie de kosten betaalt")],
                        max_length=20,
                    ),
                ),
                ("unit", models.CharField(choices=[("cents", "euro's"), ("hundredths", "procenten")], max_length=20)),
                ("whole", models.BigIntegerField()),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("of", "shares"), ("unit__in", ["cents", "hundredths"])),
                            models.Q(("of", "financing"), ("unit", "cents")),
                            _connector="OR",
                        ),
                        name="applications_division_known",
                        violation_error_message="Aandelen staan in euro's of procenten, een financiering in euro's.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", "hundredths"), ("whole", 10000)),
                            models.Q(("unit", "cents"), ("whole__gt", 0)),
                            _connector="OR",
                        ),
                        name="applications_division_whole",
                        violation_error_message="Het geheel is 100 procent, of een bedrag van meer dan nul.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DivisionLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="applications.division"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="applications.member",
                    ),
                ),
                (
                    "financier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("scheme", "deze regeling (gevraagde subsidie)"),
                            ("own", "eigen bijdrage"),
                            ("employer", "werkgever"),
                            ("fund", "O&O-fonds"),
                            ("public", "gemeente, provincie of UWV"),
                            ("other_scheme", "andere regeling"),
                            ("other", "iemand anders"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("part", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("division", "member"),
                        name="applications_line_member_once",
                        violation_error_message="Een lid heeft één aandeel.",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func(
                                models.F("member"),
                                models.Func(
                                    models.F("financier"),
                                    models.Value(""),
                                    function="nullif",
                                    output_field=models.CharField(),
                                ),
                                function="num_nonnulls",
                                output_field=models.IntegerField(),
                            ),
                            models.Value(1),
                        ),
                        name="applications_line_of_one",
                        violation_error_message="Een deel hoort bij een lid of bij een financier.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("financier", ""),
                            ("financier__in", ["scheme", "own", "employer", "fund", "public", "other_scheme", "other"]),
                            _connector="OR",
                        ),
                        name="applications_line_financier_known",
                        violation_error_message="Deze soort financier bestaat niet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__gte", 0)),
                        name="applications_line_part",
                        violation_error_message="Een deel is nul of meer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sharing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharings",
                        to="applications.application",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("may_edit", models.BooleanField()),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_kind", "person"),
                            django.db.models.lookups.Exact(
                                models.F("by_id"),
                                django.db.models.functions.comparison.Cast("person", models.CharField()),
                            ),
                            _negated=True,
                        ),
                        name="applications_sharing_by_another",
                        violation_error_message="U kunt uzelf niet uitsluiten of toelaten; een collega moet dat doen.",
                    )
                ],
            },
        ),
        *(_insert_only(table) for table in TABLES),
        migrations.RunSQL(ADDS_UP, NOT_ADDING_UP),
    ]
