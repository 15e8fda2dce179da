"""The plan of a partnership: paths with numbers of people as a range. What was submitted stands beside what was adjusted."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.access import ensure, may_confirm, may_edit
from doorleren.applications.answers import counted_answers, form_for, profile_of, track_of
from doorleren.applications.models import Application
from doorleren.applications.partnerships.standing import standings
from doorleren.applications.partnerships.totals import together
from doorleren.applications.plans.commands.set_plan import set_plan
from doorleren.applications.plans.paths import faults_of, sectors_of
from doorleren.applications.plans.standing import Version, adjustments, last_number, plan_applied_with
from doorleren.applications.queries import state_now, submitted_as_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.money import euros
from doorleren.web import known
from doorleren.web.applicant.draft import frame
from doorleren.web.applicant.own import LARGEST_NUMBER, Asking, application_of, asking, refusal, to
from doorleren.web.applicant.plan_form import Typed, rows_of, typed_paths
from doorleren.web.applicant.plan_shown import path_shown
from doorleren.web.applicant.together import called
from doorleren.web.applicant.words import applicant_shown, moment, round_shown, state_shown
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import number


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Show the plan to the applicant's people and to members; with POST the lead partner keeps another version."""
    application, own, member = _application(request, number)
    if not together(track_of(application)):
        raise Http404
    if request.method != "POST":
        return _page(request, application, own, member, None, {})
    ensure(may_edit(own.who, application, at=own.at))
    typed = typed_paths(request.POST)
    errors = dict(typed.errors)
    faults = {
        typed.field(name): in_language(texts)
        for name, texts in faults_of(typed.paths, sectors_of(known.library().vocabulary)).items()
    }
    errors = faults | errors
    if not errors:
        try:
            set_plan(
                application.pk, typed.paths, reason=typed.reason, seen=typed.seen, library=known.library(), by=own.who, at=own.at
            )  # fmt: skip
        except ApplicationRefused as refused:
            if not refused.facts:
                return refusal(request, refused, reverse("applications-plan", args=[application.pk]))
            errors = {typed.field(name): in_language(refused.texts) for name in refused.facts}
    if errors:
        return _page(request, application, own, member, typed, errors)
    return to("applications-plan", application, "?saved=1")


def _application(request: HttpRequest, number: int) -> tuple[Application, Asking, bool]:
    """Give an application whose plan who asks may see, and whether that is only because of a member. Raises Http404."""
    try:
        return *application_of(request, number), False
    except Http404:
        own = asking(request)
        found = Application.objects.select_related("round__version", "round__gate").filter(
            pk=min(number, LARGEST_NUMBER)
        )
        application = found.first()
        if application is None:
            raise
        present = [one.member for one in standings(application.pk) if one.present]
        if not any(may_confirm(own.who, one, at=own.at) for one in present):
            raise
        return application, own, True


def _page(
    request: HttpRequest, application: Application, own: Asking, member: bool, typed: Typed | None, errors: Mapping[str, str]
) -> HttpResponse:  # fmt: skip
    state = state_now(application)
    submitted = state not in ("draft", "ready")
    applied = plan_applied_with(application.pk, submitted_as_of(application) if submitted else None)
    adjusted = adjustments(application.pk)
    may = state != "withdrawn" and not member and bool(may_edit(own.who, application, at=own.at))
    now = adjusted[0] if adjusted else applied
    return render(request, "applicant/plan.html", {
        **(_as_member(application) if member else _beside(application)),
        "state": state_shown(state), "member_only": member, "submitted": submitted,
        "applied": version_shown(applied, own), "adjusted": [version_shown(one, own) for one in adjusted],
        "may": may and (not submitted or applied is not None),
        "rows": rows_of(now.paths if now else (), typed, errors) if may else (),
        "seen": typed.seen if typed and "paths" not in errors else last_number(application.pk),
        "reason": {"value": typed.reason if typed else "", "error": errors.get("reason", "")},
        "paths_error": errors.get("paths", ""), "saved": "saved" in request.GET and not errors,
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
    }, status=422 if errors else 200)  # fmt: skip


def _beside(application: Application) -> dict[str, Any]:
    """Give what every page of a draft shows."""
    library = known.library()
    answers = counted_answers(application.pk, library)
    return frame(application, form_for(application, profile_of(answers), known.today(), library), answers)


def _as_member(application: Application) -> dict[str, Any]:
    """Give what a member sees around the plan: of the application itself nothing but who files it, and where."""
    return {
        "application": application, "round": round_shown(application.round), "lead": applicant_shown(application),
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": _("Plan")}],
    }  # fmt: skip


def version_shown(one: Version | None, own: Asking) -> dict[str, Any] | None:
    """Describe a version of a plan: its paths, what they come to, who wrote it, when and why."""
    if one is None:
        return None
    sums = one.sums
    priced = sums.without < len(one.paths)
    return {
        "paths": [path_shown(path) for path in one.paths], "fewest": number(sums.fewest), "most": number(sums.most),
        "least": euros(sums.least_cents) if priced else "", "greatest": euros(sums.most_cents) if priced else "",
        "without": sums.without, "reason": one.reason, "number": one.number,
        "by": _("Bewaard door %(who)s op %(when)s.") % {"who": called(one.by, own.who.person), "when": moment(one.at)},
    }  # fmt: skip
