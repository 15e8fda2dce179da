"""What cannot be asked back any more; each thing that is owed in a case on a line of a run of its own; and why a case was left out of a run."""

import django.db.models.deletion
from django.db import migrations, models

LEFT_OUT = "payments_leftout"

KINDS = [
    "above_ceiling", "advance", "available", "ceiling", "costs", "expense", "in_transit", "interest", "kept", "loan",
    "loan_interest", "obligation", "paid", "payable", "penalty", "received", "recoverable", "released", "remitted",
    "repaid", "reserved", "set_off_paid", "set_off_received", "settled", "suspense", "undue", "written_off",
]  # fmt: skip
EVENTS = [
    "amend_down", "amend_up", "charge_costs", "charge_interest", "charge_loan_interest", "confirm_payment",
    "drop_loan_interest", "fail_payment", "grant", "grant_above_ceiling", "grant_advance", "grant_partly", "lend",
    "lend_advanced", "let_keep", "lift_costs", "lift_interest", "lift_recovery", "lift_write_off", "order_payment",
    "owe_again", "owe_penalty", "owe_refund", "pay_by_set_off", "pay_outside", "receive", "receive_by_set_off",
    "receive_undue", "recover", "refund", "release_reservation", "remit", "remit_again", "repay", "repay_again", "reserve", "restore",
    "return_payment", "set_ceiling", "set_off", "settle", "settle_anew", "write_off",
]  # fmt: skip


def _again(model: str, name: str, constraint: models.BaseConstraint) -> list[migrations.operations.base.Operation]:
    return [
        migrations.RemoveConstraint(model_name=model, name=name),
        migrations.AddConstraint(model_name=model, constraint=constraint),
    ]


def _known(
    model: str, name: str, field: str, known: list[str], words: str
) -> list[migrations.operations.base.Operation]:
    condition = models.Q((f"{field}__in", known))
    return _again(model, name, models.CheckConstraint(condition=condition, name=name, violation_error_message=words))


def _trigger(name: str, when: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {LEFT_OUT}_{name} BEFORE {when} ON {LEFT_OUT} FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        f"ALTER TABLE {LEFT_OUT} ENABLE ALWAYS TRIGGER {LEFT_OUT}_{name};",
        f"DROP TRIGGER {LEFT_OUT}_{name} ON {LEFT_OUT};",
    )


def _of_another(model: str) -> models.ForeignKey[models.Model]:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model)


class Migration(migrations.Migration):
    """Widens what the database takes, and adds a table with its triggers; rows that are there stay as they are."""

    dependencies = [("cases", "0016_refunded"), ("people", "__first__"), ("payments", "0018_refunds")]

    operations = [
        *_known("account", "payments_account_kind_known", "kind", KINDS, "Dit soort rekening bestaat niet."),
        *_known("transaction", "payments_transaction_act_known", "act", EVENTS, "Deze gebeurtenis bestaat niet."),
        *_again(
            "paymentline",
            "payments_line_once",
            models.UniqueConstraint(
                fields=["run", "case", "what"],
                name="payments_line_once",
                violation_error_message="Dit staat al in de betaalrun.",
            ),
        ),
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("content", models.BinaryField()),
                ("by", _of_another("people.person")),
                ("case", _of_another("cases.case")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="left_out",
                        to="payments.paymentrun",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="leftout",
            constraint=models.UniqueConstraint(
                fields=["run", "case"],
                name="payments_leftout_once",
                violation_error_message="Deze zaak is al uit deze betaalrun gelaten.",
            ),
        ),
        _trigger("insert_only", "UPDATE OR DELETE", "payments_insert_only"),
        _trigger("stays", "TRUNCATE", "payments_stays"),
    ]
