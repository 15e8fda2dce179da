"""Which parts of advances the ledger has followed; only ever added to, and emptied only while nothing is in it."""

import django.db.models.deletion
from django.db import migrations, models

FOLLOWED = "payments_followedadvance"


def _trigger(name: str, when: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {FOLLOWED}_{name} BEFORE {when} ON {FOLLOWED} FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        f"ALTER TABLE {FOLLOWED} ENABLE ALWAYS TRIGGER {FOLLOWED}_{name};",
        f"DROP TRIGGER {FOLLOWED}_{name} ON {FOLLOWED};",
    )


class Migration(migrations.Migration):
    """Adds a table with its triggers."""

    dependencies = [("decisions", "0018_advances"), ("payments", "0009_name_checks")]

    operations = [
        migrations.CreateModel(
            name="FollowedAdvance",
            fields=[
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="followed",
                        serialize=False,
                        to="decisions.advancepart",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
        _trigger("insert_only", "UPDATE OR DELETE", "payments_insert_only"),
        _trigger("stays", "TRUNCATE", "payments_stays"),
    ]
