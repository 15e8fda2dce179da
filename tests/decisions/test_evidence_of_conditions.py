"""Which documents an official looked at for a condition: kept with the judgement, and only those of this application."""

from pathlib import Path

import pytest

from doorleren.decisions.commands.assess import assess
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.models import Assessment
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.rules import Ruling
from doorleren.decisions.sealed import content_of
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions import made
from tests.decisions.made import AT, YES, a_case, assessed, automatic, by, document

Staff = dict[str, Person]


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme, which asks evidence."""
    return made.library(tmp_path, made.UNDER_LAW)


def test_the_documents_stay_with_the_condition(known: Library, round_: Round, staff: Staff) -> None:
    """What was looked at for a condition stands with it in the assessment and in the decision, and with no other condition."""
    case = a_case(known, round_)
    one, _other = document(case), document(case, "rekening.pdf")
    found = assessed(case, known, staff["assessor"], Ruling("honest", True, "gezien", (one.pk,)))
    decision = grant(case.pk, by=by(staff["decider"]), at=AT)
    for row in (found, decision):
        told = {each.condition: each.documents for each in content_of(row).results if each.documents}
        assert told == {"honest": (one.pk,)}


@pytest.mark.parametrize("whose", ["another's", "withdrawn", "nobody's"])
def test_another_document_is_refused(whose: str, known: Library, round_: Round, staff: Staff) -> None:
    """A document of another application, one that was withdrawn and one that is not there are refused at their condition, naming what can be chosen."""
    case, other = a_case(known, round_), a_case(known, round_, "Omar")
    own = document(case)
    number = {"another's": document(other).pk, "withdrawn": document(case, withdrawn=True).pk, "nobody's": own.pk + 99}[
        whose
    ]
    with pytest.raises(DecisionRefused) as wrong:
        assess(
            case.pk,
            [YES, Ruling("adult", True, "gezien", (own.pk, number))],
            library=known,
            by=by(staff["assessor"]),
            at=AT,
        )
    assert (wrong.value.field, wrong.value.code) == ("documents-adult", "document")
    assert wrong.value.texts["nl"] == f"Bewijsstuk {number} hoort niet bij deze aanvraag. Kies uit: {own.pk}."
    assert not Assessment.objects.exists()
    assessed(case, known, staff["assessor"], YES, Ruling("adult", True, "gezien", (own.pk,)))


def test_the_rules_look_at_no_document(known: Library, round_: Round) -> None:
    """What was assessed without a person says of no condition that a document was looked at; that there is one is told apart."""
    case = a_case(known, round_)
    one = document(case)
    content = content_of(automatic(case, known))
    assert {each.documents for each in content.results} == {()}
    assert [each.documents for each in content.seen] == [(one.pk,)]
