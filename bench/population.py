"""Synthetic people from a seed, in three shapes of the same draw: profiles, Polars columns and NumPy arrays.

A draw is not the Netherlands: shares are set so that every scheme finds both people who get it and people who do
not. Unknown and "does not apply" are drawn for each fact apart.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from doorleren.rules import tree
from doorleren.rules.layout import NOT_APPLICABLE, column, companion, member_column
from doorleren.rules.profile import NA, Profile
from doorleren.rules.settled import Settled
from doorleren.rules.tree import parts_of
from doorleren.rules.vocabulary import Fact, Vocabulary

EPOCH = date(1970, 1, 1)
USUALLY, SELDOM = 0.92, 0.06
SELDOM_TRUE = frozenset({
    "training.excluded_in_register", "person.receives_student_finance", "person.receives_teacher_grant",
    "person.receives_adult_pupil_allowance", "training.legally_required", "person.entitled_to_student_finance",
    "training.outside_netherlands", "person.grants_this_year",
    "person.worked_in_target_segment", "person.education_in_last_2_years",
})  # fmt: skip
LIKELY = {
    "person.benefit": "ww", "training.target_sector": "ict", "training.route": "bachelor", "training.intensity": "part_time",
    "person.residence_status": "dutch", "employer.sector": "agriculture",
}  # fmt: skip
"""A value that half of the people have, so that the scheme that asks for it finds somebody."""

RANGES: dict[str, tuple[int, int]] = {
    "employer.employees": (1, 400), "employer.advices": (0, 40), "employer.trajectories_this_year": (0, 8),
    "adviser.registrations_today": (0, 28), "training.grants_to_activity_this_year": (0, 330),
    "training.contract_months": (1, 14), "person.insured_months": (0, 30), "partnership.smes": (0, 8),
    "partnership.duration_months": (1, 30), "training.price": (10_000, 1_500_000), "training.paid_by_other": (0, 400_000),
    "training.statutory_fee": (100_000, 250_000), "training.duration_months": (1_000_000, 16_000_000),
    "training.share_of_working_time": (300_000, 1_000_000), "partnership.largest_share": (300_000, 1_000_000),
    "employer.turnover": (0, 8_000_000_000), "employer.balance_total": (0, 7_000_000_000),
    "employer.eligible_costs": (100_000, 8_000_000), "partnership.eligible_costs": (100_000, 100_000_000),
}  # fmt: skip
"""Least and most of a number as the engine keeps it: cents, millionths, ones."""

OTHERWISE = {"money": (0, 2_000_000), "decimal": (0, 1_000_000), "int": (0, 60)}
DAYS = {
    "person.birth_date": (date(1950, 1, 1), date(2006, 1, 1)),
    "training.starts_on": (date(2021, 7, 1), date(2023, 10, 1)),
}
ANY_DAY = (date(2018, 1, 1), date(2024, 1, 1))
ROUND_EUROS = frozenset({"employer.turnover", "employer.balance_total"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """One fact for n people; a text as its place among `words`, a set as a truth per member of `words`."""

    fact: Fact
    words: tuple[str, ...]
    values: np.ndarray
    unknown: np.ndarray
    absent: np.ndarray


def draw(
    settled: Iterable[Settled],
    vocabulary: Vocabulary,
    size: int,
    *,
    seed: int,
    unknown: float = 0.0,
    absent: float = 0.0,
    absent_from: Collection[str] | None = None,
) -> list[Drawn]:
    """Draw every fact that the versions look at, for `size` people; `unknown` and `absent` are shares per fact.

    Facts of the tables `absent_from` (None: of all tables) may not apply.
    """
    versions = list(settled)
    random = np.random.default_rng(seed)
    asked = texts_asked(versions)
    drawn = []
    for name in sorted(frozenset().union(*(version.facts for version in versions))):
        fact = vocabulary.facts[name]
        allowed = () if fact.type == "set" else fact.values or fact.value_labels
        words = tuple(dict.fromkeys([*allowed, *sorted(asked.get(name, ()))]))
        values = _values(fact, words, size, random)
        share = absent if absent_from is None or fact.table in absent_from else 0.0
        drawn.append(Drawn(fact, words, values, random.random(size) < unknown, random.random(size) < share))
    return drawn


def texts_asked(versions: Iterable[Settled]) -> dict[str, set[str]]:
    """Give the texts that some condition or amount compares a fact with."""
    found: dict[str, set[str]] = {}

    def visit(node: tree.Node) -> None:
        match node:
            case tree.Among(tree.FactValue(name, _), members):
                found.setdefault(name, set()).update(members)
            case tree.Has(fact, member):
                found.setdefault(fact.name, set()).add(member)
        for part in parts_of(node):
            visit(part)

    for version in versions:
        for one in version.conditions:
            visit(one.counted)
        for track in version.tracks:
            for node in (track.granted, track.most):
                if node is not None:
                    visit(node)
    return found


def _values(fact: Fact, words: tuple[str, ...], size: int, random: np.random.Generator) -> np.ndarray:
    match fact.type:
        case "bool":
            return random.random(size) < (SELDOM if fact.name in SELDOM_TRUE else USUALLY)
        case "date":
            first, last = DAYS.get(fact.name, ANY_DAY)
            return random.integers((first - EPOCH).days, (last - EPOCH).days, size, dtype=np.int32)
        case "enum" | "code":
            places = random.integers(0, len(words), size, dtype=np.uint8)
            if fact.name in LIKELY:
                places[random.random(size) < 0.5] = words.index(LIKELY[fact.name])
            return places
        case "set":
            share = SELDOM if fact.name in SELDOM_TRUE else 0.4
            return random.random((len(words), size), dtype=np.float32) < share
    least, most = RANGES.get(fact.name, OTHERWISE[fact.type])
    if fact.name in ROUND_EUROS:
        return random.integers(least // 100, most // 100, size, endpoint=True) * 100
    return random.integers(least, most, size, endpoint=True, dtype=np.int64 if most > 2**31 - 1 else np.int32)


def profiles(drawn: list[Drawn]) -> list[Profile]:
    """Lay a draw out as profiles, as the engine keeps them."""
    size = len(drawn[0].unknown)
    found: list[Profile] = [{} for _ in range(size)]
    for one in drawn:
        for place, profile in enumerate(found):
            if one.absent[place]:
                profile[one.fact.name] = NA
            elif not one.unknown[place]:
                profile[one.fact.name] = _plain(one, place)
    return found


def _plain(one: Drawn, place: int) -> Any:
    match one.fact.type:
        case "bool":
            return bool(one.values[place])
        case "date":
            return EPOCH + timedelta(days=int(one.values[place]))
        case "enum" | "code":
            return one.words[one.values[place]]
        case "set":
            return frozenset(word for word, chosen in zip(one.words, one.values[:, place], strict=True) if chosen)
    return int(one.values[place])


def columns(drawn: list[Drawn]) -> pl.DataFrame:
    """Lay a draw out in Polars: null for unknown, a companion where something may not apply, a set as one truth per member."""
    laid: dict[str, pl.Series] = {}
    for one in drawn:
        known = pl.Series(~(one.unknown | one.absent))
        if one.fact.type in ("enum", "code"):
            places = np.where(one.absent, np.uint8(len(one.words)), one.values)
            kind = pl.Enum([*one.words, NOT_APPLICABLE])
            laid[column(one.fact.name)] = _masked(pl.Series(places).cat.to(kind), pl.Series(~one.unknown | one.absent))
            continue
        if one.absent.any():
            laid[companion(one.fact.name)] = pl.Series(one.absent)
        if one.fact.type == "set":
            for place, word in enumerate(one.words):
                laid[member_column(one.fact.name, word)] = _masked(pl.Series(one.values[place]), known)
            continue
        series = pl.Series(one.values)
        laid[column(one.fact.name)] = _masked(series.cast(pl.Date) if one.fact.type == "date" else series, known)
    return pl.DataFrame(laid)


def _masked(values: pl.Series, known: pl.Series) -> pl.Series:
    if known.all():
        return values
    return pl.select(pl.when(known).then(values)).to_series()


def arrays(drawn: list[Drawn]) -> Mapping[str, np.ndarray]:
    """Lay a complete draw out as OpenFisca likes it: float32 euros and parts of one, int32, days, truths, places of texts."""
    laid: dict[str, np.ndarray] = {}
    for one in drawn:
        name, values = column(one.fact.name), one.values
        match one.fact.type:
            case "date":
                laid[name] = values.astype("datetime64[D]")
            case "enum" | "code":
                laid[name] = values
            case "set":
                laid.update({member_column(one.fact.name, word): values[place] for place, word in enumerate(one.words)})
            case "bool":
                laid[name] = values
            case "int":
                laid[name] = values.astype(np.int32)
            case _:
                laid[name] = (values / one.fact.scale).astype(np.float32)
    return laid
