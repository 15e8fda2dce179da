"""What a visitor types is read exactly, in Dutch and English ways of writing, and never lost."""

import pytest
from django.http import QueryDict

from doorleren.rules.library import open_library
from doorleren.web.public.answers import plain_number, read_answers
from doorleren.web.public.presentation import who_files
from doorleren.web.public.questions import question

VOCABULARY = open_library().vocabulary


def posted(**fields):
    """Make a form of fields; a list stands for several values."""
    form = QueryDict(mutable=True)
    for name, value in fields.items():
        form.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return form


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.600,50", "1600.50"), ("1,600.50", "1600.50"), ("€ 1.600", "1600"), ("1600,5", "1600.5"), ("699.95", "699.95"),
     ("1.250.000", "1250000"), ("0,333", "0.333"), ("12", "12"), ("twaalf", "twaalf")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed, read):
    """Points and commas are told apart as thousands and decimals; what is no number comes back as it was."""
    assert plain_number(typed) == read


def test_answers_become_a_profile():
    """A day in three fields, euros with a comma, yes and no, a set and "does not apply" are all read."""
    answers = read_answers(
        posted(
            person__birth_date__day="1", person__birth_date__month="4", person__birth_date__year="1985",
            training__price="1.600,50", person__labour_market_link="true", employer__activity=["company_scan"],
            person__contract="n/a", person__grants_this_year="none",
        ),
        VOCABULARY,
    )  # fmt: skip
    shown = {name: str(value) for name, value in answers.profile.items()}
    assert shown == {
        "person.birth_date": "1985-04-01", "training.price": "160050", "person.labour_market_link": "True",
        "employer.activity": "frozenset({'company_scan'})", "person.contract": "n/a",
        "person.grants_this_year": "frozenset()",
    }  # fmt: skip
    assert not answers.errors


@pytest.mark.parametrize(
    ("field", "value"),
    [("training__price", "veel"), ("training__price", "12,345678"), ("training__price", "-5"), ("employer__employees", "2,5"),
     ("person__birth_date__day", "31"), ("person__work_status", "astronaut"), ("person__labour_market_link", "perhaps")],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error_and_stays_typed(field, value):
    """A wrong answer gives one error at its fact, is not in the profile, and what was typed is still there."""
    answers = read_answers(posted(**{field: value}), VOCABULARY)
    assert len(answers.errors) == 1
    assert not answers.profile
    assert [value] in answers.typed.values()


def test_the_order_of_answering_is_kept():
    """Going back follows the order in which questions were answered, also after a correction."""
    form = posted(training__price="5", person__work_status="employee", person__low_literate="true")
    form["order"] = "person.low_literate,person.work_status,training.price"
    answers = read_answers(form, VOCABULARY)
    assert answers.before("person.work_status") == "person.low_literate"
    assert answers.before("person.low_literate") is None
    assert answers.before("person.sector") == "training.price"


def test_not_knowing_is_an_answer():
    """ "Don't know" is remembered as asked and gives no fact."""
    answers = read_answers(posted(person__sector="unknown"), VOCABULARY)
    assert (answers.unknown, answers.profile, answers.answered) == ({"person.sector"}, {}, ["person.sector"])


def test_an_employer_is_told_whom_a_question_is_about():
    """A question about a person says to an employer that it is about the employee, and says nothing of it to a person."""
    fact = VOCABULARY.facts["person.work_status"]
    helps = {}
    for role in ("person", "employer"):
        answers = read_answers(posted(), VOCABULARY)
        answers.profile["asker.role"] = role
        helps[role] = question(fact, answers, [])["help"]
    assert (helps["person"].count("werknemer of deelnemer"), helps["employer"].count("werknemer of deelnemer")) == (
        0,
        1,
    )
    assert [who_files("person", {"asker.role": role}) for role in ("person", "employer")] == ["u zelf", "de deelnemer"]
