"""What the bank answers: reading in its files (pain.002, camt.053), what came of each line, and what somebody must look at."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.cases.models import Case
from doorleren.payments.access import IMPORT, VIEW_RUNS, ensure_may_pay
from doorleren.payments.bank_xml import MOST_BYTES
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.models import FOR_A_PERSON, BankAnswer, BankEntry, BankMessage, PaymentLine
from doorleren.payments.queries import came_back, entries_for_a_person, not_closed
from doorleren.payments.refusing import PaymentRefused
from doorleren.payments.too_much import paid_too_much_to
from doorleren.people.models import Body
from doorleren.web.officer.asked import LARGEST_NUMBER, number, paging, written_day, written_moment
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.payment_words import Cells, amounts, done_words, outcomes, said_by_bank
from doorleren.web.officer.payments import address
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.receiving import TooLarge, file_given, takes_files
from doorleren.web.viewing import viewed

SHOWN, ENTRIES_ON_A_PAGE = 100, 100
MEGABYTES = MOST_BYTES // 1_000_000


@takes_files(MOST_BYTES, partial(ask_again, act=IMPORT, told={}))
@page
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest) -> HttpResponse:
    """Show what somebody must look at and the files of the bank; with POST read in one: body, file."""
    if request.method != "POST":
        return _page(request, official(request, VIEW_RUNS))
    return _give(request)


def _give(request: HttpRequest) -> HttpResponse:
    asking = ask_again(request, IMPORT, {})
    if isinstance(asking, HttpResponse):
        return asking
    body = _body(asking, request.POST.get("body", ""))
    given = file_given(request)
    if isinstance(given, TooLarge):
        return _page(request, asking, wrong={"file": _too_large()}, status=413)
    if given is None:
        return _page(request, asking, wrong={"file": _("Kies eerst een bestand van de bank.")})
    try:
        made = import_message(body, given.read(), by=asking.who, at=asking.at)
    except PaymentRefused as refused:
        return _page(request, asking, wrong={"file": in_language(refused.texts)})
    return HttpResponseRedirect(f"{_address(made.message)}?done=imported{'' if made.new else '-again'}")


@page
@require_safe
def message(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show a file of the bank: each thing that it says, and what we made of it; GET: after (a place)."""
    asking = official(request, VIEW_RUNS)
    rows = BankMessage.objects.filter(body__in=own_bodies(asking, VIEW_RUNS)).select_related("body", "imported_by")
    row = rows.filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if row is None:
        raise Http404
    ensure_may_pay(asking.who, VIEW_RUNS, row.body_id, at=asking.at)
    viewed(request, "bank_message", row.pk)
    after = number(request.GET.get("after", "")) or 0
    entries = (
        BankEntry.objects.filter(message=row, number__gt=after).select_related("answer__line__case").order_by("number")
    )
    found = list(entries[: ENTRIES_ON_A_PAGE + 1])
    more, found = len(found) > ENTRIES_ON_A_PAGE, found[:ENTRIES_ON_A_PAGE]
    done = request.GET.get("done", "")
    again = _("Dit bestand was al ingelezen. Er is niets twee keer geboekt.") if done == "imported-again" else ""
    look = not_closed(BankAnswer.objects.filter(entry__message=row, outcome__in=FOR_A_PERSON)).count()
    return render(request, "officer/payment_message.html", {
        "row": row,
        "look": look,
        "entries": _entries("entries", _("Wat de bank zegt"), found),
        "any": bool(found),
        "done": again or done_words(done),
        "trail": [*_trail(), {"label": f"{row.kind} {row.pk}"}],
        **paging(request, "after", found[-1].number if more else None),
    })  # fmt: skip


def _page(
    request: HttpRequest, asking: Official, *, wrong: dict[str, str] | None = None, status: int = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:  # fmt: skip
    mine = own_bodies(asking, VIEW_RUNS)
    messages = BankMessage.objects.filter(body__in=mine).select_related("body").order_by("-pk")[:SHOWN]
    look = [answer.entry for one in sorted(mine) for answer in _answers(one)]
    back, too_much = came_back(mine)[:SHOWN], paid_too_much_to(mine, SHOWN)
    takes = Body.objects.filter(pk__in=own_bodies(asking, IMPORT)).order_by("name")
    errors = wrong or {}
    return render(request, "officer/payment_bank.html", {
        "bodies": takes,
        "wrong": errors.get("file", ""),
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "most": MEGABYTES,
        "look": _entries("look", _("Iemand moet dit bekijken"), look),
        "any_look": bool(look),
        "back": _returned(back),
        "any_back": bool(back),
        "too_much": _too_much(too_much),
        "any_too_much": bool(too_much),
        "messages": _messages(messages),
        "any": bool(messages),
        "trail": [*_trail()[:1], {"label": _("Antwoorden van de bank")}],
    }, status=status if errors else HTTPStatus.OK)  # fmt: skip


def _answers(body: int) -> Sequence[BankAnswer]:
    """Give what a person must look at, each entry with its answer at hand."""
    found = list(entries_for_a_person(body)[:SHOWN])
    for one in found:
        one.entry.answer = one
    return found


def _entries(name: str, caption: str, rows: Sequence[BankEntry]) -> dict[str, Any]:
    columns = [_("Regel"), _("Dag"), _("Wat de bank zegt"), _("Bedrag"), _("Onze betaling"), _("Wat wij ermee deden")]
    words, made = said_by_bank(), outcomes()
    cells: Cells = []
    for one in rows:
        answer = getattr(one, "answer", None)
        said, tone = made[answer.outcome] if answer else (_("nog niet geboekt"), "maybe")
        cells.append([
            {"text": f"{one.message_id}-{one.number}", "url": _entry_address(one, answer)}, written_day(one.day) or "-",
            words[one.says] + (f" ({one.code})" if one.code else ""), euros(one.cents) if one.cents is not None else "-",
            _payment(answer.line if answer else None), {"text": said, "badge": tone or "quiet"},
        ])  # fmt: skip
    return amounts(name, caption, columns, cells, at=(3,))


def _entry_address(one: BankEntry, answer: BankAnswer | None) -> str:
    """Give the page of an entry that asks, or asked, for a person; of any other that of its file."""
    asks = answer is not None and answer.outcome in FOR_A_PERSON
    return reverse("officer-payment-entry", args=[one.pk]) if asks else _address_of(one.message_id)


def _payment(line: PaymentLine | None) -> str | dict[str, Any]:
    if line is None:
        return "-"
    return {"text": line.case.reference, "url": reverse("officer-case-money", args=[line.case.reference])}


def _returned(rows: Sequence[PaymentLine]) -> dict[str, Any]:
    columns = [_("Zaak"), _("Bedrag"), _("Betaalrun")]
    cells: Cells = [
        [
            _payment(one),
            euros(one.cents),
            {"text": _("Betaalrun %(number)s") % {"number": one.run_id}, "url": address(one.run)},
        ]
        for one in rows
    ]
    return amounts("back", _("Teruggekomen, en nog niet opnieuw te betalen gezet"), columns, cells, at=(1,))


def _too_much(owed: Mapping[int, int]) -> dict[str, Any]:
    """Describe the cases in which somebody paid too much; each leads to its money, where it can be paid back."""
    rows = Case.objects.filter(pk__in=owed).order_by("pk").values_list("pk", "reference")
    cells: Cells = [
        [{"text": reference, "url": reverse("officer-case-money", args=[reference])}, euros(owed[case])]
        for case, reference in rows
    ]
    return amounts("too-much", _("Te veel ontvangen, nog terug te betalen"), [_("Zaak"), _("Bedrag")], cells, at=(1,))


def _messages(rows: Iterable[BankMessage]) -> dict[str, Any]:
    columns = [_("Bestand"), _("Instantie"), _("Ingelezen"), _("Regels")]
    cells: Cells = [
        [
            {"text": f"{one.kind} {one.pk}", "url": _address(one)},
            one.body.name,
            written_moment(one.imported_at),
            str(one.entries),
        ]
        for one in rows
    ]
    return amounts("messages", _("Bestanden van de bank"), columns, cells, at=(3,))


def _body(asking: Official, given: str) -> int:
    mine = own_bodies(asking, IMPORT)
    chosen = next(iter(mine)) if not given and len(mine) == 1 else number(given)
    if chosen not in mine:
        raise Http404
    return chosen


def _too_large() -> str:
    return _("Dit bestand is te groot. Wij lezen bestanden van ten hoogste %(most)s MB.") % {"most": MEGABYTES}


def _address(one: BankMessage) -> str:
    return _address_of(one.pk)


def _address_of(message_: int) -> str:
    return reverse("officer-payment-message", args=[message_])


def _trail() -> list[dict[str, str]]:
    return [
        {"url": reverse("officer-payments"), "label": _("Betalingen")},
        {"url": reverse("officer-payment-bank"), "label": _("Antwoorden van de bank")},
    ]
