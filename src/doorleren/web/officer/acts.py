"""The record of acts and the log of who viewed, for an auditor: filtered, in pages, and held against the chain.

Looking is noted in the log of who viewed itself. The whole chain is checked by a button, in steps that end in time.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.audit import queries
from doorleren.audit.acts import Break, Party, checked
from doorleren.audit.models import Act, View
from doorleren.audit.queries import Wanted
from doorleren.people.models import Person
from doorleren.people.queries import people_called
from doorleren.web.officer.act_words import act_words, detail_words, kind_words, party_words
from doorleren.web.officer.asked import field, given, known_day, number, paging, table, written_moment
from doorleren.web.officer.official import official, page
from doorleren.web.viewing import viewed

ON_A_PAGE = 50
AT_ONCE = 50_000
"""Acts that one press of the button checks: some two seconds of work."""


@page
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Show the record, newest first; GET: by, about, act, from, until, before."""
    asking = official(request, "view_acts")
    told = given(request.GET)
    wanted, fault = _wanted(told, asking.today, told.get("act", ""))
    nothing: queries.Page[Act] = queries.Page((), None)
    found = nothing if fault else queries.acts(wanted, before=_before(told), size=ON_A_PAGE)
    viewed(request, "record_of_acts")
    _note_person(request, wanted)
    return render(request, "officer/acts.html", {
        "fields": [*_filters(told), _act_filter(told), *_days(told)],
        "action": reverse("officer-acts"),
        "table": _acts_table(found.rows),
        "any": bool(found.rows),
        "fault": fault,
        "broken": _broken(queries.break_among(found.rows)),
        **paging(request, "before", found.next_before),
    })  # fmt: skip


@page
@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """Show who viewed what, newest first; GET: by, about, from, until, before."""
    asking = official(request, "view_acts")
    told = given(request.GET)
    wanted, fault = _wanted(told, asking.today, "")
    nothing: queries.Page[View] = queries.Page((), None)
    found = nothing if fault else queries.views(wanted, before=_before(told), size=ON_A_PAGE)
    viewed(request, "log_of_views")
    _note_person(request, wanted)
    return render(request, "officer/views.html", {
        "fields": [*_filters(told), *_days(told)],
        "action": reverse("officer-views"),
        "table": _views_table(found.rows),
        "any": bool(found.rows),
        "fault": fault,
        **paging(request, "before", found.next_before),
    })  # fmt: skip


@page
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """With POST check the chain from its beginning, or on from the act `after`; changes nothing. GET leads to the button."""
    official(request, "view_acts")
    if request.method != "POST":
        return HttpResponseRedirect(reverse("officer-acts"))
    told = given(request.POST)
    after = Act.objects.filter(pk=number(told.get("after", "")) or 0).first()
    before = (number(told.get("count", "")) or 0) if after else 0
    found = checked(after=after, most=AT_ONCE)
    return render(request, "officer/acts_check.html", {
        "count": before + found.acts,
        "broken": _broken(found.broken),
        "until": found.whole_until,
        "more": found.broken is None and found.acts == AT_ONCE,
        "trail": [{"url": reverse("officer-acts"), "label": _("Logboek van handelingen")}, {"label": _("Keten")}],
    })  # fmt: skip


def _wanted(told: dict[str, str], today: date, name: str) -> tuple[Wanted, str]:
    """Read the filter; gives with it what is wrong where it names somebody whom we do not know."""
    by, fault = _actor(told.get("by", ""))
    first, last = (known_day(told.get(end, ""), today) for end in ("from", "until"))
    return Wanted(by, _subject(told.get("about", "")), name, first, last), fault


def _actor(text: str) -> tuple[Party | None, str]:
    """Read who is meant: a number, a whole name, or a kind with an id ("site", "person:12")."""
    if not text:
        return None, ""
    kind, _colon, number_of = text.partition(":")
    if kind.isascii() and kind.isidentifier() and (number_of or kind == "site"):
        return Party(kind, number_of), ""
    if text.isascii() and text.isdecimal():
        return Party("person", text), ""
    people = people_called(text)
    if len(people) == 1:
        return Party("person", str(people[0].pk)), ""
    if people:
        numbers = ", ".join(str(one.pk) for one in people)
        return None, _("Er zijn meer mensen met deze naam. Zoek op nummer: %(numbers)s.") % {"numbers": numbers}
    return None, _("Wij kennen niemand met precies deze naam.")


def _subject(text: str) -> Party | None:
    kind, _colon, number_of = text.replace(" ", "").partition(":")
    return Party(kind.lower(), number_of) if kind else None


def _before(told: dict[str, str]) -> int | None:
    return number(told.get("before", ""))


def _note_person(request: HttpRequest, wanted: Wanted) -> None:
    """Note whose doings were looked up, where it was one person's."""
    people = {one.id for one in (wanted.by, wanted.subject) if one and one.kind == "person" and one.id.isdecimal()}
    if people:
        viewed(request, "acts_of_person", *sorted(one[:50] for one in people))


def _filters(told: dict[str, str]) -> list[dict[str, Any]]:
    return [
        field("by", "line", _("Wie (nummer of hele naam)"), told),
        field("about", "line", _("Waarover (zoals role:12 of provider)"), told),
    ]


def _act_filter(told: dict[str, str]) -> dict[str, Any]:
    options = [("", _("alle handelingen")), *((name, act_words(name)) for name in queries.names_of_acts())]
    return field("act", "choice", _("Handeling"), told, options=options)


def _days(told: dict[str, str]) -> list[dict[str, Any]]:
    return [field("from", "day", _("Vanaf"), told), field("until", "day", _("Tot en met"), told)]


def _acts_table(rows: Sequence[Act]) -> dict[str, Any]:
    people = _names(
        [(one.actor_kind, one.actor_id) for one in rows] + [(one.subject_kind, one.subject_id) for one in rows]
    )
    columns = [_("Wanneer"), _("Wie"), _("Handeling"), _("Waarover"), _("Bijzonderheden"), _("Nummer")]
    return table("acts", _("Handelingen, de nieuwste boven"), columns, [
        [
            written_moment(one.at),
            _linked("officer-acts", "by", one.actor_kind, one.actor_id, people),
            act_words(one.act, one.subject_kind),
            _linked("officer-acts", "about", one.subject_kind, one.subject_id, people),
            detail_words(one),
            str(one.pk),
        ]
        for one in rows
    ])  # fmt: skip


def _views_table(rows: Sequence[View]) -> dict[str, Any]:
    people = _names([(one.viewer_kind, one.viewer_id) for one in rows])
    columns = [_("Wanneer"), _("Wie keek"), _("Waarnaar"), _("Op welke bladzijde")]
    return table("views", _("Inzage, de nieuwste boven"), columns, [
        [
            written_moment(one.at),
            _linked("officer-views", "by", one.viewer_kind, one.viewer_id, people),
            {
                "text": f"{kind_words(one.subject_kind)} {one.subject_id}".strip(),
                "url": _address("officer-views", "about", one.subject_kind, one.subject_id),
            },
            one.page,
        ]
        for one in rows
    ])  # fmt: skip


def _linked(name: str, asked: str, kind: str, number_of: str, people: dict[str, str]) -> dict[str, str]:
    return {"text": party_words(kind, number_of, people), "url": _address(name, asked, kind, number_of)}


def _address(name: str, asked: str, kind: str, number_of: str) -> str:
    return f"{reverse(name)}?{urlencode({asked: f'{kind}:{number_of}' if number_of else kind})}"


def _names(parties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the names of the people among some parties, by their number as text."""
    numbers = {key for kind, one in parties if kind == "person" and (key := number(one)) is not None}
    return {str(key): name for key, name in Person.objects.filter(pk__in=numbers).values_list("pk", "name")}


def _broken(found: Break | None) -> str:
    if found is None:
        return ""
    if found.wrong == "content":
        return _("De keten is gebroken bij handeling %(act)s: de inhoud is veranderd.") % {"act": found.act}
    return _("De keten is gebroken bij handeling %(act)s: ervoor ontbreekt iets, of iets is verplaatst.") % {
        "act": found.act
    }
