"""The file of a case as officials and parties read it."""

from doorleren.decisions.commands.decide import grant
from doorleren.decisions.files import file_of, own_file
from doorleren.people.file_keys import destroy_key
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import US
from tests.decisions.made import AT, a_case, assessed, by

Staff = dict[str, Person]


def test_the_rule_beside_the_fact(known: Library, round_: Round, staff: Staff) -> None:
    """Each condition stands beside the facts it looks at and how it was assessed, and all else of the case with it."""
    case = a_case(known, round_)
    before = file_of(case, known)
    assert [one.result for one in before.weighed] == [None] * 5
    assessed(case, known, staff["assessor"])
    grant(case.pk, by=by(staff["decider"]), at=AT)
    case.refresh_from_db()
    found = file_of(case, known)
    weighed = {one.condition.id: one for one in found.weighed}
    assert [(fact.name, fact.origin) for fact in weighed["adult"].facts] == [("person.birth_date", "self")]
    assert [(fact.name, fact.value) for fact in weighed["citizen"].facts] == [("person.eu_citizen", None)]
    assert [one.result.basis for one in found.weighed if one.result] == ["computed"] * 3 + ["declared", "hand"]
    assert (len(found.assessments), len(found.decisions), len(found.letters)) == (1, 1, 1)
    assert found.letters[0].sent_at is None
    assert [one.act for one in found.acts] == ["opened", "assessed", "granted"]


def test_what_a_party_reads(known: Library, round_: Round, staff: Staff) -> None:
    """A party reads the decision with reasons, calculation and letters, and the expected day until it is decided and sent."""
    case = a_case(known, round_)
    assert own_file(case).expected_on is not None
    assessed(case, known, staff["assessor"])
    grant(case.pk, by=by(staff["decider"]), at=AT)
    case.refresh_from_db()
    found = own_file(case)
    (one,) = found.decisions
    assert (found.state, one.kind, one.amount_cents, one.ground) == ("granted", "granted", 69995, {})
    assert [row.cents for row in one.calculation if row.total] == [69995]
    assert len(found.letters) == 1


def test_after_the_key_is_gone(known: Library, round_: Round, staff: Staff) -> None:
    """At the end of retention the rows stay and tell sums and days; what was found about somebody is gone."""
    from doorleren.cases.recording import party_of

    case = a_case(known, round_)
    assessed(case, known, staff["assessor"])
    grant(case.pk, by=by(staff["decider"]), at=AT)
    destroy_key(party_of(case), by=US, at=AT)
    found = file_of(case, known)
    assert (found.assessments[0].content, found.decisions[0].content) == (None, None)
    assert own_file(case).decisions[0].results == ()
