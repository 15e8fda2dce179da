"""What expressions mean: unknown and "does not apply", exact money, size classes, and days."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.core.money import euros, half_up, scaled
from tests.rules.language import amount, ask, condition

T, F, U = True, False, None
NA = "n/a"

MEANING: list[tuple[str, dict[str, Any], bool | None]] = [
    # a bare yes/no fact
    ("training.recognised", {"training.recognised": True}, T),
    ("training.recognised", {"training.recognised": False}, F),
    ("training.recognised", {}, U),
    ("training.recognised", {"training.recognised": NA}, F),
    ("not training.recognised", {"training.recognised": NA}, T),
    ("not training.recognised", {}, U),
    ("training.recognised == False", {"training.recognised": NA}, F),
    ("training.recognised != True", {"training.recognised": NA}, F),
    ("training.recognised == False", {"training.recognised": False}, T),
    # comparisons with unknown and with what does not apply
    ("training.price <= cap", {"training.price": "1000.00"}, T),
    ("training.price <= cap", {"training.price": "1000.01"}, F),
    ("training.price <= cap", {}, U),
    ("training.price <= cap", {"training.price": NA}, F),
    ("training.price > cap", {"training.price": NA}, F),
    ("not training.price > cap", {"training.price": NA}, T),
    ("training.price != 5", {"training.price": NA}, F),
    ("training.price == training.paid_by_other", {"training.price": NA}, F),
    ("training.price == training.paid_by_other", {"training.price": NA, "training.paid_by_other": NA}, F),
    ("500 < training.price <= 1000", {"training.price": 500}, F),
    ("500 < training.price <= 1000", {"training.price": "500.01"}, T),
    ("500 < training.price <= 1000", {"training.price": NA}, F),
    # texts
    ('person.contract == "none"', {"person.contract": NA}, F),
    ('person.contract != "none"', {"person.contract": NA}, F),
    ('person.contract != "none"', {"person.contract": "agency"}, T),
    ('person.contract in {"none", "agency"}', {"person.contract": NA}, F),
    ('person.contract not in {"none", "agency"}', {"person.contract": NA}, F),
    ('not person.contract in {"none", "agency"}', {"person.contract": NA}, T),
    ('person.contract not in {"none", "agency"}', {}, U),
    ('person.contract not in {"none", "agency"}', {"person.contract": "permanent"}, T),
    ("employer.sector in sectors", {"employer.sector": "ict"}, T),
    ("employer.sector in sectors", {"employer.sector": "retail"}, F),
    ("person.sector == training.target_sector", {"person.sector": "ict", "training.target_sector": "ict"}, T),
    ("person.sector != training.target_sector", {"person.sector": "ict", "training.target_sector": NA}, F),
    ("person.sector != training.target_sector", {"person.sector": "ict"}, U),
    # an ordered fact
    ('person.education_level <= "mbo2"', {"person.education_level": "mbo2"}, T),
    ('person.education_level <= "mbo2"', {"person.education_level": "mbo3"}, F),
    ('person.education_level < "primary"', {"person.education_level": "none"}, T),
    ('person.education_level < "none"', {"person.education_level": "none"}, F),
    ('person.education_level >= "wo"', {"person.education_level": "wo"}, T),
    ('person.education_level > "wo"', {"person.education_level": "wo"}, F),
    ('person.education_level >= "none"', {"person.education_level": NA}, F),
    ('"mbo2" >= person.education_level', {"person.education_level": "havo"}, F),
    # sets
    ('"leerbon" in person.grants_this_year', {"person.grants_this_year": []}, F),
    ('"leerbon" in person.grants_this_year', {"person.grants_this_year": ["leerbon"]}, T),
    ('"leerbon" in person.grants_this_year', {}, U),
    ('"leerbon" in person.grants_this_year', {"person.grants_this_year": NA}, F),
    ('"leerbon" not in person.grants_this_year', {"person.grants_this_year": NA}, F),
    ('not "leerbon" in person.grants_this_year', {"person.grants_this_year": NA}, T),
    ('any_of(provider.recognition, {"ocw", "evc"})', {"provider.recognition": ["evc"]}, T),
    ('any_of(provider.recognition, {"ocw", "evc"})', {"provider.recognition": ["nlqf"]}, F),
    ('all_of(provider.recognition, {"ocw", "evc"})', {"provider.recognition": ["evc"]}, F),
    ('all_of(provider.recognition, {"ocw", "evc"})', {"provider.recognition": ["evc", "ocw", "nlqf"]}, T),
    ('any_of(provider.recognition, {"ocw"})', {"provider.recognition": NA}, F),
    ("any_of(employer.activity, {'career_advice'})", {}, U),
    # Kleene
    ("training.recognised and training.guidance", {"training.recognised": False}, F),
    ("training.recognised and training.guidance", {"training.recognised": True}, U),
    ("training.recognised or training.guidance", {"training.recognised": True}, T),
    ("training.recognised or training.guidance", {"training.recognised": False}, U),
    ("training.recognised or not training.recognised", {}, U),
    # applies
    ("applies(training.price)", {"training.price": 0}, T),
    ("applies(training.price)", {"training.price": NA}, F),
    ("applies(training.price)", {}, U),
    ("applies(person.contract)", {"person.contract": "none"}, T),
    ("applies(training.price) and training.price * 2 > cap", {"training.price": NA}, F),
    ("applies(training.price) and training.price * 2 > cap", {}, U),
    (
        "training.price * third > 1 if applies(training.price) else training.recognised",
        {"training.price": NA, "training.recognised": True},
        T,
    ),
    # if/else with an unknown test: unknown, unless both sides are the same
    (
        "(training.recognised if training.guidance else training.in_register)",
        {"training.recognised": True, "training.in_register": True},
        T,
    ),
    (
        "(training.recognised if training.guidance else training.in_register)",
        {"training.recognised": True, "training.in_register": False},
        U,
    ),
    (
        "(training.recognised if training.guidance else training.in_register)",
        {"training.guidance": True, "training.recognised": False},
        F,
    ),
    # least, greatest and sums with unknown are unknown
    ("applies(training.price) and min(training.price, cap) <= cap", {}, U),
    (
        "applies(training.price) and applies(training.paid_by_other) and training.price + training.paid_by_other >= 0",
        {"training.price": 5},
        U,
    ),
    # numbers, brackets, days
    ("0.1 + 0.2 == 0.3", {}, T),
    ("third * 3 == 1", {}, T),
    ("cap / 3 * 3 == cap", {}, T),
    ("round(2.5) == 3 and round(-2.5) == -2 and round(half_cent) == 0.01", {}, T),
    ("clamp(least, 6, 9) == 6 and clamp(least, 1, 4) == 4 and clamp(least, 1, 9) == 5", {}, T),
    ("add_months(first_day, 1) == add_days(first_day, 29)", {}, T),
    ("add_years(first_day, 1) > first_day", {}, T),
    ("months_between(first_day, day) == 1 and days_between(first_day, day) == 30", {}, T),
    ("months_between(training.starts_on, day) == 0", {"training.starts_on": "2024-02-02"}, T),
    ("days_between(day, training.starts_on) >= 28", {"training.starts_on": "2024-03-29"}, T),
    ("days_between(day, training.starts_on) >= 28", {"training.starts_on": "2024-03-28"}, F),
    ("years_between(training.starts_on, day) == -1", {"training.starts_on": "2024-03-02"}, T),
    ("training.duration_months <= 1.5", {"training.duration_months": "1.500001"}, F),
    ("training.duration_months <= 1.5", {"training.duration_months": "1.5"}, T),
]


@pytest.mark.parametrize(
    ("text", "facts", "wanted"), MEANING, ids=[f"{place} {text[:50]}" for place, (text, _, _) in enumerate(MEANING)]
)
def test_an_expression_means(text: str, facts: dict[str, Any], wanted: bool | None) -> None:
    """Each expression answers true, false or unknown (None) as written, for facts that are known, absent or n/a."""
    assert ask(text, facts) is wanted


AMOUNTS: list[tuple[str, dict[str, Any], int | None]] = [
    ("cap", {}, 100_000),
    ("cap * third", {}, 33_333),
    ("cap * third * 2", {}, 66_667),
    ("cap / 3 + cap / 3 + cap / 3", {}, 100_000),
    ("half_cent", {}, 1),
    ("half_cent * -1", {}, 0),
    ("half_cent * 3", {}, 2),
    ("round(cap * third) * 3", {}, 99_999),
    ("training.price * 0.67", {"training.price": "0.50"}, 34),
    ("training.price * 0.67", {"training.price": "1.50"}, 101),
    ("training.price * 0.15", {"training.price": "0.10"}, 2),
    ("training.price * third", {"training.price": "100000000000.01"}, 3_333_333_333_334),
    ("min(training.price * 0.6, cap)", {"training.price": "1666.66"}, 100_000),
    ("min(training.price * 0.6, cap)", {"training.price": "1666.65"}, 99_999),
    (
        "training.price * training.share_of_working_time",
        {"training.price": "0.01", "training.share_of_working_time": "0.5"},
        1,
    ),
    (
        "training.price * training.share_of_working_time",
        {"training.price": "0.01", "training.share_of_working_time": "0.499999"},
        0,
    ),
    ("cap * least", {}, 500_000),
    ("max(cap - training.price, 0)", {"training.price": "1000.01"}, 0),
    ("training.price", {}, None),
    ("min(training.price, cap)", {}, None),
    ("cap if training.recognised else cap", {}, 100_000),
    ("cap if training.recognised else cap * 2", {}, None),
]
APPLICABLE = frozenset({"training.price", "training.share_of_working_time"})


@pytest.mark.parametrize(
    ("text", "facts", "cents"), AMOUNTS, ids=[f"{place} {text}" for place, (text, _, _) in enumerate(AMOUNTS)]
)
def test_an_amount_is_exact_to_the_cent(text: str, facts: dict[str, Any], cents: int | None) -> None:
    """Money is computed exactly and rounded once, half up, at the end; a part that is unknown leaves it unknown."""
    assert amount(text, facts, APPLICABLE) == cents


@given(st.integers(0, 10**12), st.integers(1, 999))
def test_a_share_of_an_amount_is_what_decimals_say(cents: int, thousandths: int) -> None:
    """A share of any amount is the exact product, rounded half up, and never what binary fractions would make of it."""
    exact = Decimal(cents) * thousandths / 1000
    assert amount(f"training.price * 0.{thousandths:03d}", {"training.price": euros(cents)}, APPLICABLE) == int(
        (exact + Decimal("0.5")) // 1
    )


SIZES = [
    ("small", 49, "10000000", "99000000"),
    ("small", 49, "99000000", "10000000"),
    ("medium", 49, "10000000.01", "10000000.01"),
    ("medium", 50, "0", "0"),
    ("medium", 249, "50000000", "99000000"),
    ("medium", 249, "99000000", "43000000"),
    ("large", 249, "50000000.01", "43000000.01"),
    ("large", 250, "0", "0"),
]
SIZE_CLASS = "size_class(employer.employees, employer.turnover, employer.balance_total)"


@pytest.mark.parametrize(("size", "employees", "turnover", "balance"), SIZES)
def test_the_size_class_of_a_firm(size: str, employees: int, turnover: str, balance: str) -> None:
    """A firm is small or medium if its people and one of turnover and balance total stay within the limits (2003/361)."""
    facts = {"employer.employees": employees, "employer.turnover": turnover, "employer.balance_total": balance}
    for name in ("small", "medium", "large"):
        assert ask(f'{SIZE_CLASS} == "{name}"', facts) is (name == size)
        assert ask(f'{SIZE_CLASS} != "{name}"', facts) is (name != size)


@pytest.mark.parametrize(
    ("facts", "size", "wanted"),
    [
        ({"employer.employees": 300}, "large", T),
        ({"employer.employees": 10}, "small", U),
        ({"employer.employees": 10, "employer.turnover": 5}, "small", T),
        ({"employer.employees": 60}, "small", F),
        ({"employer.turnover": 10, "employer.balance_total": 10}, "large", U),
    ],
)
def test_the_size_class_with_facts_unknown(facts: dict[str, Any], size: str, wanted: bool | None) -> None:
    """The size class is settled as soon as what is known settles it, and unknown until then."""
    assert ask(f'{SIZE_CLASS} == "{size}"', facts) is wanted


AGES = [
    ("2006-03-01", "2024-03-01", T),
    ("2006-03-02", "2024-03-01", F),
    ("2004-02-29", "2022-02-28", F),
    ("2004-02-29", "2022-03-01", T),
    ("2006-02-28", "2024-02-28", T),
    ("2006-03-01", "2024-02-29", F),
    ("2006-02-28", "2024-02-29", T),
]


@pytest.mark.parametrize(("born", "on", "wanted"), AGES)
@pytest.mark.parametrize("text", ["age(person.birth_date) >= 18", "not age(person.birth_date) < 18", "age(person.birth_date) > 17",
                                  "18 <= age(person.birth_date, day)", "years_between(person.birth_date, day) >= 18"])  # fmt: skip
def test_an_age_around_a_leap_day(text: str, born: str, on: str, wanted: bool) -> None:
    """Who is born on 29 February is a year older on 1 March; however the age is written, the answer is the same."""
    assert ask(text, {"person.birth_date": born}, date.fromisoformat(on)) is wanted


@given(
    st.dates(date(1930, 1, 1), date(2010, 12, 31)), st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.integers(0, 80)
)
def test_comparing_an_age_is_counting_years(born: date, on: date, years: int) -> None:
    """The comparison with a birth date that an age becomes says what counting whole years says, for all six signs."""
    counted = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    for sign in ("<", "<=", "==", "!=", ">", ">="):
        wanted = eval(f"{counted} {sign} {years}")
        assert ask(f"age(person.birth_date) {sign} {years}", {"person.birth_date": born.isoformat()}, on) is wanted


def test_an_age_that_does_not_apply_is_no_age() -> None:
    """Each comparison of the age of somebody without a birth date is false, and unknown for one whose date is unknown."""
    for sign in ("<", "<=", "==", "!=", ">", ">="):
        assert ask(f"age(person.birth_date) {sign} 18", {"person.birth_date": NA}) is False
        assert ask(f"age(person.birth_date) {sign} 18", {}) is None


@given(st.fractions())
def test_rounding_is_half_up(value: Any) -> None:
    """A number is rounded to the nearest whole one, a half towards plus infinity."""
    assert 2 * (value - half_up(value)) < 1
    assert 2 * (value - half_up(value)) >= -1


@given(st.integers(-(10**14), 10**14))
def test_euros_are_read_as_they_are_written(cents: int) -> None:
    """Cents written as euros and read again are the same cents."""
    assert scaled(euros(cents), 2) == cents


def test_the_same_expression_is_the_same_tree() -> None:
    """Two ways to write a limit become one tree, so that an engine has nothing to disagree about."""
    assert condition("18 <= age(person.birth_date)") == condition("age(person.birth_date) >= 18")
    assert condition("cap >= training.price") == condition("training.price <= cap")
