"""The ledger and the bank accounts of payees, as tables. What guards them is in 0002."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the tables."""

    initial = True

    dependencies = [
        ("people", "0002_body_address"),
        ("rounds", "0004_withdrawals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PayeeAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("payee_kind", models.CharField(max_length=40)),
                ("payee_id", models.CharField(max_length=64)),
                ("lookup", models.CharField(max_length=64)),
                ("sealed", models.TextField()),
                ("sealed_name", models.TextField()),
                ("reason", models.CharField(max_length=1000)),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("effective_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body"),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PayeeNotice",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="notice",
                        serialize=False,
                        to="payments.payeeaccount",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Transaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.CharField(max_length=64)),
                ("turn", models.IntegerField()),
                ("act", models.CharField(max_length=40)),
                ("cents", models.BigIntegerField()),
                ("key", models.CharField(max_length=100)),
                ("lines", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
                ("by_kind", models.CharField(max_length=40)),
                ("by_id", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key",),
                        name="payments_transaction_once",
                        violation_error_message="Deze gebeurtenis is al geboekt.",
                    ),
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "turn"),
                        name="payments_transaction_turn_once",
                        violation_error_message="Er is intussen iets anders geboekt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turn__gt", 0)),
                        name="payments_transaction_turn",
                        violation_error_message="De eerste boeking is 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "act__in",
                                [
                                    "amend_down",
                                    "amend_up",
                                    "charge_interest",
                                    "confirm_payment",
                                    "fail_payment",
                                    "grant",
                                    "grant_above_ceiling",
                                    "grant_advance",
                                    "grant_partly",
                                    "order_payment",
                                    "owe_again",
                                    "receive",
                                    "recover",
                                    "release_reservation",
                                    "reserve",
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
                    models.CheckConstraint(
                        condition=models.Q(("cents__gte", 0)),
                        name="payments_transaction_cents",
                        violation_error_message="Een bedrag is 0 of meer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lines__gte", 2), ("lines__lte", 20)),
                        name="payments_transaction_lines",
                        violation_error_message="Een boeking heeft van 2 tot en met 20 regels.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_kind__regex", "^[a-z][a-z0-9_]*$"),
                            ("subject_kind__regex", "^[a-z][a-z0-9_]*$"),
                            models.Q(("subject_id", ""), _negated=True),
                            models.Q(("key", ""), _negated=True),
                        ),
                        name="payments_transaction_named",
                        violation_error_message="Een boeking zegt waarover zij gaat, van wie zij is en waardoor zij komt.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "transaction_id", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("line", models.SmallIntegerField()),
                ("lines", models.SmallIntegerField()),
                ("cents", models.BigIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="payments.account"
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="payments.transaction",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                fields=("body", "round", "kind"),
                name="payments_account_once",
                nulls_distinct=False,
                violation_error_message="Deze rekening is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "above_ceiling",
                            "advance",
                            "available",
                            "ceiling",
                            "expense",
                            "in_transit",
                            "interest",
                            "obligation",
                            "paid",
                            "payable",
                            "received",
                            "recoverable",
                            "released",
                            "reserved",
                            "settled",
                            "suspense",
                            "undue",
                            "written_off",
                        ],
                    )
                ),
                name="payments_account_kind_known",
                violation_error_message="Dit soort rekening bestaat niet.",
            ),
        ),
        migrations.AddField(
            model_name="payeenotice",
            name="replaces",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payeeaccount"
            ),
        ),
        migrations.AddIndex(
            model_name="payeeaccount",
            index=models.Index(
                fields=["body", "payee_kind", "payee_id", "effective_at"], name="payments_payee_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("lookup__regex", "^[0-9a-f]{64}$")),
                name="payments_payee_hashed",
                violation_error_message="Een rekeningnummer wordt alleen als gesleutelde hash gezocht.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sealed__regex", "^gAAAA[A-Za-z0-9_=-]{95,}$"),
                    ("sealed_name__regex", "^gAAAA[A-Za-z0-9_=-]{95,}$"),
                ),
                name="payments_payee_sealed",
                violation_error_message="Een rekeningnummer en de naam erbij worden alleen versleuteld bewaard.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payee_kind__regex", "^[a-z][a-z0-9_]*$"),
                    models.Q(("payee_id", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                ),
                name="payments_payee_named",
                violation_error_message="Een rekening is van iemand, en het voorstel heeft een reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="payments_payee_two_people",
                violation_error_message="Wie een rekening voorstelt, bevestigt haar niet zelf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_at__isnull", True), ("confirmed_by__isnull", True), ("effective_at__isnull", True)
                    ),
                    models.Q(
                        ("confirmed_at__gte", models.F("proposed_at")),
                        ("confirmed_by__isnull", False),
                        ("effective_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="payments_payee_confirmed_whole",
                violation_error_message="Een bevestiging heeft een persoon, een moment en een ingang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_at__isnull", True),
                    (
                        "effective_at__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("confirmed_at"), "+", models.Value(datetime.timedelta(days=2))
                        ),
                    ),
                    _connector="OR",
                ),
                name="payments_payee_waits",
                violation_error_message="Een rekening is pas 48 uur na de bevestiging in gebruik.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                name="payments_payee_one_end",
                violation_error_message="Een voorstel is bevestigd of ingetrokken, niet allebei.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("body", "payee_kind", "payee_id"),
                name="payments_payee_one_waits",
                violation_error_message="Er wacht al een voorstel voor een rekening van deze ontvanger.",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents", 0), _negated=True),
                name="payments_posting_not_zero",
                violation_error_message="Een regel van een boeking heeft een bedrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("line__gte", 1), ("line__lte", models.F("lines"))),
                name="payments_posting_in_its_place",
                violation_error_message="Deze boeking heeft niet zoveel regels.",
            ),
        ),
    ]
