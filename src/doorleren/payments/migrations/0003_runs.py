"""Payment runs, what the bank says and which decisions were followed; nothing of it changes or goes, and a run is whole at commit."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

INSERT_ONLY = (
    "payments_paymentline",
    "payments_paymentevent",
    "payments_paymentfile",
    "payments_paymenthandover",
    "payments_bankmessage",
    "payments_bankentry",
    "payments_bankanswer",
    "payments_followeddecision",
)

FUNCTIONS = """
CREATE FUNCTION payments_run_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL AND OLD.withdrawn_at IS NULL
        AND (NEW.id, NEW.body_id, NEW.message, NEW.pay_on, NEW.rehearsal, NEW.lines, NEW.cents, NEW.list_digest,
             NEW.proposed_by_id, NEW.proposed_at)
          = (OLD.id, OLD.body_id, OLD.message, OLD.pay_on, OLD.rehearsal, OLD.lines, OLD.cents, OLD.list_digest,
             OLD.proposed_by_id, OLD.proposed_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Een betaalrun wordt alleen vrijgegeven of ingetrokken: % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_paymentrun_guarded';
END $$;

CREATE FUNCTION payments_line_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM payments_paymentrun r WHERE r.id = NEW.run_id
               AND (r.released_at IS NOT NULL OR r.withdrawn_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'Aan een betaalrun die is vrijgegeven of ingetrokken, komt niets meer bij.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_line_before_the_end';
    END IF;
    IF EXISTS (SELECT FROM payments_paymentline l JOIN payments_paymentrun r ON r.id = l.run_id
               WHERE l.case_id = NEW.case_id AND l.run_id <> NEW.run_id
               AND r.released_at IS NULL AND r.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION 'Deze zaak staat al in een betaalrun die wacht.'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'payments_line_one_waits';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION payments_event_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text;
BEGIN
    IF NEW.step > 1 THEN
        SELECT event INTO before FROM payments_paymentevent WHERE line_id = NEW.line_id AND step = NEW.step - 1;
        IF before IS DISTINCT FROM (CASE NEW.step WHEN 2 THEN 'ordered' ELSE 'confirmed' END) THEN
            RAISE EXCEPTION 'Deze betaling staat er niet zo voor dat dit kan gebeuren: % na %.', NEW.event, coalesce(before, 'niets')
                USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_event_in_order';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION payments_run_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run payments_paymentrun%ROWTYPE;
    found bigint;
    total numeric;
    lacking bigint;
BEGIN
    SELECT * INTO run FROM payments_paymentrun WHERE id = NEW.id;
    SELECT count(*), coalesce(sum(cents), 0) INTO found, total FROM payments_paymentline WHERE run_id = run.id;
    IF (found, total) <> (run.lines, run.cents::numeric) THEN
        RAISE EXCEPTION 'Betaalrun % heeft % regels en % cent; er horen er % en % te zijn.', run.id, found, total, run.lines, run.cents
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_run_whole';
    END IF;
    SELECT count(*) INTO lacking FROM payments_paymentline l WHERE l.run_id = run.id
        AND NOT EXISTS (SELECT FROM payments_paymentevent e WHERE e.line_id = l.id AND e.step = 1);
    IF run.released_at IS NOT NULL AND lacking > 0 OR run.released_at IS NULL AND lacking < found THEN
        RAISE EXCEPTION 'Van elke regel van een vrijgegeven betaalrun staat vast of die is opgedragen (run %).', run.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_run_whole';
    END IF;
    RETURN NULL;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION payments_run_whole();
DROP FUNCTION payments_event_guarded();
DROP FUNCTION payments_line_guarded();
DROP FUNCTION payments_run_guarded();
"""
WHOLE = """
CREATE CONSTRAINT TRIGGER payments_run_whole AFTER INSERT OR UPDATE ON payments_paymentrun
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_run_whole();
ALTER TABLE payments_paymentrun ENABLE ALWAYS TRIGGER payments_run_whole;
"""


def _trigger(table: str, name: str, when: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_{name} BEFORE {when} EXECUTE FUNCTION {function}();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name};",
        f"DROP TRIGGER {table}_{name} ON {table};",
    )


def _row(table: str, when: str, function: str) -> migrations.RunSQL:
    return _trigger(table, "guarded", f"{when} ON {table} FOR EACH ROW", function)


class Migration(migrations.Migration):
    """Makes the tables and what guards them."""

    dependencies = [
        ("cases", "0002_guards"),
        ("decisions", "0002_guards"),
        ("payments", "0002_guards"),
        ("people", "0003_file_keys"),
        ("rounds", "0006_ended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowedDecision",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="followed",
                        serialize=False,
                        to="decisions.decision",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PaymentRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("pay_on", models.DateField()),
                ("rehearsal", models.BooleanField(default=False)),
                ("lines", models.IntegerField()),
                ("cents", models.BigIntegerField()),
                ("list_digest", models.CharField(max_length=64)),
                ("proposed_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BankMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("digest", models.CharField(max_length=64)),
                ("entries", models.IntegerField()),
                ("imported_at", models.DateTimeField()),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.body"),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BankEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("says", models.CharField(max_length=10)),
                ("end_to_end", models.CharField(blank=True, max_length=35)),
                ("cents", models.BigIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                ("code", models.CharField(blank=True, max_length=10)),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="payments.bankmessage",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PaymentFile",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="payments.paymentrun",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("lines", models.IntegerField()),
                ("cents", models.BigIntegerField()),
                ("sealed", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("payee_kind", models.CharField(max_length=40)),
                ("payee_id", models.CharField(max_length=64)),
                ("lookup", models.CharField(max_length=64)),
                ("changed", models.BooleanField(default=False)),
                ("cents", models.BigIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.payeeaccount",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rounds.round",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="payments.paymentrun",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PaymentEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.SmallIntegerField()),
                ("event", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="payments.paymentline",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BankAnswer",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="answer",
                        serialize=False,
                        to="payments.bankentry",
                    ),
                ),
                ("outcome", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.paymentline",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="bankmessage",
            constraint=models.UniqueConstraint(
                fields=("body", "digest"),
                name="payments_message_once",
                violation_error_message="Dit bestand is al ingelezen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("digest__regex", "^[0-9a-f]{64}$"), ("entries__gte", 0), ("kind__in", ("pain.002", "camt.053"))
                ),
                name="payments_message_known",
                violation_error_message="Een bericht van de bank is een pain.002 of een camt.053.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankentry",
            constraint=models.UniqueConstraint(
                fields=("message", "number"),
                name="payments_entry_once",
                violation_error_message="Deze regel van de bank is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__gt", 0), ("says__in", ("booked", "rejected", "returned", "pending", "other"))
                ),
                name="payments_entry_says",
                violation_error_message="Een regel van de bank zegt wat er met een betaling is gebeurd.",
            ),
        ),
        migrations.CreateModel(
            name="PaymentHandover",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="handover",
                        serialize=False,
                        to="payments.paymentfile",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="paymentfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$"), ("lines__gt", 0), ("sealed__regex", "^gAAAA")),
                name="payments_file_hashed",
                violation_error_message="Een betaalbestand heeft een hash en regels, en wordt versleuteld bewaard.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("released_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="payments_run_two_people",
                violation_error_message="Wie een betaalrun voorstelt, geeft die niet zelf vrij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                    models.Q(("released_at__gte", models.F("proposed_at")), ("released_by__isnull", False)),
                    _connector="OR",
                ),
                name="payments_run_released",
                violation_error_message="Een vrijgegeven betaalrun heeft een persoon en een moment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                name="payments_run_one_end",
                violation_error_message="Een betaalrun is vrijgegeven of ingetrokken, niet allebei.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gte", models.F("lines")), ("lines__gte", 1), ("lines__lte", 20000)),
                name="payments_run_filled",
                violation_error_message="Een betaalrun heeft van 1 tot en met 20000 regels, elk met een bedrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("list_digest__regex", "^[0-9a-f]{64}$")),
                name="payments_run_hashed",
                violation_error_message="Van de lijst staat bij een betaalrun de hash.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(
                fields=("run", "number"),
                name="payments_line_number",
                violation_error_message="Deze plaats in de betaalrun is bezet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(
                fields=("run", "case", "payee_kind", "payee_id"),
                name="payments_line_once",
                violation_error_message="Deze zaak staat al in de betaalrun.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0), ("number__gt", 0)),
                name="payments_line_cents",
                violation_error_message="Een betaling heeft een bedrag van meer dan 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("lookup__regex", "^[0-9a-f]{64}$")),
                name="payments_line_hashed",
                violation_error_message="Van een rekening staat bij een betaling alleen de gesleutelde hash.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentevent",
            constraint=models.UniqueConstraint(
                fields=("line", "step"),
                name="payments_event_once",
                violation_error_message="Dit is met deze betaling al gebeurd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event", "ordered"), ("step", 1)),
                    models.Q(("event", "left_out"), ("step", 1)),
                    models.Q(("event", "confirmed"), ("step", 2)),
                    models.Q(("event", "failed"), ("step", 2)),
                    models.Q(("event", "returned"), ("step", 3)),
                    _connector="OR",
                ),
                name="payments_event_step",
                violation_error_message="Dit kan niet met een betaling gebeuren.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("event__in", ("left_out", "failed", "returned")), models.Q(("reason", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("event__in", ("left_out", "failed", "returned")), _negated=True), ("reason", "")
                    ),
                    _connector="OR",
                ),
                name="payments_event_reasoned",
                violation_error_message="Alleen wat niet doorging of terugkwam, heeft een reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ("matched", "already", "noted", "unknown", "differs", "contradicts", "act_refused"))
                ),
                name="payments_answer_known",
                violation_error_message="Dit kan niet van een regel van de bank worden gemaakt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("line__isnull", True), ("outcome", "unknown")),
                    models.Q(models.Q(("outcome", "unknown"), _negated=True), ("line__isnull", False)),
                    _connector="OR",
                ),
                name="payments_answer_of_a_payment",
                violation_error_message="Alleen wat onbekend is, hoort bij geen betaling.",
            ),
        ),
        migrations.AddField(
            model_name="paymenthandover",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(WHOLE, "DROP TRIGGER payments_run_whole ON payments_paymentrun;"),
        *(
            _trigger(table, "insert_only", f"UPDATE OR DELETE ON {table} FOR EACH STATEMENT", "payments_insert_only")
            for table in INSERT_ONLY
        ),
        *(
            _trigger(table, "stays", f"TRUNCATE ON {table} FOR EACH STATEMENT", "payments_stays")
            for table in (*INSERT_ONLY, "payments_paymentrun")
        ),
        _row("payments_paymentrun", "UPDATE OR DELETE", "payments_run_guarded"),
        _row("payments_paymentline", "INSERT", "payments_line_guarded"),
        _row("payments_paymentevent", "INSERT", "payments_event_guarded"),
    ]
