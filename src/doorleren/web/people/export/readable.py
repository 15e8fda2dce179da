"""The page in the archive that one can read without a program: the same content as the JSON, in the words of the site."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string

from doorleren.core.texts import Texts
from doorleren.web import known
from doorleren.web.applicant.words import moment
from doorleren.web.people.export.words import FIELDS, SEEN, TABLES, VALUES
from doorleren.web.public.questions import in_language, label, language
from doorleren.web.public.values import day_in_words, euros


def page(told: Mapping[str, Any]) -> str:
    """Write the page from what goes into the JSON (archive.py): every row of a table, under the first kind of content that names it."""
    shown: set[str] = set()
    return render_to_string("people/export_readable.html", {
        "language": language(),
        "told": told,
        "made": moment(datetime.fromisoformat(told["made_at"])),
        "seen_by": [_look(one) for one in told["seen_by"]],
        "looked_at": [_look(one) for one in told["looked_at"]],
        "acts": [one | {"at": moment(datetime.fromisoformat(one["at"]))} for one in told["acts"]],
        "kinds": [kind | {"tables": [_table(one, told, shown) for one in kind["tables"]]} for kind in told["what_we_keep"]],
        "out": [{"name": one["name"], "why": _words(VALUES, one["why"])} for one in told["not_in_here"]],
    })  # fmt: skip


def _look(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "at": moment(datetime.fromisoformat(one["at"])), "what": _words(SEEN, one["what"])}


def _table(one: dict[str, Any], told: Mapping[str, Any], shown: set[str]) -> dict[str, Any]:
    name, first = one["table"], one["table"] not in shown
    shown.add(name)
    rows = told["tables"].get(name, []) if first else []
    return one | {
        "name": _words(TABLES, name), "first": first and one["here"],
        "rows": [[cell for field, value in row.items() if (cell := _cell(field, value))] for row in rows],
    }  # fmt: skip


def _cell(field: str, value: Any) -> dict[str, str] | None:
    """Give a field in words; None for an empty one."""
    if value is None or value in ("", [], {}):
        return None
    if field == "fact" and value in known.library().vocabulary.facts:
        return {"label": _words(FIELDS, field), "value": label(known.library().vocabulary.facts[value])}
    return {"label": _words(FIELDS, field), "value": _words(VALUES, _told(field, value))}


def _told(field: str, value: Any) -> str:
    """Write a value as the site does: cents as euros, moments and days of Amsterdam in words."""
    if field == "cents":
        return euros(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, str) and (field == "at" or field.endswith(("_at", "expire_date"))):
        return moment(datetime.fromisoformat(value))
    if isinstance(value, str) and (field == "day" or field.endswith(("_on", "birth_date"))):
        return day_in_words(date.fromisoformat(value))
    return str(value)


def _words(among: Mapping[str, Texts], name: str) -> str:
    return in_language(among[name]) if name in among else name
