"""A key of a file that was destroyed stays so, and is destroyed only under an act of the record about that file.

What may be deleted at the end of retention rests on this row (applications, migration 0013), so it is guarded itself.
"""

from typing import ClassVar

from django.db import migrations

GUARDS = """
CREATE FUNCTION people_file_key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.destroyed_under IS NOT NULL
        OR (OLD.about_kind, OLD.about_id) IS DISTINCT FROM (NEW.about_kind, NEW.about_id) THEN
        RAISE EXCEPTION 'people_file_key_stays: the key of a file stays, and destroyed it stays destroyed'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_file_key_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION people_file_key_under_an_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.destroyed_under IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM audit_act WHERE id = NEW.destroyed_under AND act = 'destroyed'
            AND subject_kind = NEW.about_kind AND subject_id = NEW.about_id) THEN
        RAISE EXCEPTION 'people_file_key_under_an_act: act % does not destroy % %', NEW.destroyed_under, NEW.about_kind, NEW.about_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_file_key_under_an_act';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER people_file_key_stays BEFORE UPDATE OR DELETE ON people_filekey
    FOR EACH ROW EXECUTE FUNCTION people_file_key_stays();
CREATE TRIGGER people_file_key_under_an_act AFTER INSERT OR UPDATE ON people_filekey
    FOR EACH ROW EXECUTE FUNCTION people_file_key_under_an_act();
"""
NO_GUARDS = """
DROP TRIGGER people_file_key_under_an_act ON people_filekey;
DROP TRIGGER people_file_key_stays ON people_filekey;
DROP FUNCTION people_file_key_under_an_act();
DROP FUNCTION people_file_key_stays();
"""


class Migration(migrations.Migration):
    """Adds two triggers."""

    dependencies: ClassVar = [("people", "0003_file_keys"), ("audit", "0002_views")]
    operations: ClassVar = [migrations.RunSQL(GUARDS, NO_GUARDS)]
