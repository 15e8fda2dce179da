"""Withdrawing what was submitted: that it happened, the places that became others, and places that decisions rest on."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("rounds_withdrawal", "rounds_placechange", "rounds_fixedplace")


def _on(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION rounds_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Makes three insert-only tables, and gives a place a reason."""

    dependencies: ClassVar = [("rounds", "0003_two_people")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FixedPlace",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="fixed_place",
                        serialize=False,
                        to="rounds.ticket",
                    ),
                ),
                ("fixed_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlaceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("turn", models.IntegerField()),
                ("outcome", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("cents", models.BigIntegerField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="withdrawal",
                        serialize=False,
                        to="rounds.ticket",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="place",
            name="reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason", ""), models.Q(("outcome", "outside"), ("reason", "withdrawn")), _connector="OR"
                ),
                name="rounds_place_reason",
                violation_error_message="Wie zich heeft teruggetrokken, staat buiten.",
            ),
        ),
        migrations.AddField(
            model_name="placechange",
            name="ticket",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="place_changes",
                to="rounds.ticket",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.UniqueConstraint(
                fields=("ticket", "turn"),
                name="rounds_change_once",
                violation_error_message="Deze plaats is intussen al veranderd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__gt", 0)),
                name="rounds_change_turn",
                violation_error_message="De eerste verandering is 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cents__gte", 0), ("outcome", "inside")),
                    models.Q(("cents", 0), ("outcome__in", ["outside", "waiting"])),
                    _connector="OR",
                ),
                name="rounds_change_outcome",
                violation_error_message="Een plaats is binnen, buiten of wachtend; alleen binnen is er geld gereserveerd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason", ""), models.Q(("outcome", "outside"), ("reason", "withdrawn")), _connector="OR"
                ),
                name="rounds_change_reason",
                violation_error_message="Wie zich heeft teruggetrokken, staat buiten.",
            ),
        ),
        *(_on(table) for table in TABLES),
    ]
