"""Cases by the name of who applied: a person's or an organisation's, as it is kept in `people`. Reads only.

Whom others named, such as the people of an adviser's bundle, is sealed and found by no name. Who may see the lists of a body is
asked before (cases.access.ensure_may_list); a page that shows what was found says so to the log of who viewed.
"""

from django.db import connection

from doorleren.decisions.matters import KIND
from doorleren.people.names import begins_words

MOST = 500
"""Cases that one name may find; who finds more is asked for more of the name."""

_NAMED = """
SELECT one.id, called.name FROM (
    SELECT 'person' AS kind, id, name FROM people_person WHERE people_name_words(name) @@ %(words)s::tsquery
    UNION ALL
    SELECT 'organisation', id, name FROM people_organisation WHERE people_name_words(name) @@ %(words)s::tsquery
) called
JOIN applications_application a ON a.applicant_kind = called.kind AND a.applicant_number = called.id
JOIN cases_case one ON one.subject_kind = %(kind)s AND one.subject_id = a.id::text
WHERE one.body_id = %(body)s
LIMIT %(most)s
"""


class TooMany(Exception):
    """A name finds more than `MOST` cases."""


def named(body: int, text: str) -> dict[int, str]:
    """Give the cases of a body with the name of who applied, where each word of the text begins one of that name. Raises TooMany."""
    words = begins_words(text)
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"words": words, "kind": KIND, "body": body, "most": MOST + 1})
        found = dict(cursor.fetchall())
    if len(found) > MOST:
        raise TooMany(f"more than {MOST} cases")
    return found
