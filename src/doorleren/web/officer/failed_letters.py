"""Letters that did not go out: which, why, since when, and trying again, one or all that are shown; how a body sends its letters."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorleren.applications.corrections.letters import reference_of
from doorleren.cases.acts import ACTS
from doorleren.core.refusals import ActRefused
from doorleren.decisions.commands.retry_letter import retry_letter
from doorleren.decisions.failed_letters import ABOUT, MOST_COUNTED, PAGE, FailedLetter, failed_letters, how_many
from doorleren.letters.models import NOTHING_LEFT, Channel, Letter
from doorleren.people.access import NotAllowed
from doorleren.people.commands.choose_letters import WayRefused, set_letters_of_body
from doorleren.people.models import Body, LetterWay
from doorleren.web.officer.asked import field, given, number, paging, written_moment
from doorleren.web.officer.case_words import channels, why_not_sent
from doorleren.web.officer.official import official, page
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language
from doorleren.web.viewing import viewed

ACT, SETTING = "note_in_case", "set_letters_of_body"
COUNTS = ("sent", "left", "gone")
"""What the address counts of the letters that were tried: sent, failed again, and those of which nothing is left to send."""


@page
@require_safe
def failures(request: HttpRequest) -> HttpResponse:
    """List them by what they are about, without opening them, the newest first; GET: before, and what was tried so far (COUNTS)."""
    asking = official(request, ACT)
    told, bodies = given(request.GET), own_bodies(asking, ACT)
    before = number(told.get("before", ""))
    rows = failed_letters(bodies, before=before, most=PAGE + 1)
    shown = rows[:PAGE]
    on = shown[-1].letter.pk if len(rows) > PAGE else None
    for kind in ABOUT:
        viewed_now = sorted({int(one.letter.about_id) for one in shown if one.letter.about_kind == kind})
        if viewed_now:
            viewed(request, kind, *viewed_now)
    return render(request, "officer/failed_letters.html", {
        "rows": [_row(one) for one in shown],
        "to_try": sum(not one.again for one in shown),
        "done": _done(told, how_many(bodies, before=before) if before and shown else 0),
        "so_far": {name: told[name] for name in ("before", *COUNTS) if number(told.get(name, "")) is not None},
        "others": "" if on is None else _others(how_many(bodies, before=on)),
        "tone": "ok" if {told.get(name, "0") for name in COUNTS[1:]} == {"0"} else "warning",
        **paging(request, "before", on),
    })  # fmt: skip


@page
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Try again; POST: letters (those of a page), one (a number), box (a number, into the message box); before and COUNTS as the page had.

    After the letters of a page it leads to the page of those that were not tried yet, with what came of all so far.
    """
    asking = official(request, ACT)
    told = given(request.POST)
    box = number(told.get("box", ""))
    one = number(told.get("one", ""))
    alone = box or one
    listed = [number(text) for text in request.POST.getlist("letters")[:PAGE]]
    chosen = [alone] if alone else [key for key in listed if key]
    before = number(told.get("before", ""))
    counts = {name: 0 if alone or not before else number(told.get(name, "")) or 0 for name in COUNTS}
    for letter in chosen:
        try:
            tried = retry_letter(letter, by=asking.who, at=asking.at, into_box=letter == box)
        except (ActRefused, NotAllowed, Letter.DoesNotExist):
            continue
        counts["sent" if tried.sent else "gone" if tried.reason == NOTHING_LEFT else "left"] += 1
    if chosen and not alone:
        before = min(chosen) if how_many(own_bodies(asking, ACT), before=min(chosen)) else None
    where = {"before": before} if before else {}
    return HttpResponseRedirect(f"{reverse('officer-letters')}?{urlencode({**where, **counts})}")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    """Show how the bodies that one administers send letters; with POST (body, way-CODE) choose another way."""
    asking = official(request, SETTING)
    told, mine = given(request.POST), own_bodies(asking, SETTING)
    bodies = list(Body.objects.filter(pk__in=mine).order_by("name"))
    errors: dict[str, str] = {}
    if request.method == "POST":
        chosen = next((one for one in bodies if one.code == told.get("body")), None)
        try:
            if chosen is not None:
                set_letters_of_body(chosen.pk, told.get(_name(chosen), ""), by=asking.who, at=asking.at)
                return HttpResponseRedirect(f"{reverse('officer-letter-ways')}?done=1")
        except WayRefused as refused:
            errors[_name(chosen) if chosen else ""] = in_language(refused.texts)
    options = [
        (LetterWay.MESSAGE_BOX.value, _("in de berichtenbox")),
        (LetterWay.E_MAIL.value, _("in het dossier, met een e-mail als er een brief is")),
    ]
    return render(request, "officer/letter_ways.html", {
        "bodies": [
            {"code": one.code, "field": _way(one, told, errors, options)} for one in bodies
        ],
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "done": _("Nieuwe brieven gaan vanaf nu zo. Wie zelf koos, houdt die keuze.") if request.GET.get("done") else "",
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)  # fmt: skip


def _name(body: Body) -> str:
    """Name the field of a body: one of its own on a page with several."""
    return f"way-{body.code}"


def _way(
    body: Body, told: Mapping[str, str], errors: Mapping[str, str], options: list[tuple[str, str]]
) -> dict[str, Any]:
    """Describe the field of a body with what was chosen, else as it is."""
    name = _name(body)
    shown = {name: told.get(name, body.letters_by)}
    return field(name, "choice", body.name, shown, options=options, error=errors.get(name, ""))


def _row(one: FailedLetter) -> dict[str, Any]:
    last, now = one.tries[-1], [each for each in one.tries if each.turn == one.tries[-1].turn]
    act = ACTS.get(one.letter.template)
    tried = ngettext("%(n)s keer geprobeerd", "%(n)s keer geprobeerd", len(now)) % {"n": len(now)}
    return {
        "number": one.letter.pk, **_about(one, in_language(act.texts) if act else ""), "way": channels()[last.channel],
        "tried": tried, "last": written_moment(last.at), "reason": why_not_sent().get(last.reason, last.reason),
        "box": one.letter.channel == Channel.E_MAIL, "again": _again(one),
    }  # fmt: skip


def _again(one: FailedLetter) -> str:
    """Give where a letter that came back is sent again; nothing for one that never went out."""
    return reverse("officer-case-act", args=[one.case.reference, "send-again"]) if one.again and one.case else ""


def _about(one: FailedLetter, act: str) -> dict[str, str]:
    """Describe what a letter is about: what it says, and where that is found."""
    if one.request is not None:
        number = one.request.pk
        where = reverse("officer-correction", args=[number])
        return {"subject": _("brief over een verzoek om verbetering"), "reference": reference_of(number), "url": where}
    assert one.case is not None
    where = reverse("officer-case", args=[one.case.reference])
    return {"subject": act or _("brief over de zaak"), "reference": one.case.reference, "url": where}


def _done(told: dict[str, str], waiting: int) -> str:
    """Say what came of trying so far, and of how many letters that must still be seen."""
    sent, left, gone = (number(told.get(name, "")) for name in COUNTS)
    if sent is None or left is None:
        return ""
    said = _("Verzonden: %(sent)s. Weer niet gelukt: %(left)s.") % {"sent": sent, "left": left}
    if gone:
        told_gone = {"number": gone, "why": why_not_sent()[NOTHING_LEFT]}
        said = f"{said} {_('Kan niet meer weg: %(number)s (%(why)s).') % told_gone}"
    return said if not waiting else f"{said} {_('Nog te proberen: %(number)s.') % {'number': _counted(waiting)}}"


def _others(waiting: int) -> str:
    """Say how many letters come after those of this page."""
    return _("Na deze brieven komen er nog %(number)s.") % {"number": _counted(waiting)}


def _counted(waiting: int) -> str:
    """Write a number that was counted up to a limit."""
    return str(waiting) if waiting < MOST_COUNTED else _("meer dan %(number)s") % {"number": MOST_COUNTED - 1}
