"""The keys of files, and where a person wants to hear that there is a letter."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes them."""

    dependencies: ClassVar = [
        ("people", "0002_body_address"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="person",
            name="notice_email",
            field=models.EmailField(blank=True, default="", max_length=254),
        ),
        migrations.CreateModel(
            name="FileKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about_kind", models.CharField(max_length=50)),
                ("about_id", models.CharField(max_length=100)),
                ("wrapped", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("destroyed_under", models.BigIntegerField(null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("about_kind", "about_id"),
                        name="people_file_key_once",
                        violation_error_message="Dit dossier heeft al een sleutel.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("destroyed_at__isnull", False), ("destroyed_under__isnull", False), ("wrapped", "")
                            ),
                            models.Q(
                                models.Q(("wrapped", ""), _negated=True),
                                ("destroyed_at__isnull", True),
                                ("destroyed_under__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="people_file_key_destroyed_or_whole",
                        violation_error_message="Een sleutel is er nog, of is vernietigd onder een handeling van het register.",
                    ),
                ],
            },
        ),
    ]
