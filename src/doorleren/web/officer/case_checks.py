"""The checks of a round, before its grants are settled ex officio or after they settled at once: a sample by lot, every draw with its seed."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.cases.access import VIEW
from doorleren.decisions.commands.check_delivery import PREPARE, checks_of, draw_sample, to_draw_from
from doorleren.decisions.delivered import choices_left
from doorleren.decisions.models import Check, Sample
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rounds.models import Round
from doorleren.web.officer.asked import LARGEST_NUMBER, field, given, written_moment
from doorleren.web.officer.batch_words import done_words
from doorleren.web.officer.case_words import why_checked
from doorleren.web.officer.official import official, page
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language
from doorleren.web.rounds.written import name_of


@page
@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show the draws of a round and what was chosen besides; POST: size, ask first; confirmed: draw so many cases."""
    asking = official(request, PREPARE if request.method == "POST" else VIEW)
    rows = Round.objects.select_related("version").filter(
        body__in=own_bodies(asking, PREPARE if request.method == "POST" else VIEW)
    )
    row = rows.filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if row is None:
        raise Http404
    text, wrong, asks = given(request.POST).get("size", ""), "", False
    most = len(to_draw_from(row.pk, today=asking.today))
    if request.method == "POST" and "change" not in request.POST:
        if not (text.isascii() and text.isdecimal() and len(text) < 7):
            wrong = _("Vul een heel getal in, zoals 10. U vulde in: %(given)s.") % {"given": text or _("niets")}
        elif "confirmed" not in request.POST and 0 < int(text) <= most:
            asks = True
        else:
            try:
                draw_sample(row.pk, int(text), by=asking.who, at=asking.at)
            except DecisionRefused as refused:
                wrong = in_language(refused.texts)
            else:
                return HttpResponseRedirect(f"{request.path}?done=drawn")
    shown = field("size", "line", _("Hoeveel zaken trekt u?"), {"size": text}, error=wrong, needed=True, short=True,
                  help=_("Van 1 tot en met %(most)s.") % {"most": most})  # fmt: skip
    return render(request, "officer/case_checks.html", {
        "round": name_of(row),
        "most": most,
        "field": shown,
        "size": int(text) if asks else 0,
        "errors": [{"name": "size", "text": wrong}] if wrong else [],
        "draws": [_sample(one) for one in Sample.objects.filter(round=row).select_related("drawn_by").order_by("-pk")],
        "chosen": [
            _chosen(one)
            for one in Check.objects.filter(round=row, sample=None).select_related("case", "chosen_by").order_by("at")
        ],
        "share": _share(*checks_of(row.pk)),
        "may_draw": row.body_id in own_bodies(asking, PREPARE),
        "done": done_words(given(request.GET).get("done", "")),
        "trail": [{"url": reverse("officer-batches"), "label": _("Reeksen besluiten")}, {"label": _("Controles")}],
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)  # fmt: skip


def _share(at_random: int, chosen: int) -> dict[str, int]:
    """Say how many checks were by lot and how many chosen, the share of the lot in whole percents, and how many can still be chosen."""
    checks = at_random + chosen
    return {
        "random": at_random, "chosen": chosen, "percent": 100 * at_random // checks if checks else 0,
        "left": choices_left(at_random, chosen),
    }  # fmt: skip


def _sample(one: Sample) -> dict[str, Any]:
    drawn = one.checks.select_related("case").order_by("place").values_list("case__reference", flat=True)
    return {
        "number": one.pk, "at": written_moment(one.drawn_at), "by": one.drawn_by.name or str(one.drawn_by_id),
        "seed": one.seed, "list": one.list_digest, "population": one.population, "size": one.size,
        "cases": [{"reference": reference, "url": reverse("officer-case", args=[reference])} for reference in drawn],
    }  # fmt: skip


def _chosen(one: Check) -> dict[str, str]:
    return {
        "reference": one.case.reference, "url": reverse("officer-case", args=[one.case.reference]),
        "why": why_checked().get(one.reason, one.reason), "at": written_moment(one.at),
        "by": "" if one.chosen_by is None else one.chosen_by.name or str(one.chosen_by_id),
    }  # fmt: skip
