"""The decisions that pay somebody are found by the payee: at the end of its retention each account asks for those."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds an index."""

    dependencies = [("decisions", "0022_article")]

    operations = [
        migrations.AddIndex(
            "decision",
            models.Index(
                fields=["payee_kind", "payee_id"], condition=~models.Q(payee_id=""), name="decisions_by_payee"
            ),
        ),
    ]
