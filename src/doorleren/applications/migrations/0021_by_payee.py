"""The applications that name a payee are found by it: at the end of its retention each account asks for those."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds an index."""

    dependencies = [("applications", "0020_financiers")]

    operations = [
        migrations.AddIndex(
            "application",
            models.Index(
                fields=["payee_kind", "payee_number"],
                condition=models.Q(payee_number__isnull=False),
                name="applications_by_payee",
            ),
        ),
    ]
