"""An event of the ledger: what was given up of a recovery falls away with it."""

from django.db import migrations, models

EVENTS = [
    "amend_down", "amend_up", "charge_costs", "charge_interest", "confirm_payment", "fail_payment", "grant", "grant_above_ceiling",
    "grant_advance", "grant_partly", "lift_costs", "lift_interest", "lift_recovery", "lift_write_off", "order_payment", "owe_again",
    "owe_penalty", "pay_by_set_off", "pay_outside", "receive", "receive_by_set_off", "recover", "release_reservation", "reserve",
    "restore", "return_payment", "set_ceiling", "set_off", "settle", "settle_anew", "write_off",
]  # fmt: skip


class Migration(migrations.Migration):
    """Widens what the database takes; rows that are there stay as they are."""

    dependencies = [
        ("decisions", "0017_waiver_lifted"),
        ("payments", "0007_doubts"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="transaction", name="payments_transaction_act_known"),
        migrations.AddConstraint(
            model_name="transaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", EVENTS)),
                name="payments_transaction_act_known",
                violation_error_message="Deze gebeurtenis bestaat niet.",
            ),
        ),
    ]
