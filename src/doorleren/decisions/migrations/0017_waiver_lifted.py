"""What was given up of a recovery falls away with it: how much of it, on the step by which the recovery fell away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Widens what the database takes; rows that are there stay as they are."""

    dependencies = [
        ("decisions", "0016_doubts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="recoverystep",
            name="decisions_recoverystep_cents",
        ),
        migrations.AddField(
            model_name="recoverystep",
            name="waived_cents",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cents__gt", 0),
                    models.Q(("cents", 0), ("step", "lifted"), ("waived_cents__gt", 0)),
                    _connector="OR",
                ),
                name="decisions_recoverystep_cents",
                violation_error_message="Een stap na een terugvordering gaat over een bedrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("waived_cents", 0),
                    models.Q(("step", "lifted"), ("waived_cents__gt", 0)),
                    _connector="OR",
                ),
                name="decisions_recoverystep_waived",
                violation_error_message="Wat was kwijtgescholden, vervalt alleen samen met de terugvordering.",
            ),
        ),
    ]
