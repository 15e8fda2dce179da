"""What a visitor types is read exactly, in Dutch and English ways of writing, and never lost."""

import re

import pytest
from django.http import QueryDict
from django.utils import translation

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


@pytest.mark.parametrize(
    ("typed", "dutch", "english"),
    [("12.345", "12345", "12.345"), ("12,345", "12.345", "12345"), ("12.345,67", "12345.67", "12345.67"),
     ("1.600,500", "1600.500", "1600.500"), ("12.34,56", "12.34,56", "12.34,56"), ("1,234,567", "1234567", "1234567"),
     ("1.2.3,4", "1.2.3,4", "1.2.3,4")],
)  # fmt: skip
def test_the_page_says_which_mark_is_between_thousands(typed, dutch, english):
    """Three digits behind the mark of decimals are decimals in the language of the page, never thousands; odd groups are no number."""
    assert plain_number(typed) == dutch
    with translation.override("en"):
        assert plain_number(typed) == english


@pytest.mark.parametrize(("language", "typed", "fine"), [("nl", "12,345", "12.345"), ("en", "12.345", "12,345")])
def test_an_amount_of_three_decimals_is_refused(language, typed, fine):
    """An amount is never a thousand times what was meant: it is refused with what was given and what is allowed."""
    with translation.override(language):
        wrong = read_answers(posted(training__price=typed), VOCABULARY)
        right = read_answers(posted(training__price=fine), VOCABULARY)
    assert (wrong.profile, right.profile) == ({}, {"training.price": 1234500})
    assert typed in wrong.errors["training.price"]
    assert "12.345,67" in wrong.errors["training.price"] or language == "en"


def test_a_number_stays_the_same_where_the_language_is_switched():
    """What goes along hidden is read the same in the other language; on the page itself it stays as typed."""
    typed = {"training__price": "12.345,67", "employer__employees": "1.250"}
    dutch = read_answers(posted(**typed), VOCABULARY)
    assert dutch.typed["training.price"] == ["12.345,67"]
    with translation.override("en"):
        form = posted(**{name.replace(".", "__"): value for name, value in dutch.hidden(set())})
        english = read_answers(form, VOCABULARY)
    assert english.profile == dutch.profile == {"training.price": 1234567, "employer.employees": 1250}


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


@pytest.mark.parametrize(
    "fields",
    [{"training__price": ["699,95", "n/a"]}, {"employer__employees": ["n/a", "12"]},
     {"person__birth_date": "n/a", "person__birth_date__day": "1"}],
    ids=["money", "number", "day"],
)  # fmt: skip
def test_a_value_and_does_not_apply_are_not_both_an_answer(fields):
    """Who types something and also ticks that it does not apply gets an error, and finds both on the page again; either alone is an answer."""
    answers = read_answers(posted(**fields), VOCABULARY)
    (name,) = answers.errors
    shown = question(VOCABULARY.facts[name], answers, [])
    typed = shown["value"]["day"] if isinstance(shown["value"], dict) else shown["value"]
    assert (answers.profile, shown["both"], typed) == (
        {},
        True,
        {"training.price": "699,95", "employer.employees": "12"}.get(name, "1"),
    )
    alone = read_answers(posted(**dict.fromkeys(list(fields)[:1], "n/a")), VOCABULARY)
    assert (alone.errors, question(VOCABULARY.facts[name], alone, [])["both"]) == ({}, False)


def test_not_knowing_wins_over_what_was_typed():
    """The button "I don't know" sends the field along: that is no error."""
    answers = read_answers(posted(training__price=["699,95", "n/a", "unknown"]), VOCABULARY)
    assert (answers.errors, answers.unknown) == ({}, {"training.price"})


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


def test_no_organisation_is_asked_what_is_its_own_of_a_person():
    """What a track of an organisation looks at of a person is asked of it about the participant, in both languages."""
    asked = set()
    for version in (one for scheme in open_library().schemes.values() for one in scheme.versions):
        for track in (one for one in version.tracks if one.applicant != "person"):
            written = [one.when for one in track.conditions] + [track.amount.granted, track.amount.most]
            asked |= set(re.findall(r"(?:person|training)\.\w+", " ".join(filter(None, written))))
    facts = [VOCABULARY.facts[name] for name in sorted(asked)]
    assert {"person.birth_date", "training.guidance"} <= asked
    own = [one for one in facts if one.table == "person" or "u" in re.findall(r"\w+", one.ask["nl"].lower())]
    without = [one.name for one in own if not one.sensitive and set(one.ask_of_another) != {"nl", "en"}]
    assert without == ["training.kind"]  # what kind they look for: that is theirs to say


@pytest.mark.parametrize(
    ("role", "asked"),
    [("person", "Wat is uw geboortedatum?"), ("employer", "Wat is de geboortedatum van de werknemer of deelnemer?")],
)  # fmt: skip
def test_an_employer_is_not_asked_for_its_own_day_of_birth(role, asked):
    """The question names the employee to an employer, and says "your" to a person only."""
    answers = read_answers(posted(), VOCABULARY)
    answers.profile["asker.role"] = role
    assert question(VOCABULARY.facts["person.birth_date"], answers, [])["question"] == asked
