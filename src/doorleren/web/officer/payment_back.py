"""Paying back what somebody paid too much: a page that says how much, to whom and what follows, and the button that does it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.payments.access import PROPOSE_RUN, ensure_may_pay
from doorleren.payments.commands.pay_back import pay_back
from doorleren.payments.penalties import applicants_of
from doorleren.payments.refusing import PaymentRefused
from doorleren.payments.too_much import paid_too_much
from doorleren.web.officer.asked import given, number
from doorleren.web.officer.case_at_hand import AtHand, at_hand
from doorleren.web.officer.official import page
from doorleren.web.officer.payment_words import names_of
from doorleren.web.officer.roles import ask_again
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.viewing import viewed


@page
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what is paid back and to whom; with POST (cents: as it was shown) let it be paid back."""
    asking = ask_again(request, PROPOSE_RUN, {})
    found = asking if isinstance(asking, HttpResponse) else at_hand(request, reference)
    if isinstance(found, HttpResponse):
        return found
    ensure_may_pay(found.asking.who, PROPOSE_RUN, found.case.body_id, at=found.asking.at)
    if request.method != "POST":
        return _page(request, found, "")
    if number(given(request.POST).get("cents", "")) != paid_too_much(found.case.pk):
        return _page(request, found, _("Het bedrag is intussen veranderd. Bekijk het opnieuw."))
    try:
        pay_back(found.case.pk, by=found.asking.who, at=found.asking.at)
    except PaymentRefused as fault:
        return _page(request, found, in_language(fault.texts))
    return HttpResponseRedirect(f"{_money(found)}?done=paid_back")


def _money(found: AtHand) -> str:
    return reverse("officer-case-money", args=[found.case.reference])


def _page(request: HttpRequest, found: AtHand, refused: str) -> HttpResponse:
    case = found.case
    viewed(request, "case", case.pk)
    cents, whom = paid_too_much(case.pk), applicants_of([case.pk]).get(case.pk)
    return render(request, "officer/payment_back.html", {
        "reference": case.reference,
        "refused": refused,
        "cents": cents,
        "amount": euros(cents),
        "whom": names_of([whom])[whom] if whom else "",
        "back": _money(found),
        "trail": [
            {"url": reverse("officer-cases"), "label": _("Zaken")}, {"url": found.url, "label": case.reference},
            {"url": _money(found), "label": _("Geld")}, {"label": _("Terugbetalen")},
        ],
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip
