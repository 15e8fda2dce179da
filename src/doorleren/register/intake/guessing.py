"""A mapping to start from: which column is which field, by its name and by the values of the first rows together.

A name proposes, the values decide: a column is only taken if at least four in five of its values read as what the
field wants. Names that a file uses for an activity and a provider alike ("name", "website") go to the provider if
they follow from the provider's id. What stays unclear is left out, never filled in.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from doorleren.register.intake import amounts, columns, currencies, headers, own_csv
from doorleren.register.intake.columns import Column
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Misread, Unreadable
from doorleren.register.intake.mapping import Mapping
from doorleren.register.intake.measures import with_units
from doorleren.register.intake.spoken import MOST, spoken
from doorleren.register.intake.targets import TARGETS, Target

ENOUGH = 0.8
"""The share of a column's values that must read as what the field wants."""
EXACT = 100
"""A column called just so: fewer of its values need to be right, and of a few values none, for the rows to be judged."""
FEW = 50
MOST_RATES = 10
"""Rates of VAT that one file can have; a column with more of them holds amounts."""

_TEXTS = ("text", "list", "code")
_NUMERIC = re.compile(r"[\d.,\s$€£%:/\-]+\Z")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.I)
_DUTCH_POSTCODE = re.compile(r"[1-9]\d{3}\s?[a-z]{2}\Z", re.I)


def guess(header: Sequence[str], rows: Sequence[Sequence[str]], today: date) -> Mapping:
    """Guess the mapping of a file from its header and its first rows; raises Unreadable if no column can be the title."""
    if own_csv.is_ours(header):
        return own_csv.mapping(header)
    every = columns.columns_of(header, rows)
    proposed = _ambiguous_settled(every, _proposed(every, today))
    chosen: dict[int, str] = {}
    taken: set[str] = set()
    for _score, place, target in sorted(proposed, key=lambda one: (-one[0], one[1])):
        if place not in chosen and (target not in taken or (target.startswith("price.") and TARGETS[target].adds)):
            chosen[place] = target
            taken.add(target)
    _fill_in(every, chosen, taken)
    if "title" not in taken:
        names = ", ".join(repr(name) for name in header)[:500]
        raise Unreadable(
            f"Geen van de kolommen lijkt de titel van een opleiding te zijn. Maak een kolomindeling. Kolommen: {names}.",
            f"None of the columns looks like the title of a training. Make a mapping. Columns: {names}.",
        )
    currency = currency_of(every, {every[place].name: target for place, target in chosen.items()})
    chosen = with_units(every, _prices_that_add_up(every, chosen, rows))
    named = {every[place].name: chosen[place] for place in sorted(chosen)}
    return Mapping(named, _month_first(every, chosen), currency, text_language(every, named), guessed=True)


def text_language(every: Sequence[Column], mapped: dict[str, str]) -> str:
    """Guess in which language the texts of a file are written: two letters; `mapped` is targets by name of column."""
    texts = [one for one in every if one.name in mapped and TARGETS[mapped[one.name]].kind in ("text", "list")]
    return spoken(
        (value for column in texts for value in column.values[:MOST]),
        (word for column in every for word in headers.words_of(column.name)),
    )


def _proposed(every: Sequence[Column], today: date) -> list[tuple[float, int, str]]:
    found = []
    for column in every:
        for name, score in headers.fits(column.name).items():
            if _holds(column, TARGETS[name], score, today):
                likely = 4 * column.distinct if name == "title" else 0.0
                if TARGETS[name].kind == "price" and currencies.named_in(column.name) not in ("", currencies.EURO):
                    likely = -20.0  # "Price (EUR)" comes before "Price (USD)", wherever it stands
                found.append((score + likely, column.place, name))
    return found


def _holds(column: Column, target: Target, score: float, today: date) -> bool:
    """Whether the values of a column can be what the target wants."""
    if not column.values:
        return score >= 90
    if target.kind in _TEXTS:
        return _is_text(column, target, score)
    if target.kind == "price" and "excl" in column.name.lower() and not target.name.endswith("without_vat"):
        return False
    if target.kind == "rate" and len(set(column.values)) > MOST_RATES:
        return False
    if target.kind == "postcode" and "postcode" not in column.name.lower():
        return sum(1 for value in column.values if _DUTCH_POSTCODE.match(value)) >= ENOUGH * len(column.values)
    calendar = Calendar(today, bool(columns.month_first(column)), months=True)
    read = columns.reader(target, calendar, columns.sign_of(column))
    if target.kind == "truth" and any(value.isdigit() and value not in ("0", "1") for value in column.values):
        return False
    exact = score >= EXACT
    if exact and target.refuses and len(column.values) <= FEW:
        return True
    return column.readable(read) >= (0.5 if exact else ENOUGH)


def _is_text(column: Column, target: Target, score: float = 0.0) -> bool:
    if target.name == "code":
        least = 0.98 if score < EXACT else 0.5 if len(column.values) <= FEW else 0.9
        return column.distinct >= least and column.length <= 80
    if target.name == "provider.code":
        return column.length <= 60
    if target.name == "title" and (column.length > 200 or (len(column.values) > 20 and column.distinct < 0.02)):
        return False
    odd = sum(1 for value in column.values if _NUMERIC.match(value) or _ADDRESS.match(value))
    return odd < 0.5 * len(column.values)


def _ambiguous_settled(
    every: Sequence[Column], proposed: list[tuple[float, int, str]]
) -> list[tuple[float, int, str]]:  # fmt: skip
    """Where a name means two things, keep the provider's field if it follows from the provider, else the activity's."""
    owners = [one for one in proposed if one[2] in ("provider.code", "provider.name") and one[0] >= 60]
    owners = [one for one in owners if not _is_generic(every[one[1]])]
    owner = min(owners, key=lambda one: (one[2] != "provider.code", -one[0]), default=None)
    titled = any(
        one[2] == "title" and (not _is_generic(every[one[1]]) or every[one[1]].distinct >= 0.8) for one in proposed
    )
    named = {one[2] for one in proposed if one[2].startswith("provider.") and not _is_generic(every[one[1]])}
    kept = []
    for one in proposed:
        column, target = every[one[1]], one[2]
        if _is_generic(column):
            if owner is not None:
                of_provider = _follows(every[owner[1]], column) and target_exists(proposed, column, "provider.")
            else:
                of_provider = titled and target.split(".")[-1] in ("name", "title") and column.distinct < 0.5
            taken = {other for _score, place, other in proposed if place == column.place} & named
            if target.startswith("provider.") != (of_provider and not taken):
                continue
        kept.append(one)
    return kept


def target_exists(proposed: Sequence[tuple[float, int, str]], column: Column, start: str) -> bool:
    """Whether a column is proposed for a target that begins so."""
    return any(place == column.place and target.startswith(start) for _score, place, target in proposed)


def _is_generic(column: Column) -> bool:
    return "".join(word for word in headers.words_of(column.name) if not word.isdigit()) in headers.GENERIC


def _follows(owner: Column, column: Column) -> bool:
    """Whether the values of a column follow from those of another that stands beside it, and come back with them."""
    if owner.place == column.place or not column.values or len(owner.values) < len(column.values):
        return False
    if len(owner.values) != len(column.values):
        return len(set(column.values)) <= 1.1 * len(set(owner.values)) and column.distinct < 0.9
    seen: dict[str, list[str]] = defaultdict(list)
    for key, value in zip(owner.values, column.values, strict=True):
        seen[key].append(value)
    several = [values for values in seen.values() if len(values) > 1]
    return bool(several) and sum(len(set(values)) == 1 for values in several) >= 0.8 * len(several)


def _fill_in(every: Sequence[Column], chosen: dict[int, str], taken: set[str]) -> None:
    """Find by the values alone what no name gave: the title, a description, an address, an id."""
    free = [column for column in every if column.place not in chosen and column.values]

    def take(column: Column, target: str) -> None:
        chosen[column.place] = target
        taken.add(target)
        free.remove(column)

    if "title" not in taken:
        likely = [
            one for one in free if 6 <= one.length <= 120 and one.distinct > 0.3 and _is_text(one, TARGETS["title"])
        ]
        if likely:
            take(
                max(
                    likely,
                    key=lambda one: (
                        bool({"name", "naam", "title", "titel"} & set(headers.words_of(one.name))),
                        one.distinct,
                    ),
                ),
                "title",
            )
    for target, holds in (
        ("code", _is_like_a_code),
        ("url", lambda one: sum(1 for v in one.values if _ADDRESS.match(v)) >= 0.9 * len(one.values)),
        ("description", lambda one: one.length >= 80 and _is_text(one, TARGETS["description"])),
    ):
        found = [one for one in free if holds(one)] if target not in taken else []
        if found:
            take(max(found, key=lambda one: one.length), target)


def _is_like_a_code(column: Column) -> bool:
    """Whether a column names each row once; the number of a line does not, it changes with the order."""
    ends = ("code", "id", "key", "nr", "nummer", "number", "ref", "reference")
    named = any(word.endswith(ends) for word in headers.words_of(column.name)) and "volg" not in column.name.lower()
    return named and column.distinct == 1.0 and column.length <= 40


def _prices_that_add_up(
    every: Sequence[Column], chosen: dict[int, str], rows: Sequence[Sequence[str]]
) -> dict[int, str]:
    """Leave the parts of a price out where they do not make up the total in most rows: then they mean something else."""
    parts = [place for place, target in chosen.items() if target.startswith("price.") and TARGETS[target].adds]
    totals = [place for place, target in chosen.items() if target in ("price.total", "price.total.without_vat")]
    if not parts or not totals:
        return chosen
    compared = right = 0
    signs = {place: columns.sign_of(every[place]) for place in (*parts, *totals)}
    for row in rows:
        total = _cents(row, totals[0], signs)
        told = [cents for place in parts if (cents := _cents(row, place, signs)) is not None]
        if total and told:
            compared += 1
            right += sum(told) == total or not any(told)
    if compared and right < ENOUGH * compared:
        return {place: target for place, target in chosen.items() if place not in parts}
    return chosen


def _cents(row: Sequence[str], place: int, signs: dict[int, str]) -> int | None:
    """Read an amount to add up, of whatever currency."""
    try:
        return amounts.read_cents(currencies.FOUND.sub(" ", row[place].lower()).strip(), signs[place])
    except (Misread, IndexError):
        return None


def _month_first(every: Sequence[Column], chosen: dict[int, str]) -> tuple[str, ...]:
    """Name the columns that put the month first; a column that does not tell follows the others."""
    told = {
        place: columns.month_first(every[place]) for place in chosen if TARGETS[chosen[place]].kind in ("day", "end")
    }
    usual = True in told.values() and False not in told.values()
    return tuple(every[place].name for place in sorted(told) if told[place] or (told[place] is None and usual))


def currency_of(every: Sequence[Column], mapped: dict[str, str]) -> str:
    """Give the currency of the amounts that name none (see currencies.py); empty where nothing tells it, or a column does."""
    if "price.currency" in mapped.values():
        return ""
    prices = [one for one in every if one.name in mapped and TARGETS[mapped[one.name]].kind == "price"]
    return currencies.usual((one.name for one in prices), (value for one in prices for value in one.values))
