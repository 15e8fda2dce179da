"""The fields of the index: what is searched in, what is counted, and what each activity has there."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from tantivy import Schema, SchemaBuilder

from doorleren.register.entries import Recognition, Run
from doorleren.register.search.indexed import Indexed

STEMS, WHOLE = "dutch", "whitespace"
TITLE, SYNONYMS, PARTS, TEXT = "title", "synonyms", "parts", "text"
ROW, START, SPOT, SHOWN_FROM, SHOWN_UNTIL, OCCUPATION = (
    "row", "start", "spot", "shown_from", "shown_until", "occupation",
)  # fmt: skip

COUNTED = (
    "sector", "level", "delivery", "goal", "language", "start_month", "region", "recognition", "fundable_by",
    "shortage_occupation", "combinable",
)  # fmt: skip
"""The facets whose values are the activity's own; price after funding and distance depend on who asks."""

ANY_TIME = "any_time"
"""The start month of an activity that starts whenever one likes."""

COMBINABLE = {
    "combinable_with_work": "work", "combinable_with_care": "care", "evening": "evening",
    "independent_of_time": "any_time", "independent_of_place": "any_place",
}  # fmt: skip
ANY_DAY = 0
NO_DAY = 2**31
NO_SPOT = 2**32 - 1
FAR_PAST, FAR_FUTURE = date.min.toordinal(), date.max.toordinal()


def schema() -> Schema:
    """Give the fields as tantivy knows them."""
    builder = SchemaBuilder()
    for name in (TITLE, SYNONYMS, PARTS):
        builder.add_text_field(name, tokenizer_name=WHOLE, index_option="freq")
    builder.add_text_field(TEXT, tokenizer_name=STEMS, index_option="freq")
    builder.add_text_field(OCCUPATION, tokenizer_name="raw", index_option="basic")
    for name in COUNTED:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (ROW, START, SPOT):
        builder.add_unsigned_field(name, indexed=name == SPOT, fast=True)
    for name in (SHOWN_FROM, SHOWN_UNTIL):
        builder.add_unsigned_field(name, indexed=True)
    return builder.build()


def counted_values(one: Indexed, today: date) -> dict[str, tuple[str, ...]]:
    """Give the values of an activity per facet, each value once; what is not told has none."""
    entry = one.entry
    single = {
        "sector": entry.sector, "level": entry.level, "delivery": entry.delivery, "goal": entry.goal,
        "language": entry.language,
        "shortage_occupation": None if one.shortage_occupation is None else ("no", "yes")[one.shortage_occupation],
    }  # fmt: skip
    several = {
        "region": {one.region, *one.other_regions} - {""},
        "start_month": {month_of(run) for run in to_come(entry.runs, today)},
        "recognition": {way.route for way in one.provider.recognitions if _holds(way, today)},
        "fundable_by": set(one.fundable_by),
        "combinable": {value for name, value in COMBINABLE.items() if getattr(entry, name)},
    }
    found = {name: (value,) for name, value in single.items() if value}
    return found | {name: tuple(sorted(values)) for name, values in several.items() if values}


def to_come(runs: tuple[Run, ...], today: date) -> Iterator[Run]:
    """Give the runs that have not begun on a day, those without a day included."""
    return (run for run in runs if run.starts_on is None or run.starts_on >= today)


def month_of(run: Run) -> str:
    """Give the month in which a run starts, as 2023-09."""
    return _month(run.starts_on) if run.starts_on else ANY_TIME


@lru_cache(maxsize=4096)
def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def starts_of(one: Indexed, today: date) -> tuple[int, ...]:
    """Give the days to come on which the activity starts, as ordinals in order; `ANY_DAY` comes before all days."""
    return tuple(
        sorted({run.starts_on.toordinal() if run.starts_on else ANY_DAY for run in to_come(one.entry.runs, today)})
    )


def _holds(way: Recognition, today: date) -> bool:
    return (way.starts_on is None or way.starts_on <= today) and (way.ends_on is None or today <= way.ends_on)
