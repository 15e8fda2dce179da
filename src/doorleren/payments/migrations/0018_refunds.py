"""What was paid too much to us is owed back as a subject of its own; three more events of loans and receipts."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Widens what the database takes; rows that are there stay as they are."""

    dependencies: ClassVar = [
        ("cases", "0016_refunded"),
        ("payments", "0017_half_rows"),
        ("rounds", "0014_packages"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="paymentline",
            name="payments_line_what",
        ),
        migrations.RemoveConstraint(
            model_name="transaction",
            name="payments_transaction_act_known",
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ("case", "penalty", "refund"))),
                name="payments_line_what",
                violation_error_message="Een betaling is van een subsidie, van een dwangsom of van wat te veel aan ons is betaald.",
            ),
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
                            "charge_loan_interest",
                            "confirm_payment",
                            "drop_loan_interest",
                            "fail_payment",
                            "grant",
                            "grant_above_ceiling",
                            "grant_advance",
                            "grant_partly",
                            "lend",
                            "lend_advanced",
                            "lift_costs",
                            "lift_interest",
                            "lift_recovery",
                            "lift_write_off",
                            "order_payment",
                            "owe_again",
                            "owe_penalty",
                            "owe_refund",
                            "pay_by_set_off",
                            "pay_outside",
                            "receive",
                            "receive_by_set_off",
                            "receive_undue",
                            "recover",
                            "refund",
                            "release_reservation",
                            "remit",
                            "repay",
                            "repay_again",
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
    ]
