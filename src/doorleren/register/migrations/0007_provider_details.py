"""What providers say of themselves: details as versions, locations, and recognitions with their proof and their acts."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

INSERT_ONLY = (
    "register_providerdetails",
    "register_proofdocument",
    "register_recognitionstated",
    "register_recognitionact",
)


def _guarded(table: str) -> migrations.RunSQL:
    """Add the trigger of 0002 to a table."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION register_insert_only();",
        f"DROP TRIGGER {table}_insert_only ON {table};",
    )


class Migration(migrations.Migration):
    """Adds what a provider can tell itself, and guards it."""

    dependencies: ClassVar = [("register", "0006_ways")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="provider",
            name="email",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="provider",
            name="phone",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.CreateModel(
            name="ProofDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200)),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "application/pdf"),
                            ("image/png", "image/png"),
                            ("image/jpeg", "image/jpeg"),
                        ],
                        max_length=20,
                    ),
                ),
                ("size", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.provider"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProviderDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=100)),
                ("website", models.CharField(blank=True, max_length=500)),
                ("email", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("street", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("place", models.CharField(blank=True, max_length=100)),
                ("locations", models.JSONField(default=list)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="register.provider"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="provider",
            name="details",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.providerdetails"
            ),
        ),
        migrations.CreateModel(
            name="ProviderLocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place_in_order", models.SmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("street", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("place", models.CharField(blank=True, max_length=100)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="locations", to="register.provider"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecognitionStated",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("ocw", "ocw"),
                            ("nlqf", "nlqf"),
                            ("quality_mark", "quality_mark"),
                            ("evc", "evc"),
                            ("sector", "sector"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=100)),
                ("link", models.CharField(blank=True, max_length=500)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("stated_at", models.DateTimeField()),
                ("stated_by", models.CharField(max_length=100)),
                (
                    "document",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proves",
                        to="register.proofdocument",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stated", to="register.provider"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecognitionAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[("confirmed", "confirmed"), ("rejected", "rejected"), ("withdrawn", "withdrawn")],
                        max_length=10,
                    ),
                ),
                ("done_at", models.DateTimeField()),
                ("done_by", models.CharField(max_length=100)),
                ("reason", models.TextField(blank=True)),
                (
                    "stated",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="register.recognitionstated",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="providerrecognition",
            name="stated",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="counts_as",
                to="register.recognitionstated",
            ),
        ),
        migrations.AddConstraint(
            model_name="proofdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("media_type__in", ("application/pdf", "image/png", "image/jpeg"))),
                name="proof_media_type_known",
                violation_error_message="Een bewijs is een PDF, een PNG of een JPEG.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proofdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__range", (1, 5000000))),
                name="proof_not_too_large",
                violation_error_message="Een bewijs is niet leeg en hoogstens 5 MB groot.",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerlocation",
            constraint=models.UniqueConstraint(
                fields=("provider", "place_in_order"),
                name="location_place_once",
                violation_error_message="Deze plek in de rij is al bezet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerlocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("place", ""), ("postcode", ""), ("street", ""), _negated=True),
                name="location_is_somewhere",
                violation_error_message="Een locatie heeft een straat, een postcode of een plaats.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognitionstated",
            constraint=models.CheckConstraint(
                condition=models.Q(("route__in", ("ocw", "nlqf", "quality_mark", "evc", "sector"))),
                name="stated_route_known",
                violation_error_message="Deze manier van erkennen bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognitionstated",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="stated_ends_after_start",
                violation_error_message="Een erkenning kan niet eindigen voor zij begint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognitionstated",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("document__isnull", False),
                    models.Q(models.Q(("number", ""), _negated=True), models.Q(("link", ""), _negated=True)),
                    _connector="OR",
                ),
                name="stated_with_proof",
                violation_error_message="Een erkenning heeft een bewijs nodig: een document, of een nummer met een link.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognitionact",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ("confirmed", "rejected", "withdrawn"))),
                name="recognition_act_known",
                violation_error_message="Deze handeling bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognitionact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "rejected"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="recognition_rejected_has_reason",
                violation_error_message="Een afwijzing heeft een reden nodig.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognitionact",
            constraint=models.UniqueConstraint(
                fields=("stated", "act"), name="recognition_act_once", violation_error_message="Dit is al gebeurd."
            ),
        ),
        *(_guarded(table) for table in INSERT_ONLY),
    ]
