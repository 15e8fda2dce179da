"""Refused rows of a bundle with the same cause, told together: one sentence with the rows that it is about."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from doorleren.core.texts import in_language
from doorleren.web.public.questions import language

NAMED = 10
"""How many rows with one cause are named by their numbers; beyond it the others are counted."""


def alike(wrong: Iterable[tuple[int, str, list[dict[str, str]]]]) -> list[dict[str, Any]]:
    """Describe the causes in the order of the first row of each: which rows, the sentence, its source, how many rows.

    `wrong` are rows with their line, reference and faults as kept. A row with two faults is with both causes.
    """
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for line, reference, faults in wrong:
        for told in faults:
            cause = (in_language(told, language()), told["source"])
            rows = found.setdefault(cause, [])
            if (line, reference) not in rows[-1:]:
                rows.append((line, reference))
    return [
        {"rows": _named(rows), "count": len(rows), "text": text, "source": source}
        for (text, source), rows in found.items()
    ]


def _named(rows: list[tuple[int, str]]) -> str:
    """Name rows: one with its reference, some by their numbers, of many the first ones and how many others."""
    if len(rows) == 1:
        ((line, reference),) = rows
        named = _("Rij %(line)s") % {"line": line}
        return f"{named} ({reference})" if reference else named
    lines = [str(line) for line, _reference in rows]
    if len(lines) > NAMED + 1:
        return _("Rij %(lines)s en %(others)s andere") % {
            "lines": ", ".join(lines[:NAMED]), "others": len(lines) - NAMED
        }  # fmt: skip
    return _("Rij %(lines)s en %(last)s") % {"lines": ", ".join(lines[:-1]), "last": lines[-1]}
