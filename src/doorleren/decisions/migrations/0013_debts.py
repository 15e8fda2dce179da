"""Collecting what is recovered (fees, deferral, interest, writ, set-off), and who pays what of the cost of a grant."""

import django.db.models.deletion
from django.db import migrations, models

SHARES = "decisions_costshare"


class Migration(migrations.Migration):
    """Adds columns and constraints to the steps after a recovery, and the table of shares with its insert-only trigger."""

    dependencies = [
        ("cases", "0004_messages"),
        ("decisions", "0012_recovery"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="recoverystep", name="decisions_recoverystep_whole"),
        migrations.RemoveConstraint(model_name="recoverystep", name="decisions_recoverystep_cents"),
        migrations.AddField(model_name="recoverystep", name="fee_cents", field=models.BigIntegerField(default=0)),
        migrations.AddField(model_name="recoverystep", name="instalments", field=models.IntegerField(null=True)),
        migrations.AddField(model_name="recoverystep", name="interest_free", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="recoverystep", name="counted_until", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="recoverystep",
            name="against",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counted_until__isnull", True), ("pay_by__isnull", False), ("step", "reminded")),
                    models.Q(
                        ("counted_until__isnull", True), ("pay_by__isnull", True), ("step", "waived"), ("weighed", True)
                    ),
                    models.Q(("counted_until__isnull", True), ("pay_by__isnull", False), ("step", "deferred")),
                    models.Q(("counted_until__isnull", False), ("pay_by__isnull", False), ("step", "interest")),
                    models.Q(
                        ("counted_until__isnull", True), ("pay_by__isnull", True), ("step__in", ["writ", "set_off"])
                    ),
                    _connector="OR",
                ),
                name="decisions_recoverystep_whole",
                violation_error_message="Een herinnering heeft een dag; wie afziet van geld, weegt de belangen af; rente is tot een dag geteld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0)),
                name="decisions_recoverystep_cents",
                violation_error_message="Een stap na een terugvordering gaat over een bedrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fee_cents", 0), models.Q(("fee_cents__gt", 0), ("step", "reminded")), _connector="OR"
                ),
                name="decisions_recoverystep_fee",
                violation_error_message="Alleen een herinnering kan kosten hebben.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("instalments__gte", 1), ("instalments__lte", 60), ("step", "deferred")),
                    models.Q(
                        models.Q(("step", "deferred"), _negated=True),
                        ("instalments__isnull", True),
                        ("interest_free", False),
                    ),
                    _connector="OR",
                ),
                name="decisions_recoverystep_instalments",
                violation_error_message="Terugbetalen kan later in 1 tot 60 delen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("against__isnull", False), ("step", "set_off")),
                    models.Q(models.Q(("step", "set_off"), _negated=True), ("against__isnull", True)),
                    _connector="OR",
                ),
                name="decisions_recoverystep_against",
                violation_error_message="Een verrekening noemt de zaak waarin nog moet worden betaald.",
            ),
        ),
        migrations.CreateModel(
            name="CostShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("payer", models.CharField(max_length=20)),
                ("cents", models.BigIntegerField()),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_shares",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="costshare",
            constraint=models.UniqueConstraint(
                fields=("decision", "payer"),
                name="decisions_share_once",
                violation_error_message="Elke soort betaler staat er één keer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="costshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cents__gte", 0),
                    (
                        "payer__in",
                        ("government", "other_public", "employer", "provider", "fund", "participant", "other"),
                    ),
                ),
                name="decisions_share_known",
                violation_error_message="Een aandeel is van een bekende soort betaler, en nul of meer.",
            ),
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER {SHARES}_kept BEFORE UPDATE OR DELETE ON {SHARES} "
            "FOR EACH STATEMENT EXECUTE FUNCTION decisions_insert_only();",
            f"DROP TRIGGER {SHARES}_kept ON {SHARES};",
        ),
    ]
