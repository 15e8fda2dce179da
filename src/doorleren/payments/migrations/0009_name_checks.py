"""What a service said of the name with an account, kept with the proposal; as that it never changes."""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("doorleren.payments.migrations.0007_doubts").PAYEE
PAYEE = BEFORE.replace("NEW.proposed_at)", "NEW.proposed_at, NEW.name_check)").replace(
    "OLD.proposed_at)", "OLD.proposed_at, OLD.name_check)"
)


class Migration(migrations.Migration):
    """Adds a column that is written once."""

    dependencies = [("payments", "0008_waiver_lifted")]

    operations = [
        migrations.AddField(
            model_name="payeeaccount",
            name="name_check",
            field=models.CharField(db_default="absent", default="absent", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="payeeaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("name_check__in", ("absent", "match", "close", "no_match", "unknown", "failed"))),
                name="payments_payee_name_check_known",
                violation_error_message="Deze uitkomst van een naamcontrole bestaat niet.",
            ),
        ),
        migrations.RunSQL(PAYEE, BEFORE),
    ]
