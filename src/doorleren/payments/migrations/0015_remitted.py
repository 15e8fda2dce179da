"""What is remitted of a loan in the ledger: an account, and the event that books on it."""

from django.db import migrations, models

KINDS = [
    "above_ceiling", "advance", "available", "ceiling", "costs", "expense", "in_transit", "interest", "loan", "loan_interest",
    "obligation", "paid", "payable", "penalty", "received", "recoverable", "released", "remitted", "repaid", "reserved", "set_off_paid",
    "set_off_received", "settled", "suspense", "undue", "written_off",
]  # fmt: skip
EVENTS = [
    "amend_down", "amend_up", "charge_costs", "charge_interest", "charge_loan_interest", "confirm_payment", "fail_payment",
    "grant", "grant_above_ceiling", "grant_advance", "grant_partly", "lend", "lend_advanced", "lift_costs", "lift_interest",
    "lift_recovery", "lift_write_off", "order_payment", "owe_again", "owe_penalty", "pay_by_set_off", "pay_outside", "receive",
    "receive_by_set_off", "recover", "release_reservation", "remit", "repay", "reserve", "restore", "return_payment", "set_ceiling",
    "set_off", "settle", "settle_anew", "write_off",
]  # fmt: skip


def _again(model: str, name: str, condition: models.Q, words: str) -> list[migrations.operations.base.Operation]:
    constraint = models.CheckConstraint(condition=condition, name=name, violation_error_message=words)
    return [
        migrations.RemoveConstraint(model_name=model, name=name),
        migrations.AddConstraint(model_name=model, constraint=constraint),
    ]


class Migration(migrations.Migration):
    """Widens what the database takes; rows that are there stay as they are."""

    dependencies = [("payments", "0014_lines_by_account")]

    operations = [
        *_again(
            "account", "payments_account_kind_known", models.Q(("kind__in", KINDS)), "Dit soort rekening bestaat niet."
        ),
        *_again(
            "transaction",
            "payments_transaction_act_known",
            models.Q(("act__in", EVENTS)),
            "Deze gebeurtenis bestaat niet.",
        ),
    ]
