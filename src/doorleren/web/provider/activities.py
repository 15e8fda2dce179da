"""My activities: the list with how complete each is and how it stands, and applying for admission."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doorleren.people.access import Thing, ensure
from doorleren.people.models import Organisation
from doorleren.register.admission import FOLLOWS, STANDINGS, Decision, Standing, standing
from doorleren.register.answers import ActRefused
from doorleren.register.commands.apply_for_admission import apply_for_admission
from doorleren.register.completeness import completeness
from doorleren.register.models import Activity, AdmissionDecision, Provider
from doorleren.register.queries import Listing, listings
from doorleren.register.standings import standing_of_provider
from doorleren.web import known
from doorleren.web.provider.decisions import decisions_told
from doorleren.web.provider.mine import Mine, activity_of, mine
from doorleren.web.provider.words import published
from doorleren.web.public.questions import in_language

ON_A_PAGE = 50


@never_cache
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """List the activities of one's own organisations, by title; `q` is part of a title or a code, `page` a number."""
    own = mine(request, "view_own_activities")
    words = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    every = Activity.objects.filter(provider__kvk__in=own.kvk_numbers, current__isnull=False)
    found = every.filter(current__title__icontains=words) | every.filter(code__icontains=words) if words else every
    pages = Paginator(found.order_by("current__title", "pk").values_list("pk", flat=True), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "provider/activities.html", {
        "organisations": [_organisation(one) for one in own.organisations],
        "rows": _rows(list(page.object_list)),
        "page": page,
        "q": words,
        "any": bool(words) or pages.count > 0,
        "count": pages.count,
        "columns": [_("Opleiding"), _("Compleet"), _("Toelating"), _("Site")],
        "applied": request.GET.get("applied") == "1",
    })  # fmt: skip


def _rows(keys: list[int]) -> list[dict[str, Any]]:
    today, told = known.today(), listings(keys)
    stands = _standings(keys, today)
    return [_row(told[key], stands[key], today) for key in keys if key in told]


def _row(one: Listing, stands: Standing, today: date) -> dict[str, Any]:
    return {
        "url": reverse("provider-activity", args=[one.key]),
        "title": one.entry.title,
        "code": one.entry.code,
        "score": completeness(one.entry).score,
        "standing": in_language(STANDINGS[stands.act]),
        "published": published(one.entry, today),
    }


def _standings(keys: list[int], on: date) -> dict[int, Standing]:
    """Give how some activities stand, with one question."""
    decisions: dict[int, list[Decision]] = {key: [] for key in keys}
    rows = AdmissionDecision.objects.filter(activity__in=keys).order_by("decided_at", "id")
    for one in rows:
        told = Decision(one.act, one.effective_on, one.decided_at, one.grants_a_year, one.pk)
        decisions[one.activity_id or 0].append(told)
    return {key: standing(some, on) for key, some in decisions.items()}


def _organisation(one: Organisation) -> dict[str, Any]:
    """Describe an organisation with how it stands as a provider; the register knows it from its first training on."""
    provider = Provider.objects.filter(kvk=one.kvk).values_list("pk", flat=True).first()
    stands = standing_of_provider(provider, known.today()) if provider else Standing()
    return {
        "name": one.name,
        "kvk": one.kvk,
        "standing": in_language(STANDINGS[stands.act]),
        "may_apply": provider is not None and "applied" in FOLLOWS[stands.act],
        "decisions": decisions_told(AdmissionDecision.objects.filter(provider=provider)) if provider else [],
    }


@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Apply for admission of the organisation itself, as a provider."""
    own = mine(request, "apply_for_admission")
    organisation = own.named(request.POST.get("kvk", ""))
    ensure(own.who, "apply_for_admission", Thing("provider", organisation.kvk, organisation=organisation.pk), at=own.at)
    provider = Provider.objects.filter(kvk=organisation.kvk).values_list("pk", flat=True).first()
    return applied(request, own, reverse("provider"), provider=provider or 0)


@require_POST
def apply_for_activity(request: HttpRequest, number: int) -> HttpResponse:
    """Apply for admission of one activity."""
    own = mine(request, "apply_for_admission")
    activity = activity_of(number, own)
    organisation = own.named(activity.provider.kvk)
    ensure(own.who, "apply_for_admission", Thing("activity", str(number), organisation=organisation.pk), at=own.at)
    return applied(request, own, reverse("provider-activity", args=[number]), activity=activity.pk)


def applied(request: HttpRequest, own: Mine, back: str, **about: int) -> HttpResponse:
    """Do it and go back; a rule that refuses is said on a page of its own."""
    try:
        apply_for_admission(**about, by=own.actor, at=own.at)
    except ActRefused as refused:
        return refusal(request, refused, back)
    return HttpResponseRedirect(f"{back}?applied=1")


def refusal(request: HttpRequest, refused: ActRefused, back: str) -> HttpResponse:
    """Say why an act was refused, with the way back."""
    return render(request, "provider/refused.html", {"reason": in_language(refused.texts), "back": back}, status=409)
