"""An objection is answered again where a court annulled the answer to it: the answers are numbered, and the rows of before are each the first."""

import django.db.models.deletion
from django.db import migrations, models

AGAIN = """
CREATE FUNCTION decisions_answered_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM decisions_objectiondecision before JOIN cases_caseact answer ON answer.id = before.act_id
        WHERE before.objection_id = NEW.objection_id AND NOT EXISTS (
            SELECT FROM cases_caseact judged WHERE judged.case_id = answer.case_id
                AND judged.act IN ('judgment_noted', 'appeal_ended') AND judged.details->>'judgment' = 'annulled'
                AND judged.details->'against' = to_jsonb(answer.number)
        )
    ) THEN
        RAISE EXCEPTION 'decisions_answered_again: Op een bezwaar wordt pas opnieuw beslist als de rechter de beslissing vernietigde.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_answered_again';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_answered_again BEFORE INSERT ON decisions_objectiondecision
    FOR EACH ROW EXECUTE FUNCTION decisions_answered_again();
"""
NOT_AGAIN = (
    "DROP TRIGGER decisions_answered_again ON decisions_objectiondecision; DROP FUNCTION decisions_answered_again();"
)


class Migration(migrations.Migration):
    """Lets an objection have several answers, one after another."""

    dependencies = [("cases", "0013_appeal_names"), ("decisions", "0023_by_payee")]

    operations = [
        migrations.AddField("objectiondecision", "number", models.IntegerField(db_default=1, default=1)),
        migrations.AddConstraint(
            "objectiondecision",
            models.UniqueConstraint(
                fields=["objection", "number"], name="decisions_objected_once",
                violation_error_message="Op dit bezwaar is al beslist.",
            ),
        ),
        migrations.AddConstraint(
            "objectiondecision",
            models.CheckConstraint(
                condition=models.Q(number__gt=0), name="decisions_objected_number",
                violation_error_message="De eerste beslissing op een bezwaar is 1.",
            ),
        ),
        migrations.AlterField(
            "objectiondecision",
            "objection",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="decisions.objection",
            ),
        ),
        migrations.RunSQL(AGAIN, NOT_AGAIN),
    ]  # fmt: skip
