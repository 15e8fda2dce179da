"""What the expression language refuses, and that each refusal names the file, the condition and the column."""

import pytest

from doorleren.rules.faults import SchemeFault
from doorleren.rules.reading import LONGEST, read_amount
from tests.rules.language import WHERE, condition, setting

REFUSED = {
    # values and names that do not exist
    'training.kind == "kourse"': (1, "training.kind is never 'kourse'"),
    'training.kind in {"course", "kourse"}': (1, "training.kind is never 'kourse'"),
    'training.recognised and "quality" in provider.recognition': (25, "provider.recognition is never 'quality'"),
    'any_of(employer.activity, {"ict"})': (1, "employer.activity is never 'ict'"),
    "employer.sector in wrong_sectors": (1, "employer.sector is never 'space'"),
    "person.birthday < day": (1, "did you mean person.birth_date"),
    "training.price <= ceiling": (19, "'ceiling' is neither a fact (table.fact) nor a parameter"),
    "planet.mass > 3": (1, "the vocabulary has no fact planet.mass"),
    # kinds that do not compare
    "training.price > person.insured_months": (1, "a number of euro cannot be compared with a number of month"),
    "training.price > months": (1, "a number of euro cannot be compared with a number of month"),
    "person.insured_months >= cap": (1, "a number of month cannot be compared with a number of euro"),
    "applies(training.price) and training.price + months > 3": (29, "cannot be added"),
    "person.birth_date > 18": (1, "a day cannot be compared with a number"),
    'person.birth_date < "2020-01-01"': (1, "a day cannot be compared with a text"),
    "training.kind == training.price": (1, "a text cannot be compared with a number of euro"),
    "training.recognised > training.guidance": (1, "compared with == and != only"),
    'training.kind < "course"': (1, "has no order"),
    'training.kind <= person.benefit': (1, "texts of two facts are compared with == and != only"),
    "provider.recognition == provider.recognition": (1, "cannot be compared"),
    # `in`
    'training.kind in "course"': (1, "`in` needs a set on its right, not a text"),
    '"ict" in employer.sector': (1, "`in` needs a set on its right, not a text"),
    "training.price in {1, 2}": (19, "a set is written with texts only"),
    'training.price in {"1"}': (1, "`in` needs a text on its left"),
    "training.kind in provider.recognition": (1, "asked with a written text"),
    "training.kind in {*sectors}": (18, "a set is written with texts only"),
    # no condition
    "training.price": (1, "a condition is needed here, not a number of euro"),
    "5": (1, "a condition is needed here"),
    "training.recognised and 1": (25, "a condition is needed here, not a number"),
    "not training.price": (5, "a condition is needed here"),
    "training.kind is training.kind": (1, "not with is"),
    "": (1, ""),
    "training.price >": (1, "invalid syntax"),
    "training.price = 3": (1, "invalid syntax"),
    "person.birth_date\x00 < day": (1, ""),
    # syntax beyond the language
    "lambda: training.recognised": (1, "Lambda is not part of the language"),
    "[training.recognised]": (1, "List is not part of the language"),
    "(training.recognised, training.guidance)": (1, "Tuple is not part of the language"),
    "{1: 2} == {1: 2}": (1, "Dict is not part of the language"),
    "[x for x in sectors]": (1, "ListComp is not part of the language"),
    "all(x for x in sectors)": (1, "there is no function all"),
    "any_of({x for x in sectors}, sectors)": (8, "SetComp is not part of the language"),
    "(kept := training.recognised)": (2, "NamedExpr is not part of the language"),
    "training.kind == f'{1}'": (18, "JoinedStr is not part of the language"),
    "person.birth_date.year > 1980": (1, "Attribute is not part of the language"),
    "person.__class__": (1, "the vocabulary has no fact person.__class__"),
    "training.kind[0] == 'c'": (1, "Subscript is not part of the language"),
    "min(*sectors, 1) > 1": (5, "Starred is not part of the language"),
    "training.recognised == None": (24, "None is not a value"),
    "training.kind == b'course'": (18, "is not a value of the language"),
    "1j == 1j": (1, "is not a value of the language"),
    "... == ...": (1, "is not a value of the language"),
    # functions
    "__import__('os')": (1, "there is no function __import__"),
    "training.kind.startswith('c')": (1, "there is no function training.kind.startswith"),
    "(lambda: 1)() == 1": (1, "there is no function"),
    "age() > 18": (1, "age takes 1 to 2 arguments"),
    "age(person.birth_date, other=day) > 18": (1, "age takes 1 to 2 arguments"),
    "age(training.price) > 18": (5, "a day is needed here"),
    "min(5) > 4": (1, "min takes 2 to 9 arguments"),
    "min(5, cap, months) > 4": (1, "cannot stand beside"),
    "clamp(5, 1) == 1": (1, "clamp takes 3 arguments"),
    "applies(5)": (1, "applies takes a fact"),
    "add_days(person.birth_date, 5) < day": (1, "only `day` and date parameters can be moved"),
    "add_months(day, 0.5) < day": (1, "by a whole number"),
    "any_of(training.kind, {'course'})": (1, "the first argument is a set fact"),
    "any_of(provider.recognition, provider.recognition)": (1, "a written set or a set parameter"),
    "size_class(employer.employees, day, employer.turnover) == 'small'": (32, "size_class needs a number for turnover"),
    "size_class(employer.employees, employer.turnover, employer.balance_total) == 'tiny'": (1, "is never 'tiny'"),
    # arithmetic
    "training.price * 2 > cap": (1, 'training.price may be "n/a" here'),
    "min(training.price, cap) > 0": (5, 'training.price may be "n/a" here'),
    "training.recognised or training.price * 2 > cap": (24, 'may be "n/a" here'),
    "not applies(training.price) and training.price * 2 > cap": (33, 'may be "n/a" here'),
    "cap / least > cap / training.price": (21, "may be \"n/a\" here"),
    "applies(training.price) and cap / training.price > 1": (29, "division is by a number or parameter"),
    "cap / 0 > 1": (1, "other than zero"),
    "cap ** 2 > 1": (1, "only + - * / are part of the language"),
    "cap % 2 > 1": (1, "only + - * / are part of the language"),
    "cap // 2 > 1": (1, "only + - * / are part of the language"),
    "~least > 1": (1, "is not part of the language"),
    "+least > 1": (1, "is not part of the language"),
    "(cap if training.recognised else months) > 3": (2, "both sides of if/else are of one type"),
    "(cap if training.price else cap) > 3": (9, "a condition is needed here"),
    "training.kind + training.kind == training.kind": (1, "arithmetic needs a number, not a text"),
    # sizes
    "add_days(day, 99999999) > day": (1, "there is no such day"),
    "add_years(day, 9000) > day": (1, "there is no such day"),
    "1e999 > 1": (1, "a number has at most 12 digits"),
    "1e999999999 > 1": (1, "a number has at most 12 digits"),
    f"{'9' * 500} > 1": (1, "a number has at most 12 digits"),
    " or ".join(["training.recognised"] * 200): (1, f"at most {LONGEST} characters"),
    "not " * 480 + "training.recognised": (241, "nested too deep"),
    "(" * 300 + "training.recognised" + ")" * 300: (1, ""),
    "-" * 1500 + "5 > 1": (1, ""),
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:60].replace("\x00", "NUL"))
def test_an_expression_is_refused(text: str) -> None:
    """Each of these is no condition of the language; the message names file, condition, column and reason."""
    column, reason = REFUSED[text]
    with pytest.raises(SchemeFault) as fault:
        condition(text)
    assert str(fault.value).startswith(f"{WHERE}, column ")
    assert reason in str(fault.value)
    if column > 1:
        assert f"column {column}:" in str(fault.value)


@pytest.mark.parametrize(
    "text", ["months", "day", "training.recognised", '"ict"', "cap * cap", "cap / cap", "sectors", "months * cap"]
)
def test_an_amount_is_money(text: str) -> None:
    """What is no number of euro cannot be an amount."""
    with pytest.raises(SchemeFault, match="column"):
        read_amount(text, setting(), WHERE, frozenset())


@pytest.mark.parametrize("text", ["training.price * third", "min(training.price, cap)", "cap - training.price"])
def test_an_amount_guards_facts_that_may_not_apply(text: str) -> None:
    """Arithmetic on a fact in an amount is refused unless a condition beside it compares the fact."""
    with pytest.raises(SchemeFault, match='may be "n/a" here'):
        read_amount(text, setting(), WHERE, frozenset())
    assert read_amount(text, setting(), WHERE, frozenset({"training.price"}))
