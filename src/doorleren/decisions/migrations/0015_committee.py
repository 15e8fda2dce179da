"""A committee that scores the applications of a round: members, declarations, scores and the ranking, with what guards them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = ("decisions_conflictdeclaration", "decisions_score", "decisions_ranked")

FUNCTIONS = """
CREATE FUNCTION decisions_member_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
        AND (NEW.id, NEW.round_id, NEW.person_id, NEW.appointed_by_id, NEW.appointed_at)
          = (OLD.id, OLD.round_id, OLD.person_id, OLD.appointed_by_id, OLD.appointed_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Een lidmaatschap van een commissie eindigt één keer, en verandert verder niet: % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decisions_member_guarded';
END $$;

CREATE FUNCTION decisions_ranking_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND OLD.ranked_at IS NULL
        AND (NEW.id, NEW.round_id, NEW.digest, NEW.proposed_by_id, NEW.proposed_at)
          = (OLD.id, OLD.round_id, OLD.digest, OLD.proposed_by_id, OLD.proposed_at)
        AND (OLD.fixed_at IS NULL OR (NEW.fixed_by_id, NEW.fixed_at) = (OLD.fixed_by_id, OLD.fixed_at)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Wat van scores is voorgesteld, verandert niet: % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decisions_ranking_guarded';
END $$;

CREATE FUNCTION decisions_sheet_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT conflict FROM decisions_conflictdeclaration WHERE member_id = NEW.member_id AND case_id = NEW.case_id
        ORDER BY number DESC LIMIT 1) IS DISTINCT FROM false THEN
        RAISE EXCEPTION 'Wie een belang heeft of nog niets verklaarde, geeft geen punten.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decisions_sheet_no_conflict';
    END IF;
    IF EXISTS (SELECT FROM decisions_ranking r JOIN decisions_committeemember m ON m.round_id = r.round_id
        WHERE m.id = NEW.member_id AND r.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION 'De scores zijn al voorgesteld of vastgesteld.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decisions_sheet_in_time';
    END IF;
    RETURN NEW;
END $$;
"""
DROP = """
DROP FUNCTION decisions_sheet_guarded();
DROP FUNCTION decisions_ranking_guarded();
DROP FUNCTION decisions_member_guarded();
"""
GUARDED = (
    ("decisions_committeemember", "decisions_member_guarded", "UPDATE OR DELETE"),
    ("decisions_ranking", "decisions_ranking_guarded", "UPDATE OR DELETE"),
    ("decisions_scoresheet", "decisions_sheet_guarded", "INSERT OR UPDATE OR DELETE"),
)


def _kept(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION decisions_insert_only();",
        f"DROP TRIGGER {table}_kept ON {table};",
    )


def _guarded(table: str, function: str, on: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_guarded BEFORE {on} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();",
        f"DROP TRIGGER {table}_guarded ON {table};",
    )


class Migration(migrations.Migration):
    """Adds the tables, three functions and a trigger per table."""

    dependencies = [
        ("cases", "0004_messages"),
        ("decisions", "0014_acts"),
        ("people", "0004_key_guards"),
        ("rounds", "0007_by_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommitteeMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("appointed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("conflict", models.BooleanField()),
                ("content", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Ranked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.IntegerField(null=True)),
                ("numerator", models.BigIntegerField()),
                ("denominator", models.BigIntegerField()),
                ("drawn", models.BooleanField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("proposed_at", models.DateTimeField()),
                ("fixed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("ranked_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=100)),
                ("points", models.IntegerField()),
                ("least", models.IntegerField()),
                ("most", models.IntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("content", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="committeemember",
            name="appointed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="committeemember",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="committeemember",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="committeemember",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="committee", to="rounds.round"
            ),
        ),
        migrations.AddField(
            model_name="conflictdeclaration",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="declarations", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="conflictdeclaration",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="declarations",
                to="decisions.committeemember",
            ),
        ),
        migrations.AddField(
            model_name="ranked",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="ranks", to="cases.case"),
        ),
        migrations.AddField(
            model_name="ranking",
            name="fixed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ranking",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ranking",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rankings", to="rounds.round"
            ),
        ),
        migrations.AddField(
            model_name="ranked",
            name="ranking",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ranks",
                to="decisions.ranking",
            ),
        ),
        migrations.AddField(
            model_name="scoresheet",
            name="act",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="sheet", to="cases.caseact"
            ),
        ),
        migrations.AddField(
            model_name="scoresheet",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="scoresheet",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="decisions.committeemember",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="sheet",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scores",
                to="decisions.scoresheet",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("round", "person"),
                name="decisions_member_once",
                violation_error_message="Deze persoon zit al in de commissie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.CheckConstraint(
                condition=models.Q(("appointed_by", models.F("person")), _negated=True),
                name="decisions_member_by_another",
                violation_error_message="Niemand benoemt zichzelf in een commissie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__gte", models.F("appointed_at")), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="decisions_member_ended",
                violation_error_message="Een lidmaatschap eindigt door iemand, op een moment na de benoeming.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictdeclaration",
            constraint=models.UniqueConstraint(
                fields=("member", "case", "number"),
                name="decisions_declared_once",
                violation_error_message="Deze verklaring is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictdeclaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)),
                name="decisions_declared_number",
                violation_error_message="De eerste verklaring is 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictdeclaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conflict", False), ("content__isnull", True)),
                    models.Q(("conflict", True), ("content__isnull", False)),
                    _connector="OR",
                ),
                name="decisions_declared_what",
                violation_error_message="Wie een belang verklaart, zegt welk soort belang het is en legt het uit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("round",),
                name="decisions_ranking_one",
                violation_error_message="De scores van dit tijdvak zijn al voorgesteld of vastgesteld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranking",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                name="decisions_ranking_hashed",
                violation_error_message="Van de scores is een hash van 64 hexadecimale tekens bewaard.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fixed_at__isnull", True), ("fixed_by__isnull", True)),
                    models.Q(
                        ("fixed_at__gte", models.F("proposed_at")),
                        ("fixed_by__isnull", False),
                        models.Q(("fixed_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decisions_ranking_two_people",
                violation_error_message="Wie de scores voorstelt, stelt ze niet zelf vast.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranking",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_at__isnull", True), ("fixed_at__isnull", True), _connector="OR"),
                name="decisions_ranking_one_end",
                violation_error_message="Wat is vastgesteld, wordt niet ingetrokken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranking",
            constraint=models.CheckConstraint(
                condition=models.Q(("ranked_at__isnull", True), ("fixed_at__isnull", False), _connector="OR"),
                name="decisions_ranking_fixed_first",
                violation_error_message="De lijst komt pas nadat de scores zijn vastgesteld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranked",
            constraint=models.UniqueConstraint(
                fields=("ranking", "case"),
                name="decisions_ranked_once",
                violation_error_message="Deze zaak staat al op de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranked",
            constraint=models.UniqueConstraint(
                fields=("ranking", "rank"),
                name="decisions_ranked_one_a_rank",
                violation_error_message="Op deze plek van de lijst staat al een zaak.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ranked",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("denominator__gt", 0),
                    ("numerator__gte", 0),
                    models.Q(
                        models.Q(("drawn", False), ("rank__isnull", True)),
                        models.Q(("rank__gt", 0), ("rank__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="decisions_ranked_score",
                violation_error_message="De eerste plek is 1, en een score is 0 of meer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.UniqueConstraint(
                fields=("member", "case", "number"),
                name="decisions_sheet_once",
                violation_error_message="Deze scores zijn er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)),
                name="decisions_sheet_number",
                violation_error_message="De eerste scores zijn 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("sheet", "criterion"),
                name="decisions_score_once",
                violation_error_message="Dit criterium heeft al punten.",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("least__gte", 0),
                    ("least__lt", models.F("most")),
                    ("points__gte", models.F("least")),
                    ("points__lte", models.F("most")),
                ),
                name="decisions_score_on_the_scale",
                violation_error_message="Punten liggen op de schaal van het criterium.",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
        *(_kept(table) for table in KEPT),
        *(_guarded(*one) for one in GUARDED),
    ]
