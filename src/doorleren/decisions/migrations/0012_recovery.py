"""Recovery and the penalty for a late decision."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

TABLES = ("decisions_recovery", "decisions_recoverystep", "decisions_fixedpenalty")


def _kept(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION decisions_insert_only();",
        f"DROP TRIGGER {table}_kept ON {table};",
    )


class Migration(migrations.Migration):
    """Adds the tables and a trigger per table that keeps it insert-only."""

    dependencies = [
        ("decisions", "0011_delivery"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("paid_cents", models.BigIntegerField()),
                ("due_cents", models.BigIntegerField()),
                ("cents", models.BigIntegerField()),
                ("weighed", models.BooleanField()),
                ("instalments", models.IntegerField(default=1)),
                ("pay_by", models.DateField()),
                ("content", models.BinaryField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recovery", to="cases.caseact"
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recoveries", to="cases.caseact"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RecoveryStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=10)),
                ("cents", models.BigIntegerField()),
                ("weighed", models.BooleanField()),
                ("pay_by", models.DateField(null=True)),
                ("content", models.BinaryField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recovery_step", to="cases.caseact"
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="decisions.recovery"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FixedPenalty",
            fields=[
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="penalty",
                        serialize=False,
                        to="cases.caseact",
                    ),
                ),
                ("first_on", models.DateField()),
                ("last_on", models.DateField(null=True)),
                ("days", models.IntegerField()),
                ("cents", models.BigIntegerField()),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="penalty_of", to="cases.caseact"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cents", 0), ("days", 0), ("last_on__isnull", True)),
                            models.Q(("cents__gt", 0), ("days__gt", 0), ("last_on__gte", models.F("first_on"))),
                            _connector="OR",
                        ),
                        name="decisions_penalty_days",
                        violation_error_message="Een dwangsom loopt over dagen, of er is er geen.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                fields=("case", "number"),
                name="decisions_recovery_once",
                violation_error_message="Deze terugvordering is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                fields=("basis",),
                name="decisions_recovery_one_of_a_basis",
                violation_error_message="Op grond van dit besluit is al teruggevorderd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cents__gt", 0),
                    ("due_cents__gte", 0),
                    (
                        "paid_cents__gte",
                        django.db.models.expressions.CombinedExpression(models.F("due_cents"), "+", models.F("cents")),
                    ),
                ),
                name="decisions_recovery_cents",
                violation_error_message="Terug komt hoogstens wat er te veel is betaald.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(("weighed", True)),
                name="decisions_recovery_weighed",
                violation_error_message="Wie terugvordert, weegt de belangen af (Awb artikel 3:4).",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(("instalments__gte", 1), ("instalments__lte", 60)),
                name="decisions_recovery_instalments",
                violation_error_message="Terugbetalen kan in 1 tot 60 delen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pay_by__isnull", False), ("step", "reminded")),
                    models.Q(("pay_by__isnull", True), ("step", "waived"), ("weighed", True)),
                    _connector="OR",
                ),
                name="decisions_recoverystep_whole",
                violation_error_message="Een herinnering heeft een dag; wie afziet van geld, weegt de belangen af.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0)),
                name="decisions_recoverystep_cents",
                violation_error_message="Een herinnering of kwijtschelding gaat over een bedrag.",
            ),
        ),
        *(_kept(table) for table in TABLES),
    ]
