"""The page of one provider or activity for officials, with all that is known and the acts that are possible; former prices."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doorleren.register.answers import ActRefused
from doorleren.register.commands.note_former_price import note_former_price
from doorleren.register.price_history import Step, price_history
from doorleren.web.officer.act_form import Typed, read_cents, read_day
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.subject import Subject, subject_of, told
from doorleren.web.officer.told_ahead import keeps_right
from doorleren.web.portal.cards import day
from doorleren.web.provider.fields import Field
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.viewing import viewed

VIEWED = {"activity": "activity_prices", "provider": "provider_file"}
"""What the log of who viewed calls what a page of each kind shows."""


@page
@require_safe
def provider(request: HttpRequest, number: int) -> HttpResponse:
    """Show a provider; `whole` in the address asks the checks of a large offer too."""
    asking = official(request, "view_admissions")
    return _page(request, subject_of("provider", number, asking), asking)


@page
@require_safe
def activity(request: HttpRequest, number: int) -> HttpResponse:
    """Show an activity."""
    asking = official(request, "view_admissions")
    return _page(request, subject_of("activity", number, asking), asking)


@page
@require_POST
def former_price(request: HttpRequest, number: int) -> HttpResponse:
    """Note a price from before the listing, with where it was found."""
    asking = official(request, "note_former_price")
    one = subject_of("activity", number, asking)
    typed = Typed({name: request.POST.get(name, "").replace("\x00", "") for name in ("on", "price", "source")})
    on, paid = read_day(typed, "on", asking.today), read_cents(typed, "price")
    if on is None:
        typed.errors.setdefault("on", _("Vul in op welke dag deze prijs gold."))
    if paid is None:
        typed.errors.setdefault("price", _("Vul de prijs in, met btw."))
    if not typed.texts["source"].strip():
        typed.errors["source"] = _("Zeg waar u deze prijs hebt gevonden.")
    if on is None or paid is None or typed.errors:
        return _page(request, one, asking, typed)
    try:
        note_former_price(one.number, on=on, cents=paid, source=typed.texts["source"], by=asking.actor, at=asking.at)
    except ActRefused as refused:
        typed.errors["on"] = in_language(refused.texts)
        return _page(request, one, asking, typed)
    return HttpResponseRedirect(f"{one.url}?noted=1#prices")


def _page(request: HttpRequest, one: Subject, asking: Official, typed: Typed | None = None) -> HttpResponse:
    """Show all that is known; the log of who viewed names the prices of an activity, or the file of a provider."""
    viewed(request, VIEWED[one.kind], one.number)
    context: dict[str, Any] = told(one, asking, whole="whole" in request.GET)
    if one.activity is not None:
        context |= _prices(one, asking, typed)
    errors = typed.errors if typed else {}
    context["errors"] = [{"name": name, "text": text} for name, text in errors.items()]
    context["done"] = request.GET.get("done") == "1"
    context["keeps_right"] = keeps_right()
    context["noted"] = request.GET.get("noted") == "1"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "officer/admission.html", context, status=status)


def _prices(one: Subject, asking: Official, typed: Typed | None) -> dict[str, Any]:
    """Describe the history of the price, and the form for one from before the listing."""
    texts, errors = (typed.texts, typed.errors) if typed else ({}, {})
    fields = (
        Field(
            "on", "line", _("Op welke dag gold deze prijs?"), _("Een dag voor de opname in het register."), short=True
        ),
        Field("price", "line", _("Prijs met btw"), _("In euro's, zoals 1250 of 1250,50."), short=True),
        Field("source", "line", _("Waar gevonden?"), _("Bijvoorbeeld het adres van een pagina of een folder.")),
    )
    return {
        "history": [_step(step) for step in price_history(one.number, by=asking.actor)],
        "notes": asking.has_role_for("note_former_price"),
        "former": [
            {
                "name": field.name, "kind": field.kind, "label": field.label, "help": field.help, "short": field.short,
                "value": texts.get(field.name, ""), "error": errors.get(field.name, ""),
            }
            for field in fields
        ],
    }  # fmt: skip


def _step(step: Step) -> dict[str, Any]:
    one = step.told
    change = ""
    if step.change is not None:
        sign = "\N{MINUS SIGN}" if step.change < 0 else "+" if step.change else ""
        change = f"{sign}{number_format(abs(step.change), decimal_pos=1)}%"
    return {
        "on": day(one.on),
        "price": euros(one.cents) if one.cents is not None else _("niet genoemd"),
        "change": change,
        "source": one.source,
        "listed": one.listed,
        "undone": one.undone,
    }
