"""What a member of a partnership sees of an application that another one files: its own part, and the button to confirm."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.access import ensure, may_confirm
from doorleren.applications.models import Application
from doorleren.applications.partnerships.commands.mark_member import confirm_member
from doorleren.applications.partnerships.standing import standings
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import Refused
from doorleren.web.applicant.own import LARGEST_NUMBER, NOT_THEIRS, asking, refusal
from doorleren.web.applicant.who_does_what import shares_in_cents, tasks_told
from doorleren.web.applicant.words import applicant_shown, round_shown, state_shown
from doorleren.web.public.values import euros


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, number: int, member: int) -> HttpResponse:
    """Show a member its own part; with POST confirm for it. To anybody else it does not exist."""
    own = asking(request)
    application = Application.objects.select_related("round").filter(pk=min(number, LARGEST_NUMBER)).first()
    found = next(
        (one for one in standings(min(number, LARGEST_NUMBER)) if one.member.number == member and one.present), None
    )
    if application is None or found is None:
        raise Http404
    answer = may_confirm(own.who, found.member, at=own.at)
    if isinstance(answer, Refused) and answer.reason in NOT_THEIRS:
        raise Http404
    ensure(answer)
    if request.method == "POST":
        try:
            confirm_member(application.pk, member, by=own.who, at=own.at)
        except ApplicationRefused as refused:
            return refusal(request, refused, reverse("applications-membership", args=[number, member]))
        found = next(one for one in standings(application.pk) if one.member.number == member)
    state = state_now(application)
    return render(request, "applicant/members_confirm.html", {
        "application": application, "round": round_shown(application.round), "state": state_shown(state),
        "lead": applicant_shown(application), "member": found.member, "confirmed_at": found.confirmed_at,
        **_share(application.pk, member), "open": state in ("draft", "ready"),
        "tasks": tasks_told(application.pk),
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": found.member.name}],
    })  # fmt: skip


def _share(application: int, member: int) -> dict[str, str]:
    """Give the part of the cost that a member bears, in euros; nothing while that is not told."""
    parts = shares_in_cents(application)
    return {"share": euros(parts[member])} if member in parts else {}
