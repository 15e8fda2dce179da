"""A profile: what is known of who asks. Read exactly; absent is unknown; "n/a" is a value of its own.

Values are kept ready for comparing: money as whole cents, decimals as millionths, days as dates, sets as
frozensets. A profile is a plain dictionary of full fact names, so an unknown fact is simply not in it.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from doorleren.core.days import read_day
from doorleren.core.money import NotExact, scaled
from doorleren.rules.faults import ProfileFault
from doorleren.rules.vocabulary import DECIMALS, Fact, Vocabulary


class _NotApplicable:
    """The one value of "does not apply"; it never passes for unknown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "n/a"

    def __reduce__(self) -> str:
        return "NA"


NA = _NotApplicable()

Profile = dict[str, Any]


def read_json(text: str | bytes) -> dict[str, Any]:
    """Parse JSON with exact decimals. Raises ProfileFault for what is no JSON object, or names a key twice."""
    try:
        content = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except ProfileFault:
        raise
    except (ValueError, ArithmeticError) as error:
        given = str(error) if isinstance(error, ValueError) else "a number beyond all bounds"
        raise ProfileFault("profile", given, "a JSON object of tables of facts") from error
    except RecursionError as error:
        raise ProfileFault(
            "profile", "brackets within brackets without end", "a JSON object of tables of facts"
        ) from error
    if not isinstance(content, dict):
        raise ProfileFault("profile", type(content).__name__, "a JSON object of tables of facts")
    return content


def read_profile(content: Mapping[str, Any], vocabulary: Vocabulary) -> Profile:
    """Check a nested mapping (table, fact, value) against the vocabulary.

    Raises ProfileFault that names the fact, what was given and what is allowed.
    """
    profile: Profile = {}
    for table, members in content.items():
        if table not in vocabulary.tables:
            raise ProfileFault(str(table), members, "one of the tables " + ", ".join(vocabulary.tables))
        if members is None:
            continue
        if not isinstance(members, Mapping):
            raise ProfileFault(table, members, 'a table of facts, such as {"birth_date": "1985-04-01"}')
        for short, value in members.items():
            name = f"{table}.{short}"
            fact = vocabulary.facts.get(name)
            if fact is None:
                raise ProfileFault(name, value, _known_names(name, table, vocabulary))
            if value is not None:
                profile[name] = read_value(fact, value)
    return profile


def read_value(fact: Fact, value: object) -> Any:
    """Read one value as its fact's type. Raises ProfileFault."""
    if value == "n/a":
        return NA
    match fact.type:
        case "bool":
            return value if isinstance(value, bool) else _refuse(fact, value, 'true, false or "n/a"')
        case "date":
            return _date(fact, value)
        case "enum" | "code":
            return _text(fact, value)
        case "set":
            return _set(fact, value)
    try:
        number = scaled(value, DECIMALS[fact.type])
    except NotExact as error:
        allowed = "a whole number" if fact.type == "int" else str(error)
        raise ProfileFault(fact.name, value, allowed) from error
    if number < 0:
        _refuse(fact, value, "zero or more")
    return number


def plain(fact: Fact, value: Any) -> Any:
    """Write a kept value back as it stands in JSON: numbers and days as text, sets as sorted lists."""
    if value is NA:
        return "n/a"
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if fact.type in ("money", "decimal"):
        exact = Decimal(value).scaleb(-DECIMALS[fact.type])
        return f"{exact:.2f}" if fact.type == "money" else f"{exact.normalize():f}"
    return value


def _date(fact: Fact, value: object) -> date:
    if isinstance(value, date) and type(value) is date:
        return value
    if isinstance(value, str):
        try:
            return read_day(value)
        except ValueError:
            pass
    return _refuse(fact, value, "a day as YYYY-MM-DD")


def _text(fact: Fact, value: object) -> str:
    if not isinstance(value, str) or not value:
        return _refuse(fact, value, _values(fact) or "text")
    if fact.values and value not in fact.values:
        return _refuse(fact, value, _values(fact))
    if fact.pattern and re.fullmatch(fact.pattern, value) is None:
        return _refuse(fact, value, fact.allowed)
    return value


def _set(fact: Fact, value: object) -> frozenset[str]:
    if not isinstance(value, list | tuple | set | frozenset):
        return _refuse(fact, value, "a list of " + (_values(fact) or "texts"))
    for member in value:
        if not isinstance(member, str) or (fact.values and member not in fact.values):
            return _refuse(fact, member, "a list of " + (_values(fact) or "texts"))
    return frozenset(value)


def _values(fact: Fact) -> str:
    return ", ".join(fact.values)


def _refuse(fact: Fact, value: object, allowed: str) -> NoReturn:
    raise ProfileFault(fact.name, value, allowed)


def _known_names(name: str, table: str, vocabulary: Vocabulary) -> str:
    close = vocabulary.nearest(name)
    hint = f"; did you mean {close}?" if close else ""
    known = ", ".join(fact.removeprefix(f"{table}.") for fact in vocabulary.facts if fact.startswith(f"{table}."))
    return f"a fact of the vocabulary: {table} has {known}{hint}"


def _refuse_constant(name: str) -> NoReturn:
    raise ProfileFault("profile", name, "numbers that exist")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ProfileFault(twice, "named twice", "each name once")
    return content
