"""Finds the letters of which an attempt failed without reading those that went out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_insert_only")]

    operations = [
        migrations.AddIndex(
            "dispatch", models.Index(fields=["letter"], condition=models.Q(sent=False), name="letters_dispatch_failed")
        ),
    ]
