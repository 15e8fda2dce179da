"""Acts of two people, draws, and the pace of a round. What was proposed or announced for a draw never changes afterwards."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION rounds_proposal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.released_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
        OR (OLD.round_id IS NOT NULL AND NEW.round_id IS DISTINCT FROM OLD.round_id)
        OR (OLD.body_id, OLD.act, OLD.details, OLD.reason, OLD.proposed_by_id, OLD.proposed_at) IS DISTINCT FROM
           (NEW.body_id, NEW.act, NEW.details, NEW.reason, NEW.proposed_by_id, NEW.proposed_at)
    THEN RAISE EXCEPTION 'what was proposed stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rounds_proposal_stays BEFORE UPDATE OR DELETE ON rounds_roundproposal
    FOR EACH ROW EXECUTE FUNCTION rounds_proposal_stays();
CREATE FUNCTION rounds_draw_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.held_at IS NOT NULL
        OR (OLD.round_id, OLD.announced, OLD.sealed_secret, OLD.announced_at) IS DISTINCT FROM
           (NEW.round_id, NEW.announced, NEW.sealed_secret, NEW.announced_at)
    THEN RAISE EXCEPTION 'what was announced of a draw stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rounds_draw_stays BEFORE UPDATE OR DELETE ON rounds_rounddraw
    FOR EACH ROW EXECUTE FUNCTION rounds_draw_stays();
"""
NO_GUARDS = """
DROP TRIGGER rounds_proposal_stays ON rounds_roundproposal;
DROP TRIGGER rounds_draw_stays ON rounds_rounddraw;
DROP FUNCTION rounds_proposal_stays();
DROP FUNCTION rounds_draw_stays();
"""


class Migration(migrations.Migration):
    """Makes three tables, guards two of them, and counts the tickets whose batches were recorded."""

    dependencies: ClassVar = [
        ("people", "0001_initial"),
        ("rounds", "0002_insert_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="RoundDraw",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="draw",
                        serialize=False,
                        to="rounds.round",
                    ),
                ),
                ("announced", models.JSONField()),
                ("sealed_secret", models.TextField()),
                ("announced_at", models.DateTimeField()),
                ("held_at", models.DateTimeField(null=True)),
                ("file", models.TextField(blank=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RoundProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=20)),
                ("details", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=1000)),
                ("proposed_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("tickets", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="allocation",
            name="rounds_allocation_counts",
        ),
        migrations.AddField(
            model_name="allocation",
            name="received",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_ticket__gte", 0), ("position__gte", 0), ("received__gte", 0), ("recorded_batch__gte", 0)
                ),
                name="rounds_allocation_counts",
                violation_error_message="Er kan niet minder dan niemand zijn behandeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rounddraw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file", ""), ("held_at__isnull", True)),
                    models.Q(("held_at__isnull", False), models.Q(("file", ""), _negated=True)),
                    _connector="OR",
                ),
                name="rounds_draw_has_a_file",
                violation_error_message="Een gehouden loting heeft een bestand waarmee ieder haar kan narekenen.",
            ),
        ),
        migrations.AddField(
            model_name="roundproposal",
            name="body",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body"),
        ),
        migrations.AddField(
            model_name="roundproposal",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="roundproposal",
            name="released_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="roundproposal",
            name="round",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="rounds.round"
            ),
        ),
        migrations.AddField(
            model_name="sample",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="samples", to="rounds.round"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ("announce", "open", "close", "reopen", "move_money"))),
                name="rounds_proposal_act_known",
                violation_error_message="Deze handeling bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="rounds_proposal_reason",
                violation_error_message="Een voorstel heeft een reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("round__isnull", False),
                    models.Q(("act", "announce"), ("released_at__isnull", True)),
                    _connector="OR",
                ),
                name="rounds_proposal_of_a_round",
                violation_error_message="Een voorstel gaat over een aanvraagtijdvak.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("released_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="rounds_proposal_two_people",
                violation_error_message="Wie iets voorstelt, geeft het niet zelf vrij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                    _connector="OR",
                ),
                name="rounds_proposal_released_by_somebody",
                violation_error_message="Een vrijgegeven voorstel heeft een persoon en een moment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                name="rounds_proposal_one_end",
                violation_error_message="Een voorstel is vrijgegeven of ingetrokken, niet allebei.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("round", "act"),
                name="rounds_proposal_one_waits",
                violation_error_message="Er wacht al een voorstel voor deze handeling.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.UniqueConstraint(
                fields=("round", "at"), name="rounds_sample_once", violation_error_message="Dit moment is al geteld."
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("tickets__gte", 0)),
                name="rounds_sample_tickets",
                violation_error_message="Er kan niet minder dan niemand zijn binnengekomen.",
            ),
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
