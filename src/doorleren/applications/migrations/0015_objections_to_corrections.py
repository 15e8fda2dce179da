"""An objection to the answer to a request to correct: its steps, the day by which it is decided on, and their order."""

from importlib import import_module
from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

STEPS = [
    ("asked", "gevraagd"),
    ("extended", "termijn verlengd"),
    ("corrected", "verbeterd"),
    ("corrected_in_part", "voor een deel verbeterd"),
    ("completed", "aangevuld met een verklaring"),
    ("refused", "geweigerd"),
    ("taken_back", "ingetrokken"),
    ("told", "anderen ingelicht"),
    ("objected", "bezwaar gemaakt"),
    ("objection_extended", "meer tijd voor het bezwaar"),
    ("objection_upheld", "bezwaar gegrond"),
    ("objection_in_part", "bezwaar voor een deel gegrond"),
    ("objection_rejected", "bezwaar ongegrond"),
    ("inadmissible", "bezwaar niet-ontvankelijk"),
    ("objection_withdrawn", "bezwaar ingetrokken"),
]
DATED = Q(step__in=["extended", "objected", "objection_extended"])
WORDLESS = Q(step__in=["taken_back", "objection_withdrawn"])
OBJECTION_ENDS = ["objection_upheld", "objection_in_part", "objection_rejected", "inadmissible", "objection_withdrawn"]

IN_ORDER = """
CREATE OR REPLACE FUNCTION applications_correction_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended text;
    contested text;
    objected int;
    steps int;
    fits boolean;
BEGIN
    SELECT count(*), count(*) FILTER (WHERE step = 'objected'),
        min(step) FILTER (WHERE step IN ('corrected', 'corrected_in_part', 'completed', 'refused', 'taken_back')),
        min(step) FILTER (WHERE id <> NEW.id AND step IN
            ('objection_upheld', 'objection_in_part', 'objection_rejected', 'inadmissible', 'objection_withdrawn'))
        INTO steps, objected, ended, contested FROM applications_correctionstep WHERE request_id = NEW.request_id;
    IF NEW.number <> steps THEN
        RAISE EXCEPTION 'applications_correction_in_order: step % of correction % is its %th', NEW.number, NEW.request_id, steps
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'applications_correction_in_order';
    END IF;
    fits := CASE
        WHEN NEW.step = 'told' THEN coalesce(ended, 'refused') NOT IN ('refused', 'taken_back')
            OR coalesce(contested, '') IN ('objection_upheld', 'objection_in_part')
        WHEN NEW.step = 'extended' THEN ended IS NULL
        WHEN NEW.step = 'objected' THEN coalesce(ended, 'taken_back') <> 'taken_back'
        WHEN NEW.step IN ('objection_extended', 'objection_upheld', 'objection_in_part', 'objection_rejected', 'inadmissible',
            'objection_withdrawn') THEN objected = 1 AND contested IS NULL
        ELSE true END;
    IF NOT fits THEN
        RAISE EXCEPTION 'applications_correction_in_order: % does not go with an end that is % and an objection that is %',
            NEW.step, coalesce(ended, 'none'), coalesce(contested, CASE WHEN objected > 0 THEN 'open' ELSE 'none' END)
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'applications_correction_in_order';
    END IF;
    RETURN NULL;
END $$;
"""
BEFORE = (
    import_module("doorleren.applications.migrations.0014_corrections")
    .IN_ORDER.split("CREATE TRIGGER")[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)


class Migration(migrations.Migration):
    """No table more: steps more, their constraints, and the order in which they may follow."""

    dependencies: ClassVar = [("applications", "0014_corrections")]

    operations: ClassVar = [
        migrations.AlterField("correctionstep", "step", models.CharField(choices=STEPS, max_length=20)),
        migrations.RemoveConstraint("correctionstep", "applications_correction_step_first"),
        migrations.RemoveConstraint("correctionstep", "applications_correction_step_until"),
        migrations.RemoveConstraint("correctionstep", "applications_correction_step_words"),
        migrations.AddConstraint(
            "correctionstep",
            models.UniqueConstraint(
                fields=["request"], condition=Q(step="objected"), name="applications_correction_objected_once",
                violation_error_message="Tegen dit antwoord is al bezwaar gemaakt.",
            ),
        ),
        migrations.AddConstraint(
            "correctionstep",
            models.UniqueConstraint(
                fields=["request"], condition=Q(step="objection_extended"), name="applications_correction_more_time_once",
                violation_error_message="Voor dit bezwaar is al een keer meer tijd genomen.",
            ),
        ),
        migrations.AddConstraint(
            "correctionstep",
            models.UniqueConstraint(
                fields=["request"], condition=Q(step__in=OBJECTION_ENDS),
                name="applications_correction_objection_ended_once",
                violation_error_message="Op dit bezwaar is al beslist, of het is ingetrokken.",
            ),
        ),
        migrations.AddConstraint(
            "correctionstep",
            models.CheckConstraint(
                condition=Q(step="asked", number=1)
                | (Q(step__in=[name for name, _ in STEPS], number__gt=1) & ~Q(step="asked")),
                name="applications_correction_step_first",
                violation_error_message="Een verzoek begint met de vraag; wat daarna komt is een stap die wij kennen.",
            ),
        ),
        migrations.AddConstraint(
            "correctionstep",
            models.CheckConstraint(
                condition=(DATED & Q(until__isnull=False)) | (~DATED & Q(until__isnull=True)),
                name="applications_correction_step_until",
                violation_error_message="Een nieuwe laatste dag hoort bij een verlenging en bij een bezwaar, en nergens anders.",
            ),
        ),
        migrations.AddConstraint(
            "correctionstep",
            models.CheckConstraint(
                condition=(WORDLESS & Q(content__isnull=True)) | (~WORDLESS & Q(content__isnull=False)),
                name="applications_correction_step_words",
                violation_error_message="Bij elke stap staat waarom, behalve als de aanvrager iets intrekt.",
            ),
        ),
        migrations.RunSQL(IN_ORDER, BEFORE),
    ]  # fmt: skip
