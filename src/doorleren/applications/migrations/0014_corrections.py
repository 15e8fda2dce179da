"""Requests to correct what is kept of a person, their steps, and which answer was given on one.

Rows are only added to. They may be deleted once the key of their request was destroyed under an act of the record, as the rows
of an application (0013); applications/corrections/commands/let_go.py does so.
"""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWNERS = {"applications_correctionrequest": "OLD.id", "applications_correctionstep": "OLD.request_id"}
"""For each table how a row leads to its request."""

IS_DESTROYED = """
CREATE FUNCTION applications_correction_is_destroyed(request bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM people_filekey
        WHERE about_kind = 'correction' AND about_id = request::text AND destroyed_under IS NOT NULL)
$$;
"""
NOT_DESTROYED = "DROP FUNCTION applications_correction_is_destroyed(bigint);"
IN_ORDER = """
CREATE FUNCTION applications_correction_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended text;
    steps int;
BEGIN
    SELECT count(*), min(step) FILTER (WHERE step IN ('corrected', 'corrected_in_part', 'completed', 'refused', 'taken_back'))
        INTO steps, ended FROM applications_correctionstep WHERE request_id = NEW.request_id;
    IF NEW.number <> steps THEN
        RAISE EXCEPTION 'applications_correction_in_order: step % of correction % is its %th', NEW.number, NEW.request_id, steps
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'applications_correction_in_order';
    END IF;
    IF NEW.step = 'told' AND coalesce(ended, 'refused') IN ('refused', 'taken_back') OR NEW.step = 'extended' AND ended IS NOT NULL THEN
        RAISE EXCEPTION 'applications_correction_in_order: % does not go with an end that is %', NEW.step, coalesce(ended, 'none')
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'applications_correction_in_order';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER applications_correction_in_order AFTER INSERT ON applications_correctionstep
    FOR EACH ROW EXECUTE FUNCTION applications_correction_in_order();
"""
NO_ORDER = """
DROP TRIGGER applications_correction_in_order ON applications_correctionstep;
DROP FUNCTION applications_correction_in_order();
"""


def _stays(table: str, owner: str) -> migrations.RunSQL:
    """Refuse updates, and deletion of each row whose request was not destroyed."""
    return migrations.RunSQL(
        f"""
CREATE TRIGGER {table}_insert_only BEFORE UPDATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();
CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF applications_correction_is_destroyed({owner}) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '{table} is insert-only until its request is destroyed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays();
""",
        f"""
DROP TRIGGER {table}_stays ON {table};
DROP FUNCTION {table}_stays();
DROP TRIGGER {table}_insert_only ON {table};
""",
    )


class Migration(migrations.Migration):
    """Two tables with their guards, and a column of answers."""

    dependencies: ClassVar = [
        ("applications", "0013_destroyed"),
        ("people", "0004_key_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("contact", "naam of e-mailadres"),
                            ("application", "een antwoord in een aanvraag"),
                            ("case", "iets in een dossier"),
                            ("other", "iets anders"),
                        ],
                        max_length=20,
                    ),
                ),
                ("fact", models.CharField(blank=True, default="", max_length=100)),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="applications.application",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CorrectionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="applications.correctionrequest",
                    ),
                ),
                ("number", models.IntegerField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("asked", "gevraagd"),
                            ("extended", "termijn verlengd"),
                            ("corrected", "verbeterd"),
                            ("corrected_in_part", "voor een deel verbeterd"),
                            ("completed", "aangevuld met een verklaring"),
                            ("refused", "geweigerd"),
                            ("taken_back", "ingetrokken"),
                            ("told", "anderen ingelicht"),
                        ],
                        max_length=20,
                    ),
                ),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("until", models.DateField(null=True)),
                ("content", models.BinaryField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="answer",
            name="correction",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="applications.correctionrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("correction__isnull", True), models.Q(("origin", "official"), ("taken_from", "")), _connector="OR"
                ),
                name="applications_answer_corrected_by_official",
                violation_error_message="Een antwoord dat op verzoek is verbeterd, komt van een ambtenaar.",
            ),
        ),
        migrations.AddIndex(
            model_name="correctionrequest",
            index=models.Index(fields=["body", "due_on", "id"], name="applications_correction_due"),
        ),
        migrations.AddConstraint(
            model_name="correctionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("about", "contact"), ("application__isnull", True), ("fact__in", ["name", "notice_email"])
                    ),
                    models.Q(
                        ("about", "application"), ("application__isnull", False), models.Q(("fact", ""), _negated=True)
                    ),
                    models.Q(("about", "case"), ("application__isnull", False), ("fact", "")),
                    models.Q(("about", "other"), ("application__isnull", True), ("fact", "")),
                    _connector="OR",
                ),
                name="applications_correction_about",
                violation_error_message="Een verzoek gaat over een veld van het account, een antwoord in een aanvraag, een dossier of iets anders.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.UniqueConstraint(
                fields=("request", "number"),
                name="applications_correction_step_number",
                violation_error_message="Er is intussen een andere stap gezet in dit verzoek.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("step__in", ["corrected", "corrected_in_part", "completed", "refused", "taken_back"])
                ),
                fields=("request",),
                name="applications_correction_ended_once",
                violation_error_message="Op dit verzoek is al geantwoord, of het is ingetrokken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "extended")),
                fields=("request",),
                name="applications_correction_extended_once",
                violation_error_message="De termijn van dit verzoek is al verlengd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", 1), ("step", "asked")),
                    models.Q(
                        ("number__gt", 1),
                        (
                            "step__in",
                            [
                                "asked",
                                "extended",
                                "corrected",
                                "corrected_in_part",
                                "completed",
                                "refused",
                                "taken_back",
                                "told",
                            ],
                        ),
                        models.Q(("step", "asked"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="applications_correction_step_first",
                violation_error_message="Een verzoek begint met de vraag; wat daarna komt is een stap die wij kennen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step", "extended"), ("until__isnull", False)),
                    models.Q(models.Q(("step", "extended"), _negated=True), ("until__isnull", True)),
                    _connector="OR",
                ),
                name="applications_correction_step_until",
                violation_error_message="Alleen wie de termijn verlengt, noemt een nieuwe laatste dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content__isnull", True), ("step", "taken_back")),
                    models.Q(models.Q(("step", "taken_back"), _negated=True), ("content__isnull", False)),
                    _connector="OR",
                ),
                name="applications_correction_step_words",
                violation_error_message="Bij elke stap staat waarom, behalve als de aanvrager het verzoek intrekt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("by_kind", ""), _negated=True), models.Q(("by_id", ""), _negated=True)),
                name="applications_correction_step_by",
                violation_error_message="Van elke stap is bekend wie haar zette.",
            ),
        ),
        migrations.RunSQL(IN_ORDER, NO_ORDER),
        migrations.RunSQL(IS_DESTROYED, NOT_DESTROYED),
        *(_stays(table, owner) for table, owner in OWNERS.items()),
    ]
