"""Widens the article of a refusal: it cites the conditions of the scheme that are not met."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes a column longer; rows that are there stay as they are."""

    dependencies: ClassVar = [("decisions", "0021_ranked_by_hands")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="decision", name="article", field=models.CharField(blank=True, max_length=200)
        ),
    ]
