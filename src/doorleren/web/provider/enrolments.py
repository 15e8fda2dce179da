"""Enrolments: confirming that somebody who applies is enrolled, and the offers in which a provider enrols participants."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doorleren.applications.bundles.checking import day_told
from doorleren.applications.offers.commands.confirm_enrolment import confirm_enrolment, take_back_enrolment
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.money import NotExact, scaled
from doorleren.web import known
from doorleren.web.applicant.together import field
from doorleren.web.provider.mine import LARGEST_NUMBER, Mine, mine
from doorleren.web.provider.participants import offers_shown
from doorleren.web.public.answers import plain_number
from doorleren.web.public.questions import in_language

LONGEST_KEY = 64


@never_cache
@require_safe
def enrolments(request: HttpRequest) -> HttpResponse:
    """Show the form to confirm an enrolment."""
    return _page(request, mine(request, "confirm_enrolment"), {}, {})


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm an enrolment by the key of the application and the number of the training, or take that back."""
    own = mine(request, "confirm_enrolment")
    typed = {name: request.POST.get(name, "").strip() for name in ("key", "activity", "starts_on", "price")}
    read = _Read(typed)
    back = request.POST.get("act") == "take_back"
    if not read.errors:
        try:
            if back:
                take_back_enrolment(
                    typed["key"], read.activity, today=known.today(), library=known.library(), by=own.who, at=own.at
                )
            else:
                confirm_enrolment(
                    typed["key"], read.activity, starts_on=read.starts_on, cents=read.cents, today=known.today(),
                    library=known.library(), by=own.who, at=own.at,
                )  # fmt: skip
        except ApplicationRefused as refused:
            read.errors |= dict.fromkeys(refused.facts or ("key",), in_language(refused.texts))
    if read.errors:
        return _page(request, own, typed, read.errors)
    return HttpResponseRedirect(reverse("provider-enrolments") + ("?taken_back=1" if back else "?confirmed=1"))


class _Read:
    """What was typed, read; what is wrong by field."""

    def __init__(self, typed: dict[str, str]) -> None:
        self.errors: dict[str, str] = {}
        self.activity, self.starts_on, self.cents = 0, day_told(typed["starts_on"]), None
        key, number, price = typed["key"], typed["activity"], typed["price"]
        if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
            self.errors["key"] = _(
                "Vul het kenmerk in zoals de deelnemer het ziet: 16 tot 64 letters, cijfers, _ of -."
            )
        if number.isascii() and number.isdecimal() and len(number) < 19:
            self.activity = min(int(number), LARGEST_NUMBER)
        else:
            self.errors["activity"] = _("Vul het nummer van de opleiding in, met alleen cijfers. U gaf: %(given)s.") % {
                "given": number[:40] or _("niets")
            }
        if typed["starts_on"] and self.starts_on is None:
            self.errors["starts_on"] = _("Vul een dag in als 01-09-2026, of laat het veld leeg. U gaf: %(given)s.") % {
                "given": typed["starts_on"][:40]
            }
        if price:
            try:
                self.cents = scaled(plain_number(price), 2)
            except NotExact:
                self.cents = -1
            if self.cents is not None and self.cents < 0:
                self.errors["price"] = _("Vul een bedrag in als 699,95, of laat het veld leeg. U gaf: %(given)s.") % {
                    "given": price[:40]
                }


def _page(
    request: HttpRequest, own: Mine, typed: dict[str, str], errors: dict[str, str]
) -> HttpResponse:  # fmt: skip
    saved = ""
    if request.method != "POST" and "confirmed" in request.GET:
        saved = _("De inschrijving is bevestigd. De deelnemer ziet dit bij de aanvraag.")
    elif request.method != "POST" and "taken_back" in request.GET:
        saved = _("De bevestiging is teruggenomen.")
    labels = _labels()
    return render(request, "provider/enrolments.html", {
        "fields": [
            field(name, one[0], typed.get(name, ""), error=errors.get(name, ""), help_=one[1]) | {"needed": one[2]}
            for name, one in labels.items()
        ],
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "saved": saved,
        "offers": offers_shown(own),
        "trail": [{"url": reverse("provider"), "label": _("Mijn opleidingen")}, {"label": _("Inschrijvingen")}],
    }, status=422 if errors else 200)  # fmt: skip


def _labels() -> dict[str, tuple[str, str, bool]]:
    """Give per field its words, its help, and whether it is needed."""
    return {
        "key": (_("Kenmerk van de aanvraag"), _("De deelnemer ziet dit kenmerk bij de eigen aanvraag."), True),
        "activity": (_("Nummer van de opleiding"), _("Dit nummer staat bij dezelfde aanvraag."), True),
        "starts_on": (_("Eerste dag van de opleiding"), _("Bijvoorbeeld 01-09-2026. Laat leeg als de dag nog niet vaststaat."), False),
        "price": (_("Prijs met btw"), _("Bijvoorbeeld 699,95. Niet hoger dan de prijs in het scholingsregister."), False),
    }  # fmt: skip
