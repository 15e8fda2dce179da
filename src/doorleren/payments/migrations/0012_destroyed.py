"""What a payee is paid on can be destroyed at the end of its retention, and not before: accounts, and files for the bank.

Each under an act of the record about that very account or file; an account only while no case is kept in which its payee is
paid. The keyed hash, who did what and the moments stay.
"""

from importlib import import_module
from typing import ClassVar

from django.db import migrations, models

BEFORE = import_module("doorleren.payments.migrations.0011_given_by_payee").PAYEE
PAYEE = """
CREATE OR REPLACE FUNCTION payments_payee_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL THEN
        IF (NEW.id, NEW.body_id, NEW.payee_kind, NEW.payee_id, NEW.lookup, NEW.by_payee, NEW.proposed_by_id, NEW.proposed_at)
             = (OLD.id, OLD.body_id, OLD.payee_kind, OLD.payee_id, OLD.lookup, OLD.by_payee, OLD.proposed_by_id, OLD.proposed_at)
            AND (NEW.confirmed_by_id, NEW.confirmed_at, NEW.effective_at, NEW.stopped_by_id, NEW.stopped_at)
                IS NOT DISTINCT FROM
                (OLD.confirmed_by_id, OLD.confirmed_at, OLD.effective_at, OLD.stopped_by_id, OLD.stopped_at)
            AND (OLD.withdrawn_at IS NULL OR NEW.withdrawn_at IS NOT DISTINCT FROM OLD.withdrawn_at)
            AND EXISTS (SELECT FROM audit_act
                        WHERE subject_kind = 'payee_account' AND subject_id = NEW.id::text AND act = 'destroyed')
            AND NOT EXISTS (SELECT FROM payments_paymentline l JOIN cases_case c ON c.id = l.case_id
                            WHERE l.account_id = NEW.id AND c.destroyed_at IS NULL)
            AND NOT EXISTS (SELECT FROM decisions_decision d JOIN cases_case c ON c.id = d.case_id
                            WHERE d.payee_kind = NEW.payee_kind AND d.payee_id = NEW.payee_id
                            AND c.body_id = NEW.body_id AND c.destroyed_at IS NULL) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'Een rekening wordt alleen vernietigd met een handeling in het logboek, en als geen zaak van deze ontvanger meer wordt bewaard.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_payeeaccount_destroyed';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.destroyed_at IS NULL
        AND (NEW.id, NEW.body_id, NEW.payee_kind, NEW.payee_id, NEW.lookup, NEW.sealed, NEW.sealed_name, NEW.reason,
             NEW.proposed_by_id, NEW.proposed_at, NEW.name_check, NEW.by_payee)
          = (OLD.id, OLD.body_id, OLD.payee_kind, OLD.payee_id, OLD.lookup, OLD.sealed, OLD.sealed_name, OLD.reason,
             OLD.proposed_by_id, OLD.proposed_at, OLD.name_check, OLD.by_payee) THEN
        IF OLD.confirmed_at IS NULL AND OLD.withdrawn_at IS NULL AND NEW.stopped_at IS NULL THEN
            RETURN NEW;
        END IF;
        IF OLD.confirmed_at IS NOT NULL AND OLD.stopped_at IS NULL AND NEW.stopped_at IS NOT NULL
            AND (NEW.confirmed_by_id, NEW.confirmed_at, NEW.effective_at) = (OLD.confirmed_by_id, OLD.confirmed_at, OLD.effective_at)
            AND NEW.withdrawn_at IS NULL THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Een voorstel voor een rekening wordt alleen bevestigd of ingetrokken, en daarna alleen gestopt: % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_payeeaccount_guarded';
END $$;
"""
FILE = """
CREATE FUNCTION payments_file_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL
        AND (NEW.run_id, NEW.digest, NEW.lines, NEW.cents, NEW.made_at)
          = (OLD.run_id, OLD.digest, OLD.lines, OLD.cents, OLD.made_at)
        AND EXISTS (SELECT FROM audit_act
                    WHERE subject_kind = 'payment_file' AND subject_id = NEW.run_id::text AND act = 'destroyed') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Een betaalbestand verandert niet: het wordt alleen vernietigd, met een handeling in het logboek. % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_paymentfile_guarded';
END $$;
DROP TRIGGER payments_paymentfile_insert_only ON payments_paymentfile;
CREATE TRIGGER payments_paymentfile_guarded BEFORE UPDATE OR DELETE ON payments_paymentfile
    FOR EACH ROW EXECUTE FUNCTION payments_file_guarded();
ALTER TABLE payments_paymentfile ENABLE ALWAYS TRIGGER payments_paymentfile_guarded;
"""
NO_FILE = """
DROP TRIGGER payments_paymentfile_guarded ON payments_paymentfile;
DROP FUNCTION payments_file_guarded();
CREATE TRIGGER payments_paymentfile_insert_only BEFORE UPDATE OR DELETE ON payments_paymentfile
    FOR EACH STATEMENT EXECUTE FUNCTION payments_insert_only();
ALTER TABLE payments_paymentfile ENABLE ALWAYS TRIGGER payments_paymentfile_insert_only;
"""
GONE = ("destroyed_at__isnull", False)


def _constraint(model: str, name: str, condition: models.Q, sentence: str) -> migrations.AddConstraint:
    return migrations.AddConstraint(
        model, models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)
    )


class Migration(migrations.Migration):
    """Two columns, the constraints that know them, and the triggers."""

    dependencies: ClassVar = [("payments", "0011_given_by_payee")]
    operations: ClassVar = [
        migrations.RemoveConstraint("payeeaccount", "payments_payee_sealed"),
        migrations.RemoveConstraint("payeeaccount", "payments_payee_named"),
        migrations.RemoveConstraint("payeeaccount", "payments_payee_stopped_in_time"),
        migrations.RemoveConstraint("paymentfile", "payments_file_hashed"),
        migrations.AddField("payeeaccount", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AddField("paymentfile", "destroyed_at", models.DateTimeField(null=True)),
        _constraint(
            "payeeaccount", "payments_payee_sealed",
            models.Q(
                models.Q(
                    ("sealed__regex", "^gAAAA[A-Za-z0-9_=-]{95,}$"), ("sealed_name__regex", "^gAAAA[A-Za-z0-9_=-]{95,}$")
                ),
                GONE, _connector="OR",
            ),
            "Een rekeningnummer en de naam erbij worden alleen versleuteld bewaard.",
        ),
        _constraint(
            "payeeaccount", "payments_payee_named",
            models.Q(
                ("payee_kind__regex", "^[a-z][a-z0-9_]*$"), models.Q(("payee_id", ""), _negated=True),
                models.Q(models.Q(("reason", ""), _negated=True), GONE, _connector="OR"),
            ),
            "Een rekening is van iemand, en het voorstel heeft een reden.",
        ),
        _constraint(
            "payeeaccount", "payments_payee_stopped_in_time",
            models.Q(
                models.Q(("stop_reason", ""), ("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                models.Q(
                    ("stopped_at__gte", models.F("confirmed_at")), ("stopped_at__lt", models.F("effective_at")),
                    ("stopped_by__isnull", False),
                    models.Q(models.Q(("stop_reason", ""), _negated=True), GONE, _connector="OR"),
                ),
                _connector="OR",
            ),
            "Een rekening wordt alleen gestopt voordat zij in gebruik is, door iemand, met een reden.",
        ),
        _constraint(
            "payeeaccount", "payments_payee_destroyed_whole",
            models.Q(
                ("destroyed_at__isnull", True),
                models.Q(
                    ("destroyed_at__gte", models.F("proposed_at")), ("name_check", "absent"), ("reason", ""), ("sealed", ""),
                    ("sealed_name", ""), ("stop_reason", ""),
                    models.Q(("confirmed_at__isnull", False), ("withdrawn_at__isnull", False), _connector="OR"),
                ),
                _connector="OR",
            ),
            "Van een vernietigde rekening blijft alleen de gesleutelde hash, en zij wacht op niemand.",
        ),
        _constraint(
            "paymentfile", "payments_file_hashed",
            models.Q(
                ("digest__regex", "^[0-9a-f]{64}$"), ("lines__gt", 0),
                models.Q(
                    models.Q(("destroyed_at__isnull", True), ("sealed__regex", "^gAAAA")),
                    models.Q(("destroyed_at__gte", models.F("made_at")), ("sealed", "")),
                    _connector="OR",
                ),
            ),
            "Een betaalbestand heeft een hash en regels, en wordt versleuteld bewaard.",
        ),
        migrations.RunSQL(PAYEE, BEFORE),
        migrations.RunSQL(FILE, NO_FILE),
    ]  # fmt: skip
