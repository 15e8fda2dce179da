"""An objection against a recovery or a penalty that is upheld: what falls away, and the penalty that takes the place of another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Widens what the database takes; rows that are there stay as they are."""

    dependencies = [
        ("cases", "0006_doubts"),
        ("decisions", "0015_committee"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="objectiondecision",
            name="decisions_objected_outcome",
        ),
        migrations.RemoveConstraint(
            model_name="objectiondecision",
            name="decisions_objected_instead",
        ),
        migrations.RemoveConstraint(
            model_name="recoverystep",
            name="decisions_recoverystep_whole",
        ),
        migrations.AddField(
            model_name="fixedpenalty",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="decisions.fixedpenalty",
            ),
        ),
        migrations.AddField(
            model_name="objectiondecision",
            name="lifted_cents",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="fixedpenalty",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="penalties", to="cases.caseact"
            ),
        ),
        migrations.AddConstraint(
            model_name="fixedpenalty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", True)),
                fields=("notice",),
                name="decisions_penalty_once",
                violation_error_message="Voor deze ingebrekestelling is al een dwangsom vastgesteld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        (
                            "objection_upheld",
                            "objection_partly_upheld",
                            "debt_objection_upheld",
                            "objection_rejected",
                            "objection_inadmissible",
                        ),
                    )
                ),
                name="decisions_objected_outcome",
                violation_error_message="Een bezwaar is gegrond, gedeeltelijk gegrond, ongegrond of niet-ontvankelijk.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("instead__isnull", False), ("outcome__in", ("objection_upheld", "objection_partly_upheld"))
                    ),
                    models.Q(
                        ("decision__isnull", True),
                        ("instead__isnull", False),
                        ("lifted_cents", 0),
                        ("outcome", "debt_objection_upheld"),
                    ),
                    models.Q(
                        ("decision__isnull", True),
                        ("instead__isnull", True),
                        ("lifted_cents__gt", 0),
                        ("outcome", "debt_objection_upheld"),
                    ),
                    models.Q(
                        models.Q(
                            ("outcome__in", ("objection_upheld", "objection_partly_upheld", "debt_objection_upheld")),
                            _negated=True,
                        ),
                        ("decision__isnull", True),
                        ("instead__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="decisions_objected_instead",
                violation_error_message="Bij een gegrond bezwaar komt er een nieuw besluit, en anders niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_cents", 0),
                    models.Q(
                        ("lifted_cents__gt", 0),
                        ("outcome__in", ["objection_upheld", "objection_partly_upheld", "debt_objection_upheld"]),
                    ),
                    _connector="OR",
                ),
                name="decisions_objected_lifted",
                violation_error_message="Een terugvordering vervalt alleen door een gegrond bezwaar.",
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
                    models.Q(
                        ("counted_until__isnull", True), ("pay_by__isnull", True), ("step", "lifted"), ("weighed", True)
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
    ]
