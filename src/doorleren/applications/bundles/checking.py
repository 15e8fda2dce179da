"""Checking a row by itself: is it written well, and does the scheme's own file say yes to it? Pure.

The limit of a day is a condition of the scheme like any other: it looks at how many the adviser registered today, so
whoever asks row after row passes on the number.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from doorleren.applications.bundles import faults
from doorleren.applications.bundles.faults import Fault
from doorleren.applications.bundles.rows import BIRTH_FACT, BORN, NAME, NUMBER, OWN_COLUMNS, REFERENCE, Row
from doorleren.applications.form import ROLE
from doorleren.applications.models.partnerships import LONGEST_NAME
from doorleren.applications.models.registrations import NUMBER as LOOKS_LIKE_NUMBER
from doorleren.applications.models.registrations import REFERENCE as WRITTEN_REFERENCE
from doorleren.core.days import FIRST_YEAR, read_day
from doorleren.people.national_number import NotANationalNumber, checked
from doorleren.rules.faults import ProfileFault
from doorleren.rules.profile import Profile, read_value
from doorleren.rules.settled import Settled
from doorleren.rules.verdicts import judge, unsettled
from doorleren.rules.vocabulary import Fact, Vocabulary

QUALIFIED, TODAY = "adviser.qualified", "adviser.registrations_today"
"""The facts that the register of registrations tells of the adviser."""
TRUE, FALSE = frozenset({"ja", "yes", "true", "1", "j", "y"}), frozenset({"nee", "no", "false", "0", "n"})
_REFERENCE, _NUMBER = re.compile(WRITTEN_REFERENCE, re.ASCII), re.compile(LOOKS_LIKE_NUMBER, re.ASCII)
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """A row that is written well: whom it is about, and what it tells the conditions. `number` is empty if none was given."""

    line: int
    reference: str
    number: str
    name: str
    born: date
    facts: Profile


@dataclass(frozen=True, slots=True)
class Who:
    """Who somebody is; `number` is empty where no national number was given."""

    name: str = field(repr=False)
    born: date = field(repr=False)
    number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the scheme says of a row: the cents to reserve, or why not. `profile` is all that it looked at."""

    cents: int | None
    faults: tuple[Fault, ...]
    profile: Mapping[str, Any]
    outcome: str


def read_row(row: Row, vocabulary: Vocabulary, today: date) -> Told | tuple[Fault, ...]:
    """Read the fields of a row, or say of each field what is wrong with it."""
    found = [faults.TOO_WIDE] if row.wide else []
    reference = row.told.get(REFERENCE, "")
    if not _REFERENCE.fullmatch(reference) or _NUMBER.fullmatch(reference.replace(".", "")):  # also 9999.90.019
        found.append(faults.NO_REFERENCE)
    who, wrong = read_who(row.told, today)
    found += wrong
    facts: Profile = {}
    for column, text in row.told.items():
        if column in OWN_COLUMNS or not text:
            continue
        fact = vocabulary.facts[column]
        try:
            facts[column] = read_value(fact, _plain(fact, text))
        except ProfileFault:
            found.append(faults.unanswered(fact, given=True))
    if found or who is None:
        return tuple(found)
    return Told(row.line, reference, who.number, who.name, who.born, facts)


def read_who(told: Mapping[str, str], today: date) -> tuple[Who | None, list[Fault]]:
    """Read who a row is about from its national number, name and date of birth; nobody where something is wrong with one of them."""
    found: list[Fault] = []
    number, name, born = "", told.get(NAME, ""), day_told(told.get(BORN, ""))
    if told.get(NUMBER):
        try:
            number = checked(told[NUMBER])
        except NotANationalNumber:
            found.append(faults.BAD_NUMBER)
    if not is_name(name):
        found.append(faults.NO_NAME)
    if born is None or born > today or born.year < FIRST_YEAR:
        found.append(faults.NO_BIRTH_DATE)
    return (None if found or born is None else Who(name, born, number)), found


def judge_row(told: Told, settled: Settled, registered_today: int, vocabulary: Vocabulary) -> Judged:
    """Ask the track of the scheme: a qualified adviser who registered so many people today registers this one."""
    track = settled.tracks[0]
    profile = told.facts | {
        BIRTH_FACT: told.born, QUALIFIED: True, TODAY: registered_today, ROLE: track.track.applicant,
    }  # fmt: skip
    one = judge(settled, profile)
    found: list[Fault] = []
    if one.truth is False:
        found = [
            faults.not_met(each.condition, sorted(each.facts))
            for each, holds in zip(settled.conditions, one.holds, strict=True)
            if holds is False
        ]
    lacking: set[str] = set(one.missing()) if one.truth is None else set()
    cents = one.amount if one.amount is not None else one.amount_max
    if one.truth is True and cents is None:
        for node in (track.granted, track.most):
            lacking |= unsettled(node, profile) if node is not None else frozenset()
    found += [faults.unanswered(vocabulary.facts[name], given=False) for name in sorted(lacking)]
    if found:
        return Judged(None, tuple(found), profile, one.outcome)
    return Judged(cents or 0, (), profile, one.outcome)


def columns_of(settled: Settled, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """Give the facts that a bundle tells besides who somebody is: what the track looks at and nobody knows here."""
    names = settled.facts - {BIRTH_FACT, QUALIFIED, TODAY, ROLE}
    return tuple(fact for name, fact in vocabulary.facts.items() if name in names)


def is_name(text: str) -> bool:
    """Say whether a text can be the name of a person: letters, no digits, not too long."""
    if not 0 < len(text) <= LONGEST_NAME or any(sign.isdigit() for sign in text):
        return False
    return any(sign.isalpha() for sign in text) and all(unicodedata.category(sign)[0] != "C" for sign in text)


def day_told(text: str) -> date | None:
    """Read a day as 1985-04-01, or as it is written here: 01-04-1985."""
    dutch = _DUTCH_DAY.fullmatch(text)
    try:
        return date(int(dutch[3]), int(dutch[2]), int(dutch[1])) if dutch else read_day(text)
    except ValueError:
        return None


def _plain(fact: Fact, text: str) -> Any:
    """Write the text of a cell as JSON would have it."""
    if fact.type == "bool":
        word = text.casefold()
        return True if word in TRUE else False if word in FALSE else text
    if fact.type == "date":
        return day_told(text) or text
    if fact.type == "set":
        return [_code(fact, one.strip()) for one in text.split("|") if one.strip()]
    if fact.type in ("enum", "code"):
        return _code(fact, text)
    if fact.type in ("money", "decimal") and "," in text and "." not in text:
        return text.replace(",", ".")
    return text


def _code(fact: Fact, text: str) -> str:
    """Give the value that a text stands for: itself, or the one that is called so in Dutch or English."""
    if text in fact.values or text in fact.value_labels:
        return text
    wanted = text.casefold()
    called = (value for value, words in fact.value_labels.items() if wanted in map(str.casefold, words.values()))
    return next(called, text)
