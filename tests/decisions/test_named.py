"""Cases by the name of who applied: a person's or an organisation's, of one body, and found among many."""

import pytest
from django.db import connection

from doorleren.applications.models import Application
from doorleren.cases.models import Case
from doorleren.decisions import named as looking
from doorleren.decisions.named import TooMany, named
from doorleren.people.models import Person
from doorleren.people.names import begins_words
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import a_case
from tests.people import made as people

pytestmark = pytest.mark.django_db
MANY = 20_000

PEOPLE = """
INSERT INTO people_person (name, notice_email, letters_by, is_active, created_at)
SELECT 'Anna' || n || ' Jansen', '', '', true, now() FROM generate_series(1, %(many)s) n
"""
APPLICATIONS = """
INSERT INTO applications_application (round_id, track, key, salt, applicant_kind, applicant_number, beneficiary_kind, payee_kind,
    reporter_kind, started_at, frozen_content)
SELECT like_it.round_id, like_it.track, 'many-' || lpad(who.id::text, 20, '0'), like_it.salt, 'person', who.id, '', '', '', like_it.started_at, ''
FROM people_person who, applications_application like_it WHERE who.name LIKE 'Anna%%' AND like_it.id = %(like)s
"""
CASES = """
INSERT INTO cases_case (reference, version_id, scheme, body_id, framework, procedure, subject_kind, subject_id, received_on,
    decision_term, due_term, acts, last_act_at, opened_at, assessed_as)
SELECT substr(w, 1, 3) || '-' || substr(w, 4, 4), version_id, scheme, body_id, framework, procedure, subject_kind, number::text, received_on,
    decision_term, '', 1, opened_at, opened_at, ''
FROM (SELECT a.id AS number, translate(lpad(to_hex(a.id), 7, '0'), '01abcdef', 'XZBCDFGH') AS w FROM applications_application a
    WHERE a.key LIKE 'many-%%') one, cases_case like_it WHERE like_it.id = %(case)s
"""


def many(like: Case) -> None:
    """Let many people apply as one did, each with a case, and let the planner know of them."""
    told = {"many": MANY, "like": int(like.subject_id), "case": like.pk}
    with connection.cursor() as cursor:
        for statement in (PEOPLE, APPLICATIONS, CASES):
            cursor.execute(statement, told)
        cursor.execute("ANALYZE people_person, people_organisation, applications_application, cases_case")


def test_of_one_body(known: Library, round_: Round) -> None:
    """A case is found by the name of who applied in its own body alone, with that name; not by that of who else was there."""
    case, other = a_case(known, round_, "Nadia Bakker"), a_case(known, round_, "Omar")
    assert named(case.body_id, "bakk nad") == {case.pk: "Nadia Bakker"}
    assert named(case.body_id, "o") == {}, "one letter is no name"
    assert named(case.body_id, "om") == {other.pk: "Omar"}
    assert named(people.body("andere").pk, "nadia") == {}
    people.person(name="Nadia zonder zaak")
    assert list(named(case.body_id, "nadia")) == [case.pk]


def test_of_an_organisation(known: Library, round_: Round) -> None:
    """Where an organisation applied its name finds the case, and a person with the same number does not."""
    case = a_case(known, round_, "Nadia")
    firm = people.organisation("90000031")
    Application.objects.filter(pk=int(case.subject_id)).update(applicant_kind="organisation", applicant_number=firm.pk)
    assert named(case.body_id, firm.name) == {case.pk: firm.name}
    Person.objects.filter(pk=firm.pk).update(name="Nadia")
    assert named(case.body_id, "nadia") == {}


def test_among_many(known: Library, round_: Round) -> None:
    """Among 20,000 applicants the names and the cases of a few are read from indexes; a name that all have is refused."""
    case = a_case(known, round_)
    many(case)
    assert sorted(named(case.body_id, "Anna777 Jansen").values()) == [
        "Anna777 Jansen", *(f"Anna777{digit} Jansen" for digit in range(10)),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        told = {"words": begins_words("anna777"), "kind": "application", "body": case.body_id, "most": looking.MOST + 1}
        cursor.execute("EXPLAIN " + looking._NAMED, told)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan on people_person" not in plan, plan
    assert "Seq Scan on cases_case" not in plan, plan
    with pytest.raises(TooMany):
        named(case.body_id, "jansen")
