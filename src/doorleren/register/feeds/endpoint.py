"""An endpoint of the Open Onderwijs API, version 5, as one file: its organisations, courses, programs and their offerings.

The standard gives lists in pages and has no list of all offerings, so each course and program is asked for its own.
Everything or nothing: a page that is missing or broken makes the whole visit fail, because half a list looks like a
whole one. Only a course that has gone between the list and the question for its offerings is left out; it stays as it
was. A source may have no programs at all: then its answer for that list is a 404.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from doorleren.register.feeds.connecting import NotFetched
from doorleren.register.feeds.visiting import Visit, WrongStatus

PAGE_SIZE = 250
"""The largest page that the standard allows."""
SINCE = timedelta(days=365)
"""How long ago an offering may have begun: what began before tells neither a start nor a price of now."""

_GONE = 404
_IDS = {"courses": "courseId", "programs": "programId"}


def download_courses(root: str, path: Path, visit: Visit, *, today: date) -> None:
    """Write what an endpoint offers as one JSON list; `root` is the address under which `/courses` is.

    Raises NotFetched; what the file holds then is worth nothing.
    """
    with path.open("w", encoding="ascii") as file:
        file.write("[")
        for number, one in enumerate(_objects(visit, root, today - SINCE)):
            file.write((",\n" if number else "\n") + json.dumps(one))
        file.write("\n]\n")


def _objects(visit: Visit, root: str, since: date) -> Iterator[dict[str, Any]]:
    yield from _pages(visit, root, "organizations")
    told, left_out = 0, 0
    seen: set[str] = set()
    for place, one in _offered(visit, root):
        number = one.get(_IDS[place])
        if not isinstance(number, str) or not number:
            raise NotFetched(
                f"Een cursus of programma van de bron heeft geen {_IDS[place]}.",
                f"A course or program of the source has no {_IDS[place]}.",
            )
        if number in seen:  # the list moved on while it was read
            continue
        seen.add(number)
        offerings = _offerings(visit, root, f"{place}/{quote(number, safe='')}/offerings", since)
        if offerings is None:
            left_out += 1
            continue
        told += 1
        yield one | {"offerings": offerings}
    if left_out and not told:
        raise NotFetched(
            f"De bron kent van geen van de {left_out} cursussen het aanbod (status 404).",
            f"The source knows the offerings of none of the {left_out} courses (status 404).",
        )


def _offered(visit: Visit, root: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give courses, then programs, each with the name of its list."""
    for one in _pages(visit, root, "courses"):
        yield "courses", one
    try:
        for one in _pages(visit, root, "programs"):
            yield "programs", one
    except WrongStatus as error:
        if error.status != _GONE:
            raise


def _offerings(visit: Visit, root: str, place: str, since: date) -> list[dict[str, Any]] | None:
    """Give the offerings of a course or program; None for one that is no longer there."""
    try:
        return list(_pages(visit, root, place, since=since.isoformat()))
    except WrongStatus as error:
        if error.status == _GONE:
            return None
        raise


def _pages(visit: Visit, root: str, place: str, **more: str) -> Iterator[dict[str, Any]]:
    """Give the items of all pages of a list. Either `hasNextPage` or `totalPages` says that there is another."""
    number = 1
    while True:
        try:
            page = visit.ask(_address(root, place, pageSize=str(PAGE_SIZE), pageNumber=str(number), **more))
        except WrongStatus as error:
            if number == 1:
                raise
            raise NotFetched(
                f"Bladzijde {number} van {place} ontbreekt (status {error.status}).",
                f"Page {number} of {place} is missing (status {error.status}).",
            ) from error
        items, following = page.get("items"), _following(page, number)
        if not isinstance(items, list) or not all(isinstance(one, dict) for one in items) or following is None:
            raise NotFetched(
                f"Bladzijde {number} van {place} is geen bladzijde van de Open Onderwijs API (items, hasNextPage).",
                f"Page {number} of {place} is no page of the Open Onderwijs API (items, hasNextPage).",
            )
        if page.get("pageNumber", number) != number or (following and not items):
            raise NotFetched(
                f"Op de vraag om bladzijde {number} van {place} kwam iets anders.",
                f"The question for page {number} of {place} brought something else.",
            )
        yield from items
        if not following:
            return
        number += 1


def _following(page: dict[str, Any], number: int) -> bool | None:
    """Say whether another page follows; None where the page does not say."""
    has_next, total = page.get("hasNextPage"), page.get("totalPages")
    counted = number < total if isinstance(total, int) and not isinstance(total, bool) else None
    if not isinstance(has_next, bool) and counted is None:
        return None
    return has_next is True or bool(counted)


def _address(root: str, place: str, **question: str) -> str:
    """Give the address of a list below the root; a question that the root has itself is asked along."""
    parts = urlsplit(root)
    asked = urlencode([*parse_qsl(parts.query), *question.items()])
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{place}", asked, ""))
