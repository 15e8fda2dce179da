"""Applications are found by for whom they are, as what somebody was granted before is looked up at every decision that counts it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("applications", "0023_half_rows")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("beneficiary_number__isnull", False)),
                fields=["beneficiary_kind", "beneficiary_number"],
                name="applications_by_beneficiary",
            ),
        ),
    ]
