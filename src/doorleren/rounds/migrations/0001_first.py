"""The tables of rounds: what was announced, the gate, tickets with their batches, what may be spent, and places."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the tables."""

    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("schemes", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100)),
                ("order", models.CharField(max_length=20)),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField(null=True)),
                ("announced", models.JSONField()),
                ("announced_hash", models.CharField(max_length=64)),
                ("announced_at", models.DateTimeField()),
                ("rehearsal", models.BooleanField(default=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="people.body"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="schemes.publishedversion",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("cents", models.BigIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("batch", models.BigIntegerField()),
                ("arrived_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="rounds.round",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=40)),
                ("size", models.IntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)),
                        name="rounds_batch_not_empty",
                        violation_error_message="Een groep heeft ten minste één ticket.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="place",
                        serialize=False,
                        to="rounds.ticket",
                    ),
                ),
                ("position", models.BigIntegerField()),
                ("outcome", models.CharField(max_length=10)),
                ("cents", models.BigIntegerField()),
                ("allocated_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PotPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, max_length=40)),
                ("ceiling_cents", models.BigIntegerField(null=True)),
                ("ceiling_number", models.BigIntegerField(null=True)),
                ("cents", models.BigIntegerField(default=0)),
                ("number", models.BigIntegerField(default=0)),
                ("missed", models.BooleanField(default=False)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="rounds.round"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="allocation",
                        serialize=False,
                        to="rounds.round",
                    ),
                ),
                ("seed", models.CharField(blank=True, max_length=64)),
                ("position", models.BigIntegerField(default=0)),
                ("last_ticket", models.BigIntegerField(default=0)),
                ("recorded_batch", models.BigIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_ticket__gte", 0), ("position__gte", 0), ("recorded_batch__gte", 0)),
                        name="rounds_allocation_counts",
                        violation_error_message="Er kan niet minder dan niemand zijn behandeld.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gate",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="gate",
                        serialize=False,
                        to="rounds.round",
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("batches", models.BigIntegerField(default=0)),
                ("tickets", models.BigIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("opened_at__isnull", False), _connector="OR"),
                        name="rounds_gate_opened_before_closed",
                        violation_error_message="Een aanvraagtijdvak sluit pas nadat het is geopend.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("batches__gte", 0), ("tickets__gte", 0), ("tickets__lt", 4294967296)),
                        name="rounds_gate_counts",
                        violation_error_message="Een tijdvak telt van 0 tot ruim vier miljard tickets.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("version", "code"),
                name="rounds_round_once",
                violation_error_message="Dit aanvraagtijdvak is al bekendgemaakt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("order__in", ["arrival", "draw", "none", "pro_rata", "random_present", "ranking"])),
                name="rounds_round_order_known",
                violation_error_message="Deze volgorde van behandeling bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closes_at__isnull", True), ("closes_at__gt", models.F("opens_at")), _connector="OR"
                ),
                name="rounds_round_times_in_order",
                violation_error_message="Een aanvraagtijdvak sluit na de opening.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("announced_hash__regex", "^[0-9a-f]{64}$")),
                name="rounds_round_hashed",
                violation_error_message="Wat is bekendgemaakt, heeft een hash van 64 hexadecimale tekens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cents__gte", 0), ("outcome", "inside")),
                    models.Q(("cents", 0), ("outcome__in", ["outside", "waiting"])),
                    _connector="OR",
                ),
                name="rounds_place_outcome",
                violation_error_message="Een plaats is binnen, buiten of wachtend; alleen binnen is er geld gereserveerd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gt", 0)),
                name="rounds_place_position",
                violation_error_message="De eerste plaats is 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                fields=("round", "key"),
                name="rounds_ticket_once",
                violation_error_message="Deze aanvraag is al ingediend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                fields=("round", "person"),
                name="rounds_ticket_one_a_person",
                violation_error_message="U heeft in dit aanvraagtijdvak al een aanvraag ingediend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gte", 0)),
                name="rounds_ticket_cents",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("content__regex", "^[0-9a-f]{64}$"), ("person__regex", "^[0-9a-f]{64}$")),
                name="rounds_ticket_hashed",
                violation_error_message="Een ticket bevat geen gegevens van personen, alleen hashes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="potpart",
            constraint=models.UniqueConstraint(
                fields=("round", "part"),
                name="rounds_part_once",
                violation_error_message="Dit deel van het plafond is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="potpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gte", 0), ("number__gte", 0)),
                name="rounds_part_not_below_zero",
                violation_error_message="Er kan niet minder dan niets zijn gereserveerd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="potpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ceiling_cents__isnull", True), ("cents__lte", models.F("ceiling_cents")), _connector="OR"
                ),
                name="rounds_part_within_money",
                violation_error_message="Dit gaat boven het subsidieplafond (Awb artikel 4:25, tweede lid).",
            ),
        ),
        migrations.AddConstraint(
            model_name="potpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ceiling_number__isnull", True), ("number__lte", models.F("ceiling_number")), _connector="OR"
                ),
                name="rounds_part_within_number",
                violation_error_message="Dit gaat boven het aantal dat kan worden toegekend.",
            ),
        ),
    ]
