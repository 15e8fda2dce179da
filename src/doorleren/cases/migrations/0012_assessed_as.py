"""What the last assessment of a case came to stands on the case, so that a list tells what nobody can decide on yet."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

BEFORE = """
UPDATE cases_case AS c SET assessed_as = last.outcome
FROM (
    SELECT DISTINCT ON (case_id) case_id, details->>'outcome' AS outcome
    FROM cases_caseact WHERE act = 'assessed' ORDER BY case_id, number DESC
) AS last
WHERE c.id = last.case_id AND c.assessed_at IS NOT NULL AND last.outcome IN ('meets', 'fails', 'open');
"""
SAYS = """
CREATE FUNCTION cases_assessed_as_says() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT assessed_as FROM cases_case WHERE id = NEW.id) IS DISTINCT FROM coalesce((
        SELECT details->>'outcome' FROM cases_caseact WHERE case_id = NEW.id AND act = 'assessed' ORDER BY number DESC LIMIT 1
    ), '') THEN
        RAISE EXCEPTION 'cases_assessed_as_last: Op de zaak staat waar de laatste beoordeling op uitkwam.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_assessed_as_last';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cases_assessed_as_last AFTER INSERT OR UPDATE OF assessed_at, assessed_as ON cases_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.assessed_at IS NOT NULL)
    EXECUTE FUNCTION cases_assessed_as_says();
"""
NOT = "DROP TRIGGER cases_assessed_as_last ON cases_case; DROP FUNCTION cases_assessed_as_says();"
OPEN = (("assessed_as", "open"), ("hardship_applied_at__isnull", True), ("state", "assessed"))


class Migration(migrations.Migration):
    """Adds the column with what was found before, its guards, and the indexes of the two lists."""

    dependencies: ClassVar = [("cases", "0011_settled_is_not_amended")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="case", name="assessed_as",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("assessed_as", ""),
                    Q(("assessed_as__in", ("", "meets", "fails", "open")), ("assessed_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_assessed_as",
                violation_error_message="Waar een beoordeling op uitkwam, staat er pas als er is beoordeeld.",
            ),
        ),
        migrations.RunSQL(SAYS, NOT),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=Q(*OPEN), fields=["body", "due_on", "id"], name="cases_by_to_judge"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=Q(("state", "assessed"), Q(*OPEN, _negated=True)), fields=["body", "due_on", "id"],
                name="cases_by_to_decide",
            ),
        ),
    ]  # fmt: skip
