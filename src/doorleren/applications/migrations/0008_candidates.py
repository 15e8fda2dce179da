"""A place kept for what comes next."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar = [("applications", "0007_offers")]
    operations: ClassVar = []
