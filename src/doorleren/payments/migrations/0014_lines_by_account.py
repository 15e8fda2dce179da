"""The payments on an account are found by it: at the end of its retention each account asks for its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds an index."""

    dependencies = [("payments", "0013_loans")]

    operations = [
        migrations.AddIndex("paymentline", models.Index(fields=["account"], name="payments_line_account")),
    ]
