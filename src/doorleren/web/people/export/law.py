"""What the law's table says of each kind of personal content, with where it is in the archive: for the archive and the page."""

from typing import Any

from doorleren.people.personal_content import Row, personal_content
from doorleren.web.people.export.ways import CODES, ELSEWHERE, LEFT_OUT, WAYS, WHY_NO_CODES
from doorleren.web.public.privacy import row_shown
from doorleren.web.public.questions import in_language


def kinds() -> list[dict[str, Any]]:
    """List the kinds of content: what, why, ground, how long, what happens then, and its tables."""
    return [row_shown(one) | {"tables": _tables(one)} for one in personal_content().rows]


def _tables(row: Row) -> list[dict[str, Any]]:
    """Say per table of a kind whether its rows are here ("here": true), or where they are or why not ("instead")."""
    found = []
    for label, names in row.fields.items():
        codes = [one for one in names if one in CODES.get(label, ())]
        told: dict[str, Any] = {"table": label, "here": label in WAYS, "fields": list(names)}
        if label not in WAYS:
            told["instead"] = in_language(ELSEWHERE.get(label) or LEFT_OUT[label])
        elif codes:
            told |= {"fields": [one for one in names if one not in codes], "not_given": codes}
            told["instead"] = in_language(WHY_NO_CODES)
        found.append(told)
    return found
