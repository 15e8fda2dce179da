"""Whether the payee gave an account itself, kept with the proposal; as that it never changes."""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("doorleren.payments.migrations.0009_name_checks").PAYEE
PAYEE = BEFORE.replace("NEW.name_check)", "NEW.name_check, NEW.by_payee)").replace(
    "OLD.name_check)", "OLD.name_check, OLD.by_payee)"
)
TOLD = """
ALTER TABLE payments_payeeaccount DISABLE TRIGGER payments_payeeaccount_guarded;
UPDATE payments_payeeaccount SET by_payee = true
WHERE reason = 'De ontvanger gaf deze rekening zelf door in het eigen dossier.';
ALTER TABLE payments_payeeaccount ENABLE ALWAYS TRIGGER payments_payeeaccount_guarded;
"""
"""What was given before is known by the reason that was kept with it."""


class Migration(migrations.Migration):
    """Adds a column that is written once."""

    dependencies = [("payments", "0010_advances")]

    operations = [
        migrations.AddField(
            model_name="payeeaccount", name="by_payee", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        migrations.RunSQL(PAYEE, BEFORE),
    ]
