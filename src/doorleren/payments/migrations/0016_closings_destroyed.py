"""Why an entry of the bank was closed can be destroyed at the end of its retention, and nothing else of it changes or goes.

Under an act of the record about that very entry. Who closed it, and when, stay. A file for the bank without content is one that
was destroyed: where nothing is said of that, the constraint said neither yes nor no, which lets a row pass.
"""

from typing import ClassVar

from django.db import migrations, models

CLOSING = """
CREATE FUNCTION payments_closing_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL
        AND (NEW.id, NEW.answer_id, NEW.step, NEW.by_id, NEW.at) = (OLD.id, OLD.answer_id, OLD.step, OLD.by_id, OLD.at)
        AND EXISTS (SELECT FROM audit_act
                    WHERE subject_kind = 'bank_entry' AND subject_id = NEW.answer_id::text AND act = 'destroyed') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Waarom een regel van de bank is afgehandeld, verandert niet: het wordt alleen vernietigd, met een handeling in het logboek. % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_bankclosing_guarded';
END $$;
DROP TRIGGER payments_bankclosing_insert_only ON payments_bankclosing;
CREATE TRIGGER payments_bankclosing_guarded BEFORE UPDATE OR DELETE ON payments_bankclosing
    FOR EACH ROW EXECUTE FUNCTION payments_closing_guarded();
ALTER TABLE payments_bankclosing ENABLE ALWAYS TRIGGER payments_bankclosing_guarded;
"""
NO_CLOSING = """
DROP TRIGGER payments_bankclosing_guarded ON payments_bankclosing;
DROP FUNCTION payments_closing_guarded();
CREATE TRIGGER payments_bankclosing_insert_only BEFORE UPDATE OR DELETE ON payments_bankclosing
    FOR EACH STATEMENT EXECUTE FUNCTION payments_insert_only();
ALTER TABLE payments_bankclosing ENABLE ALWAYS TRIGGER payments_bankclosing_insert_only;
"""


class Migration(migrations.Migration):
    """A column, the constraint that knows it, the trigger, and the constraint of another table made whole."""

    dependencies: ClassVar = [("payments", "0015_remitted")]
    operations: ClassVar = [
        migrations.RemoveConstraint("bankclosing", "payments_closing_reasoned"),
        migrations.AddField("bankclosing", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "bankclosing",
            models.CheckConstraint(
                condition=models.Q(
                    ("step__in", [1, 2]),
                    models.Q(
                        models.Q(models.Q(("reason", ""), _negated=True), ("destroyed_at__isnull", True)),
                        models.Q(
                            ("destroyed_at__gte", models.F("at")), ("destroyed_at__isnull", False), ("reason", "")
                        ),
                        _connector="OR",
                    ),
                ),
                name="payments_closing_reasoned",
                violation_error_message="Een regel van de bank gaat met een reden van de lijst, door een of twee mensen.",
            ),
        ),
        migrations.RunSQL(CLOSING, NO_CLOSING),
        migrations.RemoveConstraint("paymentfile", "payments_file_hashed"),
        migrations.AddConstraint(
            "paymentfile",
            models.CheckConstraint(
                condition=models.Q(
                    ("digest__regex", "^[0-9a-f]{64}$"),
                    ("lines__gt", 0),
                    models.Q(
                        models.Q(("destroyed_at__isnull", True), ("sealed__regex", "^gAAAA")),
                        models.Q(
                            ("destroyed_at__gte", models.F("made_at")), ("destroyed_at__isnull", False), ("sealed", "")
                        ),
                        _connector="OR",
                    ),
                ),
                name="payments_file_hashed",
                violation_error_message="Een betaalbestand heeft een hash en regels, en wordt versleuteld bewaard.",
            ),
        ),
    ]
