"""An appeal names the act that it is against, and a judgment its appeal; only of a decision on the grant does one make room for another.

Rows from before stay as they are: they name none.
"""

from typing import ClassVar

from django.db import migrations

NAMES = """
CREATE FUNCTION cases_appeal_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.act = 'appeal_noted' AND NOT EXISTS (
        SELECT FROM cases_caseact one WHERE one.case_id = NEW.case_id AND to_jsonb(one.number) = NEW.details->'against' AND one.act IN (
            'objection_upheld', 'objection_partly_upheld', 'debt_objection_upheld', 'objection_rejected', 'objection_inadmissible',
            'declared_in_default', 'granted', 'partly_granted', 'refused', 'left_out', 'amended', 'budget_reservation_invoked',
            'revoked', 'settled_as_granted', 'settled_lower', 'settled_at_nil', 'recovery_decided', 'payment_suspended',
            'payment_released', 'penalty_fixed'
        )
    ) THEN
        RAISE EXCEPTION 'cases_appeal_names: Een beroep noemt een besluit van de zaak waartegen beroep openstaat.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_appeal_names';
    END IF;
    IF NEW.act IN ('judgment_noted', 'appeal_ended') AND NOT EXISTS (
        SELECT FROM cases_caseact one WHERE one.case_id = NEW.case_id AND to_jsonb(one.number) = NEW.details->'appeal'
            AND one.act = 'appeal_noted' AND one.details->'against' IS NOT DISTINCT FROM NEW.details->'against'
    ) THEN
        RAISE EXCEPTION 'cases_judgment_names: Een uitspraak noemt een beroep in de zaak, en het besluit waartegen dat is.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_judgment_names';
    END IF;
    IF NEW.act = 'judgment_noted' AND NEW.details->'against' IS NOT NULL AND NOT EXISTS (
        SELECT FROM cases_caseact one WHERE one.case_id = NEW.case_id AND to_jsonb(one.number) = NEW.details->'against' AND one.act IN (
            'granted', 'partly_granted', 'refused', 'left_out', 'settled_as_granted', 'settled_lower', 'settled_at_nil', 'amended',
            'budget_reservation_invoked', 'revoked'
        )
    ) THEN
        RAISE EXCEPTION 'cases_judgment_overturns: Alleen een vernietigd besluit over de subsidie zelf maakt ruimte voor een ander besluit.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_judgment_overturns';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_appeal_names BEFORE INSERT ON cases_caseact FOR EACH ROW
    WHEN (NEW.act IN ('appeal_noted', 'judgment_noted', 'appeal_ended')) EXECUTE FUNCTION cases_appeal_names();
"""
NO_NAMES = "DROP TRIGGER cases_appeal_names ON cases_caseact; DROP FUNCTION cases_appeal_names();"


class Migration(migrations.Migration):
    """Adds a trigger on the acts."""

    dependencies: ClassVar = [("cases", "0012_assessed_as")]
    operations: ClassVar = [migrations.RunSQL(NAMES, NO_NAMES)]
