"""The work lists of cases: mine, my body's, by term, scheme, colleague and state; found by reference or name; exported as filtered.

Assigning from a list is in case_assigning.py. A list names no applicant, so looking at one is not in the log of who viewed;
what was found by a name is, and so is an export, which leaves the site.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.audit.one_moment import one_moment
from doorleren.cases.access import VIEW
from doorleren.cases.queries import Position, Row, chosen_by, counts_of, page_rows, work_list
from doorleren.cases.references import reference_of
from doorleren.people.access import Thing, allowed
from doorleren.web.officer.asked import given
from doorleren.web.officer.case_asked import (
    List,
    colleagues,
    count_words,
    fields,
    list_of,
    quick,
    quick_shown,
    schemes_of,
    written_position,
)
from doorleren.web.officer.case_assigned import last_assigned
from doorleren.web.officer.case_rows import Rows
from doorleren.web.officer.case_search import fault, note_seen, nothing, whole
from doorleren.web.officer.case_words import done_words, due_terms, state_named
from doorleren.web.officer.official import Official, official, page
from doorleren.web.viewing import viewed

AT_ONCE = 1000
"""Rows of an export that are read at a time."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would compute."""


@page
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Show a list; GET: body, search, official, scheme, state, due, order, after. A whole reference leads to that case."""
    asking, told = official(request, VIEW), given(request.GET)
    case = whole(asking, told.get("search", ""))
    if case is not None:
        return HttpResponseRedirect(reverse("officer-case", args=[case.reference]))
    return shown(request, asking, told, {})


@page
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Give exactly what is filtered as CSV, all pages: no applicant and no content."""
    asking = official(request, VIEW)
    asked = list_of(asking, given(request.GET))
    viewed(request, "case_export", asked.body.pk)
    if asked.found.names:
        note_seen(request, asked.found, chosen_by(asked.wanted).values_list("pk", flat=True))
    names, terms = dict(schemes_of(asked.body.pk)), due_terms()
    heads = [
        _("kenmerk"), _("regeling"), _("stand"), _("ontvangen op"), _("uiterste dag"), _("wat dan moet"), _("medewerker"),
    ]  # fmt: skip

    def lines() -> Iterator[list[str]]:
        yield heads
        for row in every(asked):
            yield [
                row.reference, names.get(row.scheme, row.scheme), state_named(row.state, row.procedure), row.received_on.isoformat(),
                row.due_on.isoformat() if row.due_on else "", terms.get(row.due_term, row.due_term),
                "" if row.official is None else row.official_name or str(row.official),
            ]  # fmt: skip

    reply = StreamingHttpResponse(as_csv(lines()), content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="zaken-{asking.today.isoformat()}.csv"'
    return reply


def every(asked: List) -> Iterator[Row]:
    """Give all rows of a list, in its order, so many at a time and all as at one moment: each case once, though its day moves."""
    wanted = replace(asked.wanted, after=None)
    with one_moment():
        while True:
            rows = page_rows(chosen_by(wanted), wanted, AT_ONCE)
            yield from rows
            if len(rows) < AT_ONCE:
                return
            last = rows[-1]
            day = last.due_on if wanted.order == "due" else last.received_on
            wanted = replace(wanted, after=Position(day, last.case))


class _Line:
    """What a CSV writer writes to: gives each line back."""

    def write(self, text: str) -> str:
        """Give it back."""
        return text


def as_csv(lines: Iterable[Iterable[str]]) -> Iterator[str]:
    """Write rows as CSV, with a mark of UTF-8 in front; no cell is a formula to a spreadsheet."""
    writer = csv.writer(_Line())
    yield "\N{BYTE ORDER MARK}"
    for cells in lines:
        yield writer.writerow([f"'{one}" if one.startswith(FORMULA) else one for one in cells])


def shown(
    request: HttpRequest, asking: Official, told: Mapping[str, str], errors: Mapping[str, str],
    chosen: frozenset[int] = frozenset(),
) -> HttpResponse:  # fmt: skip
    """Show a list, with what was wrong in a form on it and which cases were chosen there."""
    asked = list_of(asking, told)
    found = work_list(asked.wanted)
    note_seen(request, asked.found, (row.case for row in found.rows))
    errors = {**fault(asked.found), **errors}
    people, short = colleagues(asked.body.pk, asking.today), quick(asked, asking)
    counts = counts_of([asked.wanted, *(one.wanted for one in short)])
    lists = quick_shown(asked, short, counts)
    following = asked.address("officer-cases", after=written_position(found.after)) if found.after else ""
    may_assign = bool(
        allowed(asking.who, "assign_case", Thing("cases", "", body=asked.body.pk), at=asking.at, held=asking.held)
    )
    return render(request, "officer/cases.html", {
        "body": asked.body.name,
        "code": asked.told.get("body", ""),
        "quick": lists,
        "unfolds": not any(one["current"] for one in lists) and not asked.only_searched,
        "fields": fields(asked, asking, people),
        "action": reverse("officer-cases"),
        "rows": Rows(asking, boxes=may_assign, chosen=chosen, wrong="cases" in errors, names=asked.found.names).shown(found.rows),
        "count": count_words(counts[asked.wanted]),
        "narrowed": asked.narrowed,
        "own": asked.wanted.official == asking.who.person,
        "search": asked.found.typed,
        "nothing": nothing(asked.found, asked.body),
        "only_searched": asked.only_searched,
        "example": reference_of(1),
        "may_assign": may_assign,
        "people": people,
        "to": told.get("to", ""),
        "back": asked.address("officer-cases", after=told.get("after", "")).partition("?")[2],
        "wider_url": asked.address("officer-cases", official="all", due="", scheme="", state=""),
        "all_url": asked.address("officer-cases", official="all", due="", scheme="", state="", search=""),
        "export_url": asked.address("officer-cases-export"),
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "wrong": errors,
        "assigned": last_assigned(request, asking, people) if told.get("done") == "1" else None,
        "done": done_words(told.get("done", "")),
        "first": asked.address("officer-cases") if told.get("after") else "",
        "following": following,
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)  # fmt: skip
