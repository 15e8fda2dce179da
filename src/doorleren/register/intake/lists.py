"""A list in one cell of a CSV, in JSON as our own open data has it: texts, ESCO ids, runs, recognitions, locations."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from doorleren.register.entries import Location, Recognition, Run
from doorleren.register.intake import codes, own_terms
from doorleren.register.intake.faults import Misread
from doorleren.register.intake.texts import LONGEST_TEXT, clean, too_long

IN_JSON = {"nl": 'een lijst in JSON, zoals ["een", "twee"]', "en": 'a list in JSON, such as ["one", "two"]'}


def is_list(text: str) -> bool:
    """Whether a cell begins as a list in JSON and ends as one."""
    text = text.strip()
    return text.startswith("[") and text.endswith("]")


def read_list(text: str, read: Callable[[Any], tuple[Any, ...]]) -> tuple[Any, ...]:
    """Read a cell as a list, of which `read` makes the items; raises Misread."""
    if len(text) > LONGEST_TEXT:
        raise too_long(LONGEST_TEXT)
    try:
        return read(json.loads(text, parse_float=Decimal))
    except (ValueError, RecursionError) as error:
        if isinstance(error, Misread):
            raise
        raise Misread(IN_JSON) from error


def read_texts(text: str, most: int) -> tuple[str, ...]:
    """Read a list of texts, each without markup; one that is no JSON is a text that happens to stand in brackets."""
    try:
        found: tuple[str, ...] = read_list(text, own_terms.texts_of)
    except Misread:
        return (clean(text, most),)
    return tuple(one for one in (clean(each, most) for each in found) if one)


def read_esco(text: str) -> tuple[str, ...]:
    """Read ESCO ids as a list in JSON, or as people part them (see codes.py); raises Misread."""
    if not is_list(text):
        return codes.read_esco(text)
    return tuple(one for each in read_list(text, own_terms.texts_of) for one in codes.read_esco(each))


def read_runs(text: str) -> tuple[Run, ...]:
    """Read a list of runs; raises Misread."""
    return read_list(text, own_terms.read_runs)


def read_recognitions(text: str) -> tuple[Recognition, ...]:
    """Read a list of recognitions; raises Misread."""
    return read_list(text, own_terms.read_recognitions)


def read_locations(text: str) -> tuple[Location, ...]:
    """Read a list of locations; raises Misread."""
    return read_list(text, own_terms.read_locations)
