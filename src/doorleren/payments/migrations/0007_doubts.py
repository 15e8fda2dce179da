"""Stopping an account before it is in use, closing an entry of the bank, and no real payment among those of a rehearsal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PAYEE = """
CREATE OR REPLACE FUNCTION payments_payee_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.body_id, NEW.payee_kind, NEW.payee_id, NEW.lookup, NEW.sealed, NEW.sealed_name, NEW.reason,
             NEW.proposed_by_id, NEW.proposed_at)
          = (OLD.id, OLD.body_id, OLD.payee_kind, OLD.payee_id, OLD.lookup, OLD.sealed, OLD.sealed_name, OLD.reason,
             OLD.proposed_by_id, OLD.proposed_at) THEN
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
LINE = """
CREATE OR REPLACE FUNCTION payments_line_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    practised boolean;
BEGIN
    IF EXISTS (SELECT FROM payments_paymentrun r WHERE r.id = NEW.run_id
               AND (r.released_at IS NOT NULL OR r.withdrawn_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'Aan een betaalrun die is vrijgegeven of ingetrokken, komt niets meer bij.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_line_before_the_end';
    END IF;
    IF EXISTS (SELECT FROM payments_paymentline l JOIN payments_paymentrun r ON r.id = l.run_id
               WHERE l.case_id = NEW.case_id AND l.run_id <> NEW.run_id
               AND r.released_at IS NULL AND r.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION 'Deze zaak staat al in een betaalrun die wacht.'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'payments_line_one_waits';
    END IF;
    practised := coalesce(
        (SELECT rehearsal FROM rounds_round WHERE id = NEW.round_id),
        (SELECT r.rehearsal FROM cases_case c
         JOIN applications_application a ON a.id = CASE
             WHEN c.subject_kind = 'application' AND c.subject_id ~ '^[0-9]{1,18}$' THEN c.subject_id::bigint END
         JOIN rounds_round r ON r.id = a.round_id WHERE c.id = NEW.case_id),
        false);
    IF practised <> (SELECT rehearsal FROM payments_paymentrun WHERE id = NEW.run_id) THEN
        RAISE EXCEPTION 'Een oefening en een echte betaling staan nooit in dezelfde betaalrun.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_line_not_mixed';
    END IF;
    RETURN NEW;
END $$;
"""


def _trigger(name: str, when: str, function: str) -> migrations.RunSQL:
    table = "payments_bankclosing"
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name};",
        f"DROP TRIGGER {table}_{name} ON {table};",
    )


class Migration(migrations.Migration):
    """Widens what an account may become, adds a table, and narrows what a line may be."""

    dependencies = [
        ("applications", "0001_first"),
        ("payments", "0006_debts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="payeeaccount",
            name="stop_reason",
            field=models.CharField(blank=True, default="", max_length=1000),
        ),
        migrations.AddField(model_name="payeeaccount", name="stopped_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="payeeaccount",
            name="stopped_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stop_reason", ""), ("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                    models.Q(
                        ("stopped_at__gte", models.F("confirmed_at")),
                        ("stopped_at__lt", models.F("effective_at")),
                        ("stopped_by__isnull", False),
                        models.Q(("stop_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payments_payee_stopped_in_time",
                violation_error_message="Een rekening wordt alleen gestopt voordat zij in gebruik is, door iemand, met een reden.",
            ),
        ),
        migrations.CreateModel(
            name="BankClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.SmallIntegerField()),
                ("reason", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="payments.bankanswer",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="bankclosing",
            constraint=models.UniqueConstraint(
                fields=("answer", "step"),
                name="payments_closing_once",
                violation_error_message="Dit is bij deze regel al gedaan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankclosing",
            constraint=models.UniqueConstraint(
                fields=("answer", "by"),
                name="payments_closing_two_people",
                violation_error_message="Wie een regel als eerste bekeek, is niet ook de tweede.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", [1, 2]), models.Q(("reason", ""), _negated=True)),
                name="payments_closing_reasoned",
                violation_error_message="Een regel van de bank gaat met een reden van de lijst, door een of twee mensen.",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="transaction",
            name="payments_transaction_act_known",
        ),
        migrations.AddConstraint(
            model_name="transaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "amend_down",
                            "amend_up",
                            "charge_costs",
                            "charge_interest",
                            "confirm_payment",
                            "fail_payment",
                            "grant",
                            "grant_above_ceiling",
                            "grant_advance",
                            "grant_partly",
                            "lift_costs",
                            "lift_interest",
                            "lift_recovery",
                            "order_payment",
                            "owe_again",
                            "owe_penalty",
                            "pay_by_set_off",
                            "pay_outside",
                            "receive",
                            "receive_by_set_off",
                            "recover",
                            "release_reservation",
                            "reserve",
                            "restore",
                            "return_payment",
                            "set_ceiling",
                            "set_off",
                            "settle",
                            "settle_anew",
                            "write_off",
                        ],
                    )
                ),
                name="payments_transaction_act_known",
                violation_error_message="Deze gebeurtenis bestaat niet.",
            ),
        ),
        migrations.RunSQL(PAYEE, migrations.RunSQL.noop),
        migrations.RunSQL(LINE, migrations.RunSQL.noop),
        _trigger("insert_only", "UPDATE OR DELETE", "payments_insert_only"),
        _trigger("stays", "TRUNCATE", "payments_stays"),
    ]
