"""The words of a name, by which people and organisations are found: small letters, without accents."""

from typing import ClassVar

from django.db import migrations

WORDS = """
CREATE FUNCTION people_name_words(called text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_remove(string_to_array(regexp_replace(
        translate(regexp_replace(normalize(lower(called), NFKD), '[\\u0300-\\u036f]', '', 'g'), 'ıøłđ', 'iold'),
        '[^[:alnum:]]+', ' ', 'g'), ' '), ''))
$$;
CREATE INDEX people_person_by_words ON people_person USING gin (people_name_words(name));
CREATE INDEX people_organisation_by_words ON people_organisation USING gin (people_name_words(name));
"""
NO_WORDS = """
DROP INDEX people_organisation_by_words;
DROP INDEX people_person_by_words;
DROP FUNCTION people_name_words(text);
"""


class Migration(migrations.Migration):
    """Adds a function and two indexes."""

    dependencies: ClassVar = [("people", "0007_absence")]
    operations: ClassVar = [migrations.RunSQL(WORDS, NO_WORDS)]
