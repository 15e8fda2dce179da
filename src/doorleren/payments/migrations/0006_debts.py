"""Accounts and events of claims and penalties, money that came in for a case, and payments of a penalty."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    "above_ceiling", "advance", "available", "ceiling", "costs", "expense", "in_transit", "interest", "obligation", "paid", "payable",
    "penalty", "received", "recoverable", "released", "reserved", "set_off_paid", "set_off_received", "settled", "suspense", "undue",
    "written_off",
]  # fmt: skip
EVENTS = [
    "amend_down", "amend_up", "charge_costs", "charge_interest", "confirm_payment", "fail_payment", "grant", "grant_above_ceiling",
    "grant_advance", "grant_partly", "order_payment", "owe_again", "owe_penalty", "pay_by_set_off", "receive", "receive_by_set_off",
    "recover", "release_reservation", "reserve", "return_payment", "set_ceiling", "set_off", "settle", "settle_anew", "write_off",
]  # fmt: skip
OUTCOMES = ("matched", "already", "noted", "received", "unknown", "differs", "contradicts", "act_refused")


def _again(model: str, name: str, condition: models.Q, sentence: str) -> list[migrations.operations.base.Operation]:
    constraint = models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)
    return [
        migrations.RemoveConstraint(model_name=model, name=name),
        migrations.AddConstraint(model_name=model, constraint=constraint),
    ]


class Migration(migrations.Migration):
    """Widens what the database takes; rows that are there stay as they are."""

    dependencies = [
        ("cases", "0004_messages"),
        ("decisions", "0013_debts"),
        ("payments", "0003_runs"),
    ]

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
        migrations.AddField(
            model_name="bankentry", name="reference", field=models.CharField(blank=True, default="", max_length=8)
        ),
        migrations.AddField(
            model_name="bankanswer",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="paymentline", name="what", field=models.CharField(default="case", max_length=10)
        ),
        *_again(
            "bankentry",
            "payments_entry_says",
            models.Q(
                ("number__gt", 0), ("says__in", ("booked", "rejected", "returned", "pending", "received", "other"))
            ),
            "Een regel van de bank zegt wat er met een betaling is gebeurd.",
        ),
        migrations.AddConstraint(
            model_name="bankentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reference", ""),
                    models.Q(
                        (
                            "reference__regex",
                            "^[23456789BCDFGHJKLMNPQRSTVWXYZ]{3}-[23456789BCDFGHJKLMNPQRSTVWXYZ]{4}$",
                        ),
                        ("says", "received"),
                    ),
                    _connector="OR",
                ),
                name="payments_entry_reference",
                violation_error_message="Alleen wat binnenkwam, noemt het kenmerk van een zaak.",
            ),
        ),
        *_again(
            "bankanswer",
            "payments_answer_known",
            models.Q(("outcome__in", OUTCOMES)),
            "Dit kan niet van een regel van de bank worden gemaakt.",
        ),
        *_again(
            "bankanswer",
            "payments_answer_of_a_payment",
            models.Q(
                models.Q(("line__isnull", True), ("outcome__in", ["unknown", "received"])),
                models.Q(("case__isnull", False), ("line__isnull", True), ("outcome", "already")),
                models.Q(models.Q(("outcome__in", ["unknown", "received"]), _negated=True), ("line__isnull", False)),
                _connector="OR",
            ),
            "Alleen wat onbekend is of binnenkwam, hoort bij geen betaling.",
        ),
        migrations.AddConstraint(
            model_name="bankanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("outcome", "received")),
                    models.Q(("line__isnull", True), ("outcome", "already")),
                    models.Q(models.Q(("outcome", "received"), _negated=True), ("case__isnull", True)),
                    _connector="OR",
                ),
                name="payments_answer_of_a_case",
                violation_error_message="Wat binnenkwam, hoort bij een zaak.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ("case", "penalty"))),
                name="payments_line_what",
                violation_error_message="Een betaling is van een subsidie of van een dwangsom.",
            ),
        ),
    ]
