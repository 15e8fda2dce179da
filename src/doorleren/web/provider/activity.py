"""One activity: the form in which a provider types it, what is missing, how the checks judge it, and how it stands."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.core.days import day_of
from doorleren.people.models import Organisation
from doorleren.register.admission import FOLLOWS, STANDINGS
from doorleren.register.answers import ActRefused
from doorleren.register.commands.change_activity import change_activity
from doorleren.register.completeness import completeness
from doorleren.register.entries import Entry
from doorleren.register.models import Activity
from doorleren.register.quality import CHECKS, assess
from doorleren.register.quality.reading import offer_of, provider_alone
from doorleren.register.queries import listings
from doorleren.register.standings import admission_of, standing_of_activity
from doorleren.register.uploads.owning import provider_of
from doorleren.web import known
from doorleren.web.provider import typed as forms
from doorleren.web.provider.decisions import decisions_told
from doorleren.web.provider.fields import Field, Group, groups, prices, run_fields, shown, vat_label
from doorleren.web.provider.mine import Mine, activity_of, mine
from doorleren.web.provider.words import label_of, published
from doorleren.web.public.questions import in_language

WHOLE_OFFER = 500
"""Activities up to which the checks of the whole offer are asked while the page waits."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Type a new activity."""
    own = mine(request, "enter_activities")
    organisation = own.named(request.POST.get("kvk", request.GET.get("kvk", "")))
    if request.method != "POST":
        return _page(request, own, organisation, None, forms.Typed({"language": "nl", "text_language": "nl"}, 1))
    return _posted(request, own, organisation, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show an activity of one's own, to change."""
    own = mine(request, "enter_activities" if request.method == "POST" else "view_own_activities")
    activity = activity_of(number, own)
    organisation = own.named(activity.provider.kvk)
    if request.method != "POST":
        return _page(request, own, organisation, activity, forms.of_entry(listings([activity.pk])[activity.pk].entry))
    return _posted(request, own, organisation, activity)


def _posted(request: HttpRequest, own: Mine, organisation: Organisation, activity: Activity | None) -> HttpResponse:
    """Add or take away a run, or save; what was typed stays on the page until it can be saved."""
    typed = forms.of_post(request.POST.dict())
    gone = request.POST.get("drop_run", "")
    if gone.isdecimal() and len(gone) < 5:
        return _page(request, own, organisation, activity, forms.without_run(typed, int(gone)))
    if "add_run" in request.POST:
        typed.runs = min(typed.runs + 1, forms.MOST_RUNS)
        return _page(request, own, organisation, activity, typed)
    today = day_of(own.at)
    forms.read(typed, provider=provider_of(organisation).code, code=activity.code if activity else "", today=today)
    if typed.entry is None:
        return _page(request, own, organisation, activity, typed)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 19 else 0
    try:
        saved = change_activity(
            typed.entry, organisation=organisation, by=own.who, at=own.at, seen=version if activity else None
        )
    except ActRefused as refused:
        typed.errors["code" if activity is None else "title"] = in_language(refused.texts)
        return _page(request, own, organisation, activity, typed)
    done = "new" if saved.new else "changed" if saved.changed else "same"
    return HttpResponseRedirect(f"{reverse('provider-activity', args=[saved.activity])}?saved={done}")


def _page(
    request: HttpRequest, own: Mine, organisation: Organisation, activity: Activity | None, typed: forms.Typed
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "new": activity is None,
        "organisation": organisation,
        "organisations": own.organisations,
        "code": _field(Field("code", "line", _("Uw code"), _code_help()), typed),
        "groups": [_group(group, typed) for group in groups()],
        "prices": [tuple(_field(field, typed) for field in pair) for pair in prices()],
        "runs": [_run(place, typed) for place in range(typed.runs)],
        "errors": [{"name": name, "text": f"{_named(name)}: {text}"} for name, text in typed.errors.items()],
        "saved": _saved().get(request.GET.get("saved", ""), ""),
        "applied": request.GET.get("applied") == "1",
        "heading": _("Nieuwe opleiding"),
    }
    if activity is not None:
        context |= _judged(activity, known.today())
        if typed.errors or request.method == "POST":
            context["version"] = request.POST.get("version", "")
    context["trail"] = [{"url": reverse("provider"), "label": _("Mijn opleidingen")}, {"label": context["heading"]}]
    return render(request, "provider/activity.html", context, status=422 if typed.errors else 200)


def _code_help() -> str:
    return _("Waarmee u de opleiding herkent. Later niet meer te veranderen. Laat leeg, dan maken wij er een.")


def _saved() -> dict[str, str]:
    return {
        "new": _("De opleiding staat in het register."),
        "changed": _("Uw wijziging is opgeslagen."),
        "same": _("Er was niets veranderd."),
    }


def _group(group: Group, typed: forms.Typed) -> dict[str, Any]:
    return {"name": group.name, "title": group.title, "fields": [_field(field, typed) for field in group.fields]}


def _field(field: Field, typed: forms.Typed) -> dict[str, Any]:
    return shown(field, typed.texts.get(field.name, ""), typed.errors.get(field.name, ""))


def _run(place: int, typed: forms.Typed) -> dict[str, Any]:
    name = f"run-{place}.{forms.ANY_TIME}"
    return {
        "number": place + 1,
        "place": place,
        "any_time": {"name": name, "checked": bool(typed.texts.get(name))},
        "fields": [_field(field, typed) for field in run_fields(place)],
    }


def _named(name: str) -> str:
    if name.startswith("run-"):
        place, _dot, field = name.removeprefix("run-").partition(".")
        return _("Startmoment %(number)s, %(field)s") % {"number": int(place) + 1, "field": label_of(f"run.{field}")}
    if name.startswith("vat."):
        return vat_label(name.removeprefix("vat."))
    return label_of(name)


def _judged(activity: Activity, today: date) -> dict[str, Any]:
    """Describe how complete an activity is, what the checks say, and how it stands with every decision."""
    entry = listings([activity.pk])[activity.pk].entry
    complete, stands = completeness(entry), standing_of_activity(activity.pk, today)
    claims = {check.name: in_language(check.claim) for check in CHECKS}
    return {
        "activity": activity.pk,
        "heading": entry.title,
        "version": activity.current_id,
        "own_code": activity.code,
        "score": complete.score,
        "missing": [{"name": _first(one.field), "text": in_language(one.texts)} for one in complete.missing],
        "findings": _findings(activity, entry, today, claims),
        "published": published(entry, today),
        "standing": in_language(STANDINGS[stands.act]),
        "admission": in_language(admission_of(activity.pk, today).texts),
        "may_apply": "applied" in FOLLOWS[stands.act],
        "decisions": decisions_told(activity.decisions.all()),
    }


def _first(field: str) -> str:
    """Give the field on the page to which something missing belongs."""
    return {"prices": "price.tuition", "runs": "runs", "place": "runs"}.get(field, field)


def _findings(activity: Activity, entry: Entry, today: date, claims: dict[str, str]) -> list[dict[str, Any]]:
    others = Activity.objects.filter(provider=activity.provider, current__isnull=False).values_list("pk", flat=True)
    small = len(others[: WHOLE_OFFER + 1]) <= WHOLE_OFFER
    offer = (offer_of if small else provider_alone)(activity.provider_id, today)
    found = assess(replace(offer, entries=(entry,)), tuple(check for check in CHECKS if check.of_entry))
    found += assess(offer, tuple(check for check in CHECKS if check.of_offer and (small or check.binding)))
    return [{"claim": claims[one.check], "holds": one.holds, "text": in_language(one.texts)} for one in found]
