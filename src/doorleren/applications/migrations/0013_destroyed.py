"""What an application holds of people can go at the end of its retention, and not before.

Rows of these tables stay insert-only: nobody updates them. Each may be deleted only once the key of its application was
destroyed under an act of the record (people_filekey, guarded by migration 0004 of people). Deleted is then what stands in
applications/retention/scrubbing.py; a test holds the two lists against each other. The application itself stays, without its parties.
"""

from typing import ClassVar

from django.db import migrations, models

OWN = "OLD.application_id"
OWNERS = {
    "applications_answer": OWN,
    "applications_freeze": OWN,
    "applications_document": OWN,
    "applications_documentstep": "(SELECT application_id FROM applications_document WHERE id = OLD.document_id)",
    "applications_registration": OWN,
    "applications_bundlerow": "(SELECT application_id FROM applications_registration WHERE id = OLD.registration_id)",
    "applications_confirmation": "(SELECT application_id FROM applications_registration WHERE id = OLD.registration_id)",
    "applications_completion": "(SELECT application_id FROM applications_registration WHERE id = OLD.registration_id)",
    "applications_enteredfor": OWN,
    "applications_member": OWN,
    "applications_membermark": "(SELECT application_id FROM applications_member WHERE id = OLD.member_id)",
    "applications_division": OWN,
    "applications_divisionline": "(SELECT application_id FROM applications_division WHERE id = OLD.division_id)",
    "applications_sharing": OWN,
    "applications_offershare": "(SELECT application_id FROM applications_offerline WHERE id = OLD.line_id)",
    "applications_enrolment": OWN,
    "applications_enrolmentword": "(SELECT application_id FROM applications_enrolment WHERE id = OLD.enrolment_id)",
    "applications_enrolmentproof": OWN,
    "applications_plan": OWN,
    "applications_planpath": "(SELECT application_id FROM applications_plan WHERE id = OLD.plan_id)",
}
"""For each table how a row leads to its application."""

IS_DESTROYED = """
CREATE FUNCTION applications_is_destroyed(application bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM people_filekey
        WHERE about_kind = 'application' AND about_id = application::text AND destroyed_under IS NOT NULL)
$$;
CREATE FUNCTION applications_destroyed_under_an_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.destroyed_at IS NOT NULL AND NOT applications_is_destroyed(NEW.id)
        OR TG_OP = 'UPDATE' AND OLD.destroyed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'applications_destroyed_under_an_act: an application is destroyed under an act, and stays so'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'applications_destroyed_under_an_act';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER applications_destroyed_under_an_act AFTER INSERT OR UPDATE ON applications_application
    FOR EACH ROW EXECUTE FUNCTION applications_destroyed_under_an_act();
"""
NOT_DESTROYED = """
DROP TRIGGER applications_destroyed_under_an_act ON applications_application;
DROP FUNCTION applications_destroyed_under_an_act();
DROP FUNCTION applications_is_destroyed(bigint);
"""


def _may_go(table: str, owner: str) -> migrations.RunSQL:
    """Refuse updates as before, and deletion of each row whose application was not destroyed."""
    return migrations.RunSQL(
        f"""
DROP TRIGGER {table}_insert_only ON {table};
CREATE TRIGGER {table}_insert_only BEFORE UPDATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();
CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF applications_is_destroyed({owner}) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '{table} is insert-only until its application is destroyed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays();
""",
        f"""
DROP TRIGGER {table}_stays ON {table};
DROP FUNCTION {table}_stays();
DROP TRIGGER {table}_insert_only ON {table};
CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION applications_insert_only();
""",
    )


class Migration(migrations.Migration):
    """One column, two constraints, and a trigger per table."""

    dependencies: ClassVar = [("applications", "0011_completed"), ("people", "0004_key_guards")]
    operations: ClassVar = [
        migrations.AddField("application", "destroyed_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("application", "applications_applicant_known"),
        migrations.AddConstraint(
            "application",
            models.CheckConstraint(
                condition=models.Q(
                    ("applicant_kind__in", ["person", "organisation"]),
                    models.Q(
                        models.Q(("applicant_number__gt", 0), ("destroyed_at__isnull", True)),
                        models.Q(("applicant_number", 0), ("destroyed_at__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="applications_applicant_known",
                violation_error_message="Een aanvraag heeft een aanvrager, zolang zij niet is vernietigd.",
            ),
        ),
        migrations.AddConstraint(
            "application",
            models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_at__isnull", True),
                    models.Q(
                        ("beneficiary_number__isnull", True),
                        ("payee_number__isnull", True),
                        ("reporter_number__isnull", True),
                        ("salt", "0" * 64),
                    ),
                    _connector="OR",
                ),
                name="applications_destroyed_whole",
                violation_error_message="Van een vernietigde aanvraag blijft niet over van wie zij was.",
            ),
        ),
        migrations.RunSQL(IS_DESTROYED, NOT_DESTROYED),
        *(_may_go(table, owner) for table, owner in OWNERS.items()),
    ]
