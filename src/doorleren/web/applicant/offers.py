"""The offer of a provider or a partnership: which activities, for how many, what the scheme gives for each, who pays the rest."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.access import may_edit
from doorleren.applications.answers import counted_answers, form_for, offer_now, profile_of, track_of
from doorleren.applications.models import CO_FINANCIERS, Application
from doorleren.applications.offers.commands.ensure_offer import in_the_way
from doorleren.applications.offers.commands.list_activity import list_activity
from doorleren.applications.offers.rules import PARTNERSHIP, Offer, Share, Weighed, by_members, for_each
from doorleren.applications.offers.standing import members_by_code, provider_of
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.money import NotExact, euros, scaled
from doorleren.register.models import Activity
from doorleren.register.standings import standings_of
from doorleren.web import known
from doorleren.web.applicant.draft import frame
from doorleren.web.applicant.own import Asking, application_of, refusal, to
from doorleren.web.applicant.together import field
from doorleren.web.applicant.who_pays import financiers
from doorleren.web.applicant.words import state_shown
from doorleren.web.public.answers import plain_number
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import number

MOST_SHARES, MOST_CHOICES = 20, 1000
MORE = "more"
"""The button that asks for one more row for who pays too; with it nothing is saved."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, number: int) -> HttpResponse:
    """Show the offer of an application; with POST put an activity in it, change it or take it out."""
    application, own = application_of(request, number, change=request.method == "POST")
    if offer_now(application, known.library()) is None:
        raise Http404
    if request.method != "POST":
        return _page(request, application, own, {}, {})
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    if MORE in typed:
        return _page(request, application, own, typed, {})
    read = _Read(typed)
    if not read.errors:
        try:
            list_activity(
                application.pk, read.activity, participants=read.participants, shares=read.shares, today=known.today(),
                library=known.library(), by=own.who, at=own.at,
            )  # fmt: skip
        except ApplicationRefused as refused:
            if not refused.facts:
                return refusal(request, refused, reverse("applications-offer", args=[application.pk]))
            read.errors |= {_field(name): in_language(refused.texts) for name in refused.facts}
    if read.errors:
        return _page(request, application, own, typed, read.errors)
    return to("applications-offer", application, "?saved=1")


def _field(name: str) -> str:
    return "amount-0" if name == "shares" else name


class _Read:
    """What was typed, read; what is wrong by field."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.errors: dict[str, str] = {}
        self.activity = _whole(typed.get("activity", ""))
        self.participants = _whole(plain_number(typed.get("participants", "")))
        if self.activity < 0:
            self.errors["activity"] = _("Kies een opleiding uit de lijst, of vul haar nummer in, met alleen cijfers.")
        if self.participants < 0:
            self.errors["participants"] = _("Vul een heel aantal in, van 0 tot en met 1.000.000. U gaf: %(given)s.") % {
                "given": typed.get("participants", "")[:40] or _("niets")
            }
        self.shares = [one for place in range(MOST_SHARES) if (one := self._share(typed, place)) is not None]

    def _share(self, typed: Mapping[str, str], place: int) -> Share | None:
        kind, name, amount = (typed.get(f"{column}-{place}", "") for column in ("kind", "name", "amount"))
        if not (kind or name or amount):
            return None
        if kind not in CO_FINANCIERS:
            self.errors[f"kind-{place}"] = _("Kies wie meebetaalt.")
        try:
            cents = scaled(plain_number(amount), 2)
        except NotExact:
            cents = 0
        if cents <= 0:
            self.errors[f"amount-{place}"] = _("Vul een bedrag in van meer dan 0, zoals 150,75. U gaf: %(given)s.") % {
                "given": amount[:40] or _("niets")
            }
        return Share(kind, name, cents)


def _whole(text: str) -> int:
    """Read a whole number; -1 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else -1


def _page(
    request: HttpRequest, application: Application, own: Asking, typed: Mapping[str, str], errors: Mapping[str, str]
) -> HttpResponse:  # fmt: skip
    library, today = known.library(), known.today()
    answers = counted_answers(application.pk, library)
    form, state = form_for(application, profile_of(answers), today, library), state_now(application)
    found = offer_now(application, library) or Offer(())
    may = state in ("draft", "ready") and bool(may_edit(own.who, application, at=own.at))
    chosen = _chosen(request, found)
    if chosen is not None and not typed:
        typed = _typed_of(chosen)
    above = None if chosen is None else chosen.above
    return render(request, "applicant/offers.html", {
        **frame(application, form, answers),
        "state": state_shown(state),
        "rows": [_shown(one) for one in found.lines],
        "each": found.each,
        "partnership": track_of(application).applicant == PARTNERSHIP,
        "participants": number(found.participants),
        "requested": "" if found.requested is None else euros(found.requested),
        "in_the_way": [in_language(texts) for texts in in_the_way(application, found, today)] if state != "submitted" else [],
        "may": may,
        "fields": _fields(application, typed, errors) if may else {},
        "above": euros(above) if above else "",
        "changing": chosen.line.entry.title if chosen else "",
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "saved": request.GET.get("saved") == "1" and not errors,
        "trail": [
            {"url": reverse("applications"), "label": _("Mijn aanvragen")},
            {"url": reverse("applications-one", args=[application.pk]),
             "label": _("Aanvraag %(number)s") % {"number": application.pk}},
            {"label": _("Aanbod van opleidingen")},
        ],
    }, status=422 if errors else 200)  # fmt: skip


def _chosen(request: HttpRequest, found: Offer) -> Weighed | None:
    """Give the line that is being changed."""
    number = _whole((request.POST if request.method == "POST" else request.GET).get("activity", ""))
    return next((one for one in found.lines if one.line.activity == number), None)


def _typed_of(one: Weighed) -> dict[str, str]:
    """Write a line as somebody would type it."""
    typed = {"activity": str(one.line.activity), "participants": str(one.line.participants)}
    for place, share in enumerate(one.line.shares):
        typed |= {
            f"kind-{place}": share.financier,
            f"name-{place}": share.name,
            f"amount-{place}": _amount(share.cents),
        }
    return typed


def _amount(cents: int) -> str:
    text = euros(cents)
    return text.replace(".", ",") if language() == "nl" else text


def _fields(application: Application, typed: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    """Describe the form: which activity, how many, and rows for who pays too."""

    def one(name: str, label: str, **other: Any) -> dict[str, Any]:
        return field(name, label, typed.get(name, ""), error=errors.get(name, ""), **other)

    kinds = [(kind.value, financiers()[kind.value]) for kind in CO_FINANCIERS]
    shares = _rows_for_shares(typed) if for_each(track_of(application)) else 0
    number = _("Het nummer staat achter in het adres van de pagina van de opleiding.")
    return {
        "activity": one("activity", _("Nummer van de opleiding"), help_=number) if _of_all(application) else one(
            "activity", _("Opleiding"), options=_choices(application), short=False
        ),
        "participants": one("participants", _("Aantal deelnemers"), help_=_("Met 0 gaat de opleiding uit het aanbod.")),
        "shares": [
            {
                "number": place + 1,
                "fields": [
                    one(f"kind-{place}", _("Wie betaalt mee?"), options=kinds),
                    one(f"name-{place}", _("Naam")),
                    one(f"amount-{place}", _("Bedrag per deelnemer")),
                ],
            }
            for place in range(shares)
        ],
        "more": shares < MOST_SHARES,
    }  # fmt: skip


def _rows_for_shares(typed: Mapping[str, str]) -> int:
    """Give how many rows there are for who pays too: one, those that are filled in, and one more where that was asked."""
    filled = [
        place + 1
        for place in range(MOST_SHARES)
        if any(typed.get(f"{name}-{place}") for name in ("kind", "name", "amount"))
    ]
    shown = max(1, *filled, min(_whole(typed.get("shown", "")), MOST_SHARES))
    return min(shown + (MORE in typed), MOST_SHARES)


def _of_all(application: Application) -> bool:
    """Say whether one may choose of all activities in the register: a partnership of which no provider is a party."""
    track = track_of(application)
    return track.applicant == PARTNERSHIP and not by_members(track)


def _choices(application: Application) -> list[tuple[str, str]]:
    """Give the activities of who applies, or of the members of a partnership, that are admitted today, by title."""
    found = Activity.objects.filter(current__isnull=False).order_by("current__title", "pk")
    if track_of(application).applicant == PARTNERSHIP:
        found = found.filter(provider__code__in=members_by_code(application.pk))
    else:
        provider = provider_of(application)
        found = found.filter(provider=provider) if provider else found.none()
    named = list(found.values_list("pk", "current__title", "code")[:MOST_CHOICES])
    stands = standings_of([number for number, _title, _code in named], known.today())
    return [(str(number), f"{title} ({code})") for number, title, code in named if stands[number][1]]


def _shown(one: Weighed) -> dict[str, Any]:
    """Describe a line: group, price, contribution, who pays the rest, and which conditions it does not meet."""
    price, names = one.line.entry.price_cents, financiers()
    return {
        "number": one.line.activity,
        "title": one.line.entry.title,
        "code": one.line.entry.code,
        "participants": number(one.line.participants),
        "group": in_language(one.group.text) if one.group else "",
        "assumed": bool(one.group and one.group.assumptions),
        "price": "" if price is None else euros(price),
        "contribution": "" if one.contribution is None else euros(one.contribution),
        "asked": "" if one.asked is None else euros(one.asked),
        "shares": [
            {"who": names.get(share.financier, share.financier), "name": share.name, "amount": euros(share.cents)}
            for share in one.line.shares
        ],
        "lacking": euros(one.lacking) if one.lacking and one.lacking > 0 else "",
        "free": one.lacking == 0,
        "failing": [each.condition.says(language()) for each in one.failing if each.facts & one.facts.keys()],
    }
