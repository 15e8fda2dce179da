"""The refused rows of a bundle, which never became an application, can go at the end of their retention, and not before.

Under an act of the record about that very bundle. A row with a registration goes with its application, as before.
"""

from typing import ClassVar

from django.db import migrations

ROWS = """
CREATE OR REPLACE FUNCTION applications_bundlerow_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF applications_is_destroyed((SELECT application_id FROM applications_registration WHERE id = OLD.registration_id)) {or_refused}THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'applications_bundlerow is insert-only until its application is destroyed' USING ERRCODE = 'restrict_violation';
END $$;
"""
OR_REFUSED = """
        OR OLD.registration_id IS NULL AND EXISTS (
            SELECT FROM audit_act WHERE subject_kind = 'bundle' AND subject_id = OLD.bundle_id::text AND act = 'destroyed') """


class Migration(migrations.Migration):
    """Widens what the trigger of one table lets go."""

    dependencies: ClassVar = [("applications", "0021_by_payee")]
    operations: ClassVar = [
        migrations.RunSQL(ROWS.replace("{or_refused}", OR_REFUSED), ROWS.replace("{or_refused}", "")),
    ]
