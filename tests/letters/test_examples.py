"""The examples of letters are one invented life: its days are in order, its sums add up, and what is answered agrees with what is decided."""

import re
from datetime import date

import pytest

from doorleren.cases.recording import law
from doorleren.core.days import written_day
from doorleren.decisions.attachments import WITH_ATTACHMENTS
from doorleren.letters.example_life import ATTACHED, DAYS
from doorleren.letters.examples import day_of_example, examples_of
from doorleren.letters.filled import fill
from doorleren.letters.html import as_html
from doorleren.letters.templates import kind_of, read_templates
from doorleren.letters.variables import VARIABLES
from doorleren.shipped import folder

ALL = read_templates(folder("law") / "letters")
BEFORE = ("applied_on", "noticed_on", "claim_until")
"""Days that are over when a letter names them."""
AFTER = (
    "last_by", "first_by", "activities_until", "settle_until", "complete_until", "respond_until", "new_until",
    "in_use_from", "inspect_from", "suspended_until", "pay_by",
)  # fmt: skip
"""Days that are yet to come when a letter names them."""
EITHER = ("before_until", "rate_day")
SAID_BEFORE, SAID_AFTER = ("this_objection", "decision", "late_with", "objected_on"), ("heard_at",)
ROWS_AFTER = ("parts", "advance_parts")
MONTHS = {written_day(date(2026, month, 1), "nl").split()[1]: month for month in range(1, 13)}
LACKING = ("refused", "intent", "settled_lower", "settled_at_nil")
"""Letters that say which condition was not met; of all others every condition was."""


def days_in(words: str) -> list[date]:
    """Read the days in a text: "2 maart 2026" and "02-03-2026"."""
    full = [
        date(int(year), MONTHS[month], int(day))
        for day, month, year in re.findall(r"(\d+) ([a-z]+) (\d{4})", words)
        if month in MONTHS
    ]
    return full + [
        date(int(year), int(month), int(day)) for day, month, year in re.findall(r"(\d\d)-(\d\d)-(\d{4})", words)
    ]


def misplaced(name: str, values: dict, on: date) -> list[str]:
    """Give the variables of a letter whose days lie on the wrong side of its own day."""
    used = ALL[name].variables
    wrong = [one for one in BEFORE if one in used and not values[one] < on]
    wrong += [one for one in AFTER if one in used and not values[one] > on]
    wrong += [one for one in SAID_BEFORE if one in used and not all(day < on for day in days_in(values[one]))]
    wrong += [one for one in SAID_AFTER if one in used and not all(day > on for day in days_in(values[one]))]
    rows = [(one, row.text) for one in ROWS_AFTER if one in used for row in values[one]]
    return wrong + [one for one, text in rows if not all(day > on for day in days_in(text))]


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_days_of_an_example_are_in_order(name: str) -> None:
    """What a letter looks back on lies before its day, and what it looks ahead to after it; on the first and last day of the life neither holds."""
    values, on = examples_of(name, "nl"), day_of_example(name)
    assert misplaced(name, values, on) == []
    dated = [one for one in (*BEFORE, *AFTER) if one in ALL[name].variables]
    if dated:
        assert {*misplaced(name, values, date.min), *misplaced(name, values, date.max)} >= set(dated)


def test_every_day_is_looked_at() -> None:
    """Each variable that is a day is on one of the lists; one more must be put there."""
    assert {name for name, one in VARIABLES.items() if one.kind == "day"} == {*BEFORE, *AFTER, *EITHER}


def test_the_life_goes_on() -> None:
    """Every kind of letter has its day in the life, in the order in which they are written; none comes before the application."""
    kinds = {kind_of(name) for name in ALL}
    assert kinds <= DAYS.keys()
    assert {kind_of(name) for name in DAYS} <= kinds
    assert list(DAYS.values()) == sorted(DAYS.values())
    assert min(DAYS.values()) > examples_of("received", "nl")["applied_on"]


def test_one_letter_follows_from_another() -> None:
    """The objection is about the decision of its day, the penalty about that objection, and a later last day comes after the one before."""
    objected, amended = examples_of("objection_rejected", "nl"), examples_of("amended", "nl")
    assert days_in(objected["decision"]) == [day_of_example("partly_granted")]
    assert days_in(objected["this_objection"]) == [date(2026, 3, 16)]
    penalty = examples_of("penalty_decided", "nl")
    assert penalty["late_with"] == f"{objected['this_objection']} tegen {objected['decision']}"
    late, decided = examples_of("objection_extended", "nl")["new_until"], day_of_example("objection_rejected")
    owed = law().penalty.owed(late, penalty["noticed_on"], decided)
    assert owed is not None
    assert owed.last is not None
    days = (owed.last - owed.first).days + 1
    assert (owed.cents, f"{days} dagen") == (penalty["penalty_cents"], penalty["penalty_days"])
    assert examples_of("granted", "nl")["activities_until"] == amended["before_until"] < amended["activities_until"]
    assert days_in(examples_of("debt_objection_upheld", "nl")["decision"]) == [day_of_example("recovery_decided")]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", sorted(ALL))
def test_answers_agree(name: str, language: str) -> None:
    """A letter that gives what was asked has no condition that was not met, and one that does not says which; a reason says the same as its answer."""
    values = examples_of(name, language)
    if "reasons" not in ALL[name].variables or not values["reasons"]:
        return
    answers = [one.met for one in values["reasons"]]
    assert (False in answers) == (kind_of(name) in LACKING)
    told = as_html(fill(ALL[name], values, on=day_of_example(name), language=language))
    if "voldoet aan de voorwaarden" in told:
        assert "<td>nee</td>" not in told


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", sorted(name for name in ALL if "calculation" in ALL[name].variables))
def test_the_sums_come_to_what_the_letter_says(name: str, language: str) -> None:
    """The last row of a calculation is its total, and is an amount that the letter names; where it names none it is a total all the same."""
    values, used = examples_of(name, language), ALL[name].variables
    rows = values["calculation"]
    named = {values[one] for one in used if VARIABLES[one].kind == "money"}
    if not rows:
        return
    assert [one.total for one in rows] == [False] * (len(rows) - 1) + [True]
    if named and name != "loan_plan":
        assert rows[-1].cents in named, name


def test_what_is_paid_in_parts_adds_up() -> None:
    """The parts of a recovery are what must be paid back, a reminder adds its fee, and a set-off takes from both sides."""
    recovered, reminded, set_off = (examples_of(one, "nl") for one in ("recovery_decided", "reminded", "set_off"))
    assert sum(one.cents for one in recovered["parts"]) == recovered["recovered_cents"]
    assert recovered["paid_cents"] - examples_of("settled_lower", "nl")["settled_cents"] == recovered["recovered_cents"]
    assert reminded["recovered_cents"] + reminded["fee_cents"] == reminded["open_cents"]
    assert set_off["paid_cents"] - set_off["set_off_cents"] == set_off["left_cents"]
    assert recovered["recovered_cents"] - set_off["set_off_cents"] == set_off["open_cents"]
    loan = examples_of("loan_plan", "nl")
    lent, interest, paid = (one.cents for one in loan["calculation"])
    assert (lent, lent + interest) == (loan["lent_cents"], paid)
    assert loan["month_cents"] * (loan["months"] - 1) + loan["last_cents"] == paid


def test_only_letters_that_carry_documents_list_them() -> None:
    """The examples list attachments where a real letter does."""
    assert WITH_ATTACHMENTS | {"hearing"} == ATTACHED
    assert examples_of("reminded", "nl")["attachments"] == ()
    assert examples_of("refused.loan", "nl")["attachments"] != ()


@pytest.mark.parametrize("name", sorted(ALL))
def test_an_english_example_has_no_dutch(name: str) -> None:
    """No Dutch value is left in the English example, but names."""
    told = as_html(fill(ALL[name], examples_of(name, "en"), on=day_of_example(name), language="en"))
    words = set(re.findall(r"[a-z]+", re.sub(r"<[^>]+>", " ", told)))
    assert words & {"de", "het", "een", "wij", "niet", "van", "voor", "uw", "opleiding", "aanvraag"} == set()
