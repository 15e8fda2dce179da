"""What guards the ledger: nothing changes or goes, a transaction has all its lines and adds up to zero at commit.

The sentences are Dutch: an official may read them. ENABLE ALWAYS: not even a session that replays others' changes
passes by. TRUNCATE of a table that is empty loses nothing and is let through: Django's `flush` between tests does that.
"""

from typing import ClassVar

from django.db import migrations

INSERT_ONLY = ("payments_account", "payments_transaction", "payments_posting", "payments_payeenotice")

FUNCTIONS = """
CREATE FUNCTION payments_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Wat is geboekt, verandert niet: % van % is geweigerd.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_insert_only';
END $$;

CREATE FUNCTION payments_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    filled boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO filled;
    IF filled THEN
        RAISE EXCEPTION 'Wat is geboekt, verdwijnt niet: % van % is geweigerd.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_stays';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION payments_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found bigint;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(cents), 0) INTO found, total FROM payments_posting WHERE transaction_id = NEW.id;
    IF found <> NEW.lines THEN
        RAISE EXCEPTION 'Boeking % heeft % regels; er horen er % te zijn.', NEW.id, found, NEW.lines
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_transaction_balanced';
    END IF;
    IF total <> 0 THEN
        RAISE EXCEPTION 'Boeking % is niet in evenwicht: de regels tellen op tot % cent, niet tot 0.', NEW.id, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_transaction_balanced';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION payments_payee_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.confirmed_at IS NULL AND OLD.withdrawn_at IS NULL
        AND (NEW.id, NEW.body_id, NEW.payee_kind, NEW.payee_id, NEW.lookup, NEW.sealed, NEW.sealed_name, NEW.reason,
             NEW.proposed_by_id, NEW.proposed_at)
          = (OLD.id, OLD.body_id, OLD.payee_kind, OLD.payee_id, OLD.lookup, OLD.sealed, OLD.sealed_name, OLD.reason,
             OLD.proposed_by_id, OLD.proposed_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Een voorstel voor een rekening wordt alleen bevestigd of ingetrokken: % is geweigerd.', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_payeeaccount_guarded';
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION payments_payee_guarded();
DROP FUNCTION payments_balanced();
DROP FUNCTION payments_stays();
DROP FUNCTION payments_insert_only();
"""

BALANCED = """
ALTER TABLE payments_transaction ADD CONSTRAINT payments_transaction_of_lines UNIQUE (id, lines);
ALTER TABLE payments_posting ADD CONSTRAINT payments_posting_of_its_transaction
    FOREIGN KEY (transaction_id, lines) REFERENCES payments_transaction (id, lines);
CREATE CONSTRAINT TRIGGER payments_transaction_balanced AFTER INSERT ON payments_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balanced();
ALTER TABLE payments_transaction ENABLE ALWAYS TRIGGER payments_transaction_balanced;
"""
NOT_BALANCED = """
DROP TRIGGER payments_transaction_balanced ON payments_transaction;
ALTER TABLE payments_posting DROP CONSTRAINT payments_posting_of_its_transaction;
ALTER TABLE payments_transaction DROP CONSTRAINT payments_transaction_of_lines;
"""


def _trigger(table: str, name: str, when: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_{name} BEFORE {when} EXECUTE FUNCTION {function}();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name};",
        f"DROP TRIGGER {table}_{name} ON {table};",
    )


def _insert_only(table: str) -> migrations.RunSQL:
    return _trigger(table, "insert_only", f"UPDATE OR DELETE ON {table} FOR EACH STATEMENT", "payments_insert_only")


def _stays(table: str) -> migrations.RunSQL:
    return _trigger(table, "stays", f"TRUNCATE ON {table} FOR EACH STATEMENT", "payments_stays")


class Migration(migrations.Migration):
    """Adds functions, triggers, and the foreign key that holds each line to its transaction."""

    dependencies: ClassVar = [("payments", "0001_first")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(BALANCED, NOT_BALANCED),
        *(_insert_only(table) for table in INSERT_ONLY),
        *(_stays(table) for table in (*INSERT_ONLY, "payments_payeeaccount")),
        _trigger(
            "payments_payeeaccount", "guarded", "UPDATE OR DELETE ON payments_payeeaccount FOR EACH ROW",
            "payments_payee_guarded",
        ),
    ]  # fmt: skip
