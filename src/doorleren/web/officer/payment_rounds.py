"""Money of a round: its ceiling, what was reserved, granted, paid and released, all sums of the ledger; and whether that holds."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.core.days import day_of
from doorleren.payments.access import VIEW_RUNS, ensure_may_pay
from doorleren.payments.balances import Money, round_money
from doorleren.payments.checking_round import RoundChecked, check_round
from doorleren.payments.models import Account
from doorleren.rounds.models import Round
from doorleren.web.officer.asked import LARGEST_NUMBER, number, paging, table, written_day
from doorleren.web.officer.official import official, page
from doorleren.web.officer.payment_words import Cells, amounts
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.values import euros
from doorleren.web.rounds.written import name_of

ON_A_PAGE = 50


@page
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds of which the own bodies keep money, each with its sums; GET: before."""
    asking = official(request, VIEW_RUNS)
    mine = own_bodies(asking, VIEW_RUNS)
    kept = Account.objects.filter(body__in=mine, round__isnull=False).values("round")
    rows = Round.objects.filter(pk__in=kept).select_related("version", "body", "gate").order_by("-pk")
    before = number(request.GET.get("before", ""))
    found = list((rows if before is None else rows.filter(pk__lt=before))[: ON_A_PAGE + 1])
    more, found = len(found) > ON_A_PAGE, found[:ON_A_PAGE]
    told = [(one, round_money(one.pk)) for one in found]
    above = any(money.above_ceiling for _round, money in told)
    columns = [
        _("Tijdvak"), _("Open sinds"), _("Plafond"), _("Gereserveerd"), _("Verleend"),
        *([_("Boven het plafond")] if above else []), _("Betaald"), _("Vrijgevallen"),
    ]  # fmt: skip
    cells = [_row(one, money, above=above) for one, money in told]
    return render(request, "officer/payment_rounds.html", {
        "table": amounts("rounds", _("Geld per tijdvak"), columns, cells, at=range(2, len(columns))),
        "any": bool(found),
        "trail": [{"url": reverse("officer-payments"), "label": _("Betalingen")}, {"label": _("Geld per tijdvak")}],
        **paging(request, "before", found[-1].pk if more else None),
    })  # fmt: skip


@page
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show the money of a round; with POST hold every invariant against its postings, which changes nothing."""
    asking = official(request, VIEW_RUNS)
    kept = Account.objects.filter(body__in=own_bodies(asking, VIEW_RUNS)).values("round")
    rows = Round.objects.filter(pk__in=kept).select_related("version", "body")
    row = rows.filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if row is None:
        raise Http404
    ensure_may_pay(asking.who, VIEW_RUNS, row.body_id, at=asking.at)
    checked = check_round(row.pk) if request.method == "POST" else None
    return render(request, "officer/payment_round.html", {
        "name": name_of(row),
        "url": reverse("officer-payment-round", args=[row.pk]),
        "money": _money(round_money(row.pk)),
        "checked": checked,
        "breaks": _breaks(checked) if checked else None,
        "trail": [
            {"url": reverse("officer-payments"), "label": _("Betalingen")},
            {"url": reverse("officer-payment-rounds"), "label": _("Geld per tijdvak")},
            {"label": name_of(row)},
        ],
    })  # fmt: skip


def _row(one: Round, told: Money, *, above: bool) -> list[str | dict[str, Any]]:
    """Describe a round with its sums; `above`: some round of the table has money above its ceiling."""
    named = {"text": name_of(one), "url": reverse("officer-payment-round", args=[one.pk])}
    opened = one.gate.opened_at
    day = written_day(day_of(opened or one.opens_at))
    since = day if opened else _("niet geopend, aangekondigd voor %(day)s") % {"day": day}
    ceiling = "-" if told.ceiling is None else euros(told.ceiling)
    return [
        named, since, ceiling, euros(told.reserved), euros(told.granted),
        *([euros(told.above_ceiling) if told.above_ceiling else "-"] if above else []), euros(told.paid), euros(told.released),
    ]  # fmt: skip


def _money(told: Money) -> list[dict[str, str]]:
    """Name every sum, in the order in which money goes; what a round does not have is left out."""
    named = [
        (_("Plafond"), told.ceiling), (_("Nog beschikbaar"), told.available), (_("Gereserveerd"), told.reserved),
        (_("Verleend"), told.granted), (_("Vastgesteld"), told.settled), (_("Vrijgevallen"), told.released),
        (_("Boven het plafond, door bezwaar"), told.above_ceiling), (_("Nog te betalen, ook wat onderweg is"), told.payable),
        (_("Betaald"), told.paid), (_("Teruggekomen, nog uit te zoeken"), told.suspense),
        (_("Terug te vorderen"), told.recoverable), (_("Rente"), told.interest), (_("Terugontvangen"), told.received),
        (_("Afgeboekt"), told.written_off),
    ]  # fmt: skip
    always = (_("Gereserveerd"), _("Verleend"), _("Betaald"), _("Vrijgevallen"))
    return [
        {"words": words, "amount": euros(cents)}
        for words, cents in named
        if cents or (words in always and cents is not None)
    ]


def _breaks(checked: RoundChecked) -> dict[str, Any] | None:
    if checked.holds:
        return None
    columns = [_("Waar"), _("Wat niet klopt")]
    cells: Cells = [[{"text": one.where, "lang": "en"}, f"{one.invariant}: {one.says}"] for one in checked.breaks]
    return table("breaks", _("Wat niet klopt"), columns, cells)
