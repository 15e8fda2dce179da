"""What guards decisions: assessments and decisions are insert-only; batches, their items and letters of acts change in one way only."""

from typing import ClassVar

from django.db import migrations

INSERT_ONLY = ("decisions_assessment", "decisions_decision")

FUNCTIONS = """
CREATE FUNCTION decisions_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION decisions_batch_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND OLD.finished_at IS NULL
        AND (NEW.id, NEW.body_id, NEW.round_id, NEW.accepted, NEW.rules_digest, NEW.list_digest, NEW.proposed_by_id, NEW.proposed_at)
          = (OLD.id, OLD.body_id, OLD.round_id, OLD.accepted, OLD.rules_digest, OLD.list_digest, OLD.proposed_by_id, OLD.proposed_at)
        AND (OLD.released_at IS NULL OR (NEW.released_by_id, NEW.released_at, NEW.released_digest)
          = (OLD.released_by_id, OLD.released_at, OLD.released_digest)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Wat in een reeks besluiten is voorgesteld, verandert niet: % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decisions_batch_guarded';
END $$;

CREATE FUNCTION decisions_item_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.pending
        AND (NEW.id, NEW.batch_id, NEW.number, NEW.case_id, NEW.assessment_id, NEW.kind, NEW.cents)
          = (OLD.id, OLD.batch_id, OLD.number, OLD.case_id, OLD.assessment_id, OLD.kind, OLD.cents) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Een zaak in een reeks eindigt één keer, en verandert verder niet: % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decisions_item_guarded';
END $$;

CREATE FUNCTION decisions_letter_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.noted_at IS NULL AND (NEW.act_id, NEW.letter_id) = (OLD.act_id, OLD.letter_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Welke brief bij een handeling hoort, verandert niet: % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decisions_letter_guarded';
END $$;
"""
DROP = """
DROP FUNCTION decisions_letter_guarded();
DROP FUNCTION decisions_item_guarded();
DROP FUNCTION decisions_batch_guarded();
DROP FUNCTION decisions_insert_only();
"""
ROWS = (
    ("decisions_batch", "decisions_batch_guarded"), ("decisions_batchitem", "decisions_item_guarded"),
    ("decisions_actletter", "decisions_letter_guarded"),
)  # fmt: skip


def _trigger(table: str, function: str, each: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH {each} EXECUTE FUNCTION {function}();",
        f"DROP TRIGGER {table}_kept ON {table};",
    )


class Migration(migrations.Migration):
    """Adds four functions and a trigger per table."""

    dependencies: ClassVar = [("decisions", "0001_first")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, DROP),
        *(_trigger(table, "decisions_insert_only", "STATEMENT") for table in INSERT_ONLY),
        *(_trigger(table, function, "ROW") for table, function in ROWS),
    ]
