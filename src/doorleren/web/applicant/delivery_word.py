"""Whether what was reported is right, said by whom it was for, in their own account: yes, or no with a reason."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.access import may_say_of_delivery
from doorleren.applications.delivering import acted_for, awaited_for, reporter_of
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.models import Application, Document, PartyKind
from doorleren.applications.own_case import case_of
from doorleren.cases.models import Case
from doorleren.core.refusals import ActRefused
from doorleren.decisions.commands.report_delivery import say_of_delivery
from doorleren.decisions.delivering import word_awaited, words_awaited, words_of_report
from doorleren.decisions.models import Delivery
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.access import held_on
from doorleren.people.file_keys import Destroyed
from doorleren.people.models import Organisation
from doorleren.schemes.queries import version_of
from doorleren.web.applicant.delivery import report_shown
from doorleren.web.applicant.own import Asking, application_allowed, refusal
from doorleren.web.applicant.together import field
from doorleren.web.applicant.words import scheme_called, training_named
from doorleren.web.public.questions import in_language

MOST_SHOWN = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, number: int) -> HttpResponse:
    """Show what was reported; with POST keep whether it is right."""
    application, case, own = _own(request, number)
    report = word_awaited(case)
    if request.method != "POST":
        if report is None and "done" not in request.GET:
            raise Http404
        return _page(request, application, report, "", "")
    said, typed = request.POST.get("word", ""), request.POST.get("words", "").strip()
    if said not in ("yes", "no"):
        return _page(request, application, report, typed, _("Kies of het klopt of niet."))
    try:
        say_of_delivery(case.pk, confirmed=said == "yes", words=typed, by=own.who, at=own.at)
    except DecisionRefused as refused:
        if refused.field != "words":
            return refusal(request, refused, reverse("applications"))
        return _page(request, application, report, typed, in_language(refused.texts))
    except ActRefused as refused:
        return refusal(request, refused, reverse("applications"))
    return HttpResponseRedirect(reverse("applications-delivery-word", args=[application.pk]) + "?done=1")


def awaited(own: Asking) -> list[dict[str, str]]:
    """List the reports of which who asks is yet to say whether they are right, for the list of applications."""
    found = {
        str(one.pk): one for one in awaited_for(own.who.person, [one.pk for one in own.organisations()], MOST_SHOWN)
    }
    cases = dict(
        Case.objects.filter(subject_kind="application", subject_id__in=found)
        .order_by("-pk")
        .values_list("pk", "subject_id")
    )
    waiting, held = words_awaited(cases), held_on(own.who, own.at)
    return [
        {"url": reverse("applications-delivery-word", args=[one.pk]), **_named(one)}
        for one in (found[subject] for case, subject in cases.items() if case in waiting)
        if may_say_of_delivery(own.who, one, at=own.at, held=held)
    ]


def _own(request: HttpRequest, number: int) -> tuple[Application, Case, Asking]:
    """Give an application that was for who asks, with its case. Raises Http404 for what is not theirs, NotAllowed."""
    found, own = application_allowed(request, number, may_say_of_delivery)
    case = case_of(found)
    if case is None:
        raise Http404
    return found, case, own


def _named(application: Application) -> dict[str, str]:
    """Name an application to whom it was for: by its scheme and training alone."""
    return {"scheme": scheme_called(application.round), "training": training_named(application)}


def _page(
    request: HttpRequest, application: Application, report: Delivery | None, typed: str, error: str
) -> HttpResponse:  # fmt: skip
    label = _("Als het niet klopt: wat klopt er niet?")
    return render(request, "applicant/delivery_word.html", {
        **_named(application), "by": _reporter(application, report), "report": report_shown(report), "done": report is None,
        "words": _words(report), "documents": _documents(application, report),
        "url": reverse("applications-delivery-word", args=[application.pk]),
        "field": field("words", label, typed, error=error) | {"kind": "text"},
        "errors": [{"name": "words", "text": error}] if error else [],
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": _("Klopt dit?")}],
    }, status=422 if error else 200)  # fmt: skip


def _reporter(application: Application, report: Delivery | None) -> str:
    """Name the organisation that reported; nothing where that was a person, or an official for it."""
    one = reporter_of(application)
    if one.kind != PartyKind.ORGANISATION or report is None or not acted_for(report.act.by_kind, report.act.by_id, one):
        return ""
    return Organisation.objects.filter(pk=one.number or 0).values_list("name", flat=True).first() or ""


def _words(report: Delivery | None) -> str:
    try:
        return "" if report is None else words_of_report(report)
    except Destroyed:
        return ""


def _documents(application: Application, report: Delivery | None) -> list[dict[str, Any]]:
    """Give the documents of the report that still stand, by what they prove."""
    texts = {one.id: in_language(one.text) for one in version_of(application.round.version_id).evidence}
    rows = Document.objects.filter(pk__in=report.documents if report else [], application=application)
    return [
        {"url": reverse("applications-evidence-file", args=[application.pk, one.pk]), "label": texts.get(one.evidence, one.evidence)}
        for one in rows.prefetch_related("steps").order_by("pk")
        if given_of(one).standing == "uploaded"
    ]  # fmt: skip
