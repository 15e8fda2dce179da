"""What anybody needs to compute a round again without us: what was announced, the list of a draw, our key for receipts.

How each is checked: docs/howto/check-a-draw.md.
"""

from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from doorleren.core.draw import list_hash, listed_tickets
from doorleren.rounds.announced import canonical
from doorleren.rounds.models import Round, RoundDraw
from doorleren.rounds.queries import sealed_tickets
from doorleren.rounds.receipts import FORM, fingerprint
from doorleren.web.rounds.written import LARGEST_NUMBER

KEPT_SECONDS = 86_400


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def announced(request: HttpRequest, number: int) -> HttpResponse:
    """Send what was announced of a round, to the letter: its SHA-256 is the hash on the page of the round."""
    told = Round.objects.filter(pk=min(number, LARGEST_NUMBER)).values_list("announced", flat=True).first()
    if told is None:
        raise Http404
    return _file(canonical(told), "application/json", f"announced-{number}.json")


@require_safe
def listed(request: HttpRequest, number: int) -> HttpResponse:
    """Send the list of an announced draw, a sealed ticket on a line: its SHA-256 was announced. 404 where there is none."""
    draw = RoundDraw.objects.filter(pk=min(number, LARGEST_NUMBER)).values_list("announced", flat=True).first()
    if draw is None:
        raise Http404
    reply = _file(_written_list(number, draw["list_hash"]), "text/plain; charset=utf-8", f"tickets-{number}.txt")
    reply["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return reply


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def receipt_key(request: HttpRequest) -> HttpResponse:
    """Tell the public key (Ed25519, hexadecimal) with which receipts are signed, for `doorleren receipt verify --key`."""
    public = bytes(settings.DOORLEREN_RECEIPT_KEY)
    return JsonResponse({"form": FORM, "public_key": public.hex(), "fingerprint": fingerprint(public)})


@lru_cache(maxsize=1)
def _written_list(round_: int, announced_hash: str) -> bytes:
    """Write the list of a draw; the last one is kept, for it is long, and its hash says that it cannot change. Raises Http404."""
    tickets = listed_tickets(sealed_tickets(round_))
    if list_hash(tickets) != announced_hash:
        raise Http404
    return "".join(f"{one}\n" for one in tickets).encode()


def _file(text: str | bytes, kind: str, name: str) -> HttpResponse:
    reply = HttpResponse(text, content_type=kind)
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
