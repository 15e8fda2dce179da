"""One entry of the bank that asks for a person: what it says, what we made of it, and closing it with a reason."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.payments.access import IMPORT, VIEW_RUNS, ensure_may_pay
from doorleren.payments.commands.close_entry import close_entry, needed
from doorleren.payments.models import FOR_A_PERSON, BankAnswer, BankClosing
from doorleren.payments.refusing import PaymentRefused
from doorleren.web.officer.asked import LARGEST_NUMBER, written_day
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.payment_words import done_words, outcomes, said_by_bank
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.viewing import viewed

LONGEST_TYPED = 2000


@page
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show an entry; with POST close it, or agree that a colleague did: reason."""
    if request.method != "POST":
        asking = official(request, VIEW_RUNS)
        return _page(request, asking, _answer(asking, number_of, VIEW_RUNS))
    asked = ask_again(request, IMPORT, {})
    if isinstance(asked, HttpResponse):
        return asked
    row, typed = _answer(asked, number_of, IMPORT), request.POST.get("reason", "")[:LONGEST_TYPED]
    try:
        close_entry(row.pk, typed, by=asked.who, at=asked.at)
    except PaymentRefused as refused:
        return _page(request, asked, row, refused, typed)
    return HttpResponseRedirect(f"{request.path}?done=closed")


def _answer(asking: Official, number_of: int, act: str) -> BankAnswer:
    rows = BankAnswer.objects.filter(entry__message__body__in=own_bodies(asking, act), outcome__in=FOR_A_PERSON)
    row = rows.select_related("entry__message", "line__case").filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if row is None:
        raise Http404
    ensure_may_pay(asking.who, act, row.entry.message.body_id, at=asking.at)
    return row


def _page(
    request: HttpRequest, asking: Official, row: BankAnswer, refused: PaymentRefused | None = None, typed: str = ""
) -> HttpResponse:
    said, message = row.entry, row.entry.message
    viewed(request, "bank_message", message.pk)
    done = list(BankClosing.objects.filter(answer=row).select_related("by").order_by("step"))
    closed = len(done) >= needed(row)
    own = any(one.by_id == asking.who.person for one in done)
    words, tone = outcomes()[row.outcome]
    wrong = in_language(refused.texts) if refused and refused.field == "reason" else ""
    bank = reverse("officer-payment-bank")
    return render(request, "officer/payment_entry.html", {
        "name": f"{message.pk}-{said.number}",
        "kind": message.kind,
        "file": reverse("officer-payment-message", args=[message.pk]),
        "says": said_by_bank()[said.says] + (f" ({said.code})" if said.code else ""),
        "day": written_day(said.day),
        "amount": euros(said.cents) if said.cents is not None else "",
        "case": row.line.case if row.line else None,
        "outcome": {"words": words, "tone": tone or "quiet"},
        "closings": done,
        "closed": closed,
        "two": needed(row) > 1,
        "waits": _("U schreef al op wat u uitzocht. Een collega die betaalt, moet het ook bekijken.") if own and not closed else "",
        "closes": not closed and not own and message.body_id in own_bodies(asking, IMPORT),
        "typed": typed,
        "wrong": wrong,
        "errors": [{"name": "reason", "text": wrong}] if wrong else [],
        "refused": in_language(refused.texts) if refused and not wrong else "",
        "done": done_words(request.GET.get("done", "")) if refused is None else "",
        "trail": [
            {"url": reverse("officer-payments"), "label": _("Betalingen")},
            {"url": bank, "label": _("Antwoorden van de bank")},
            {"label": _("Regel %(name)s") % {"name": f"{message.pk}-{said.number}"}},
        ],
    }, status=HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.CONFLICT)  # fmt: skip
