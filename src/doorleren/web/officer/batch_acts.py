"""What is done with a batch: taking cases out, releasing by another than who proposed it, withdrawing, stopping, resuming.

A GET of these is where signing in again leads back to: it shows the batch.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.decisions.access import DECIDE
from doorleren.decisions.commands.propose_batch import take_out, withdraw_batch
from doorleren.decisions.commands.release_batch import release_batch, resume_batch, stop_batch
from doorleren.decisions.models import Batch
from doorleren.decisions.refusing import DecisionRefused
from doorleren.web.officer.asked import given, number
from doorleren.web.officer.batch_words import why_out
from doorleren.web.officer.batches import SHOWN, address, batch_of, shown
from doorleren.web.officer.official import Official, page
from doorleren.web.officer.roles import ask_again, led_back
from doorleren.web.public.questions import in_language

ACTS: dict[str, tuple[str, Callable[[Batch, str, Official], object]]] = {
    "release": ("released", lambda batch, seen, asking: release_batch(batch.pk, seen, by=asking.who, at=asking.at)),
    "withdraw": ("withdrawn", lambda batch, seen, asking: withdraw_batch(batch.pk, by=asking.who, at=asking.at)),
    "stop": ("stopped", lambda batch, seen, asking: stop_batch(batch.pk, by=asking.who, at=asking.at)),
    "resume": ("resumed", lambda batch, seen, asking: resume_batch(batch.pk, by=asking.who, at=asking.at)),
}
"""By the name in the address: what is said after it, and the command."""


@page
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number_of: int, name: str) -> HttpResponse:
    """Do one of ACTS with a batch; POST: seen, the hash of the list that was looked at."""
    if name not in ACTS:
        raise Http404
    found = _asked(request, number_of)
    if isinstance(found, HttpResponse):
        return found
    asking, batch = found
    done, command = ACTS[name]
    try:
        command(batch, given(request.POST).get("seen", ""), asking)
    except DecisionRefused as refused:
        return shown(request, asking, batch, in_language(refused.texts))
    return HttpResponseRedirect(f"{address(batch)}?done={done}")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def without(request: HttpRequest, number_of: int) -> HttpResponse:
    """Take cases out of a batch that waits; POST: cases (their numbers), why."""
    found = _asked(request, number_of)
    if isinstance(found, HttpResponse):
        return found
    asking, batch = found
    cases = {key for one in request.POST.getlist("cases")[:SHOWN] if (key := number(one)) is not None}
    why, errors = given(request.POST).get("why", ""), dict[str, str]()
    if not cases:
        errors["cases"] = _("Vink aan welke zaken u eruit haalt.")
    if why not in why_out():
        errors["why"] = _("Kies waarom u deze zaken eruit haalt.")
    if errors:
        return shown(request, asking, batch, errors=errors)
    try:
        take_out(batch.pk, cases, by=asking.who, at=asking.at, why=why)
    except DecisionRefused as refused:
        return shown(request, asking, batch, in_language(refused.texts))
    return HttpResponseRedirect(f"{address(batch)}?done=taken_out")


def _asked(request: HttpRequest, number_of: int) -> tuple[Official, Batch] | HttpResponse:
    asking = ask_again(request, DECIDE, {})
    if isinstance(asking, HttpResponse):
        return asking
    batch = batch_of(asking, number_of, DECIDE)
    if request.method != "POST":
        return led_back(address(batch))
    return asking, batch
