"""The same submission as a plain Django view: it opens the token, locks the gate of the round and enters one ticket.

The settings are the site's without middleware, so that nothing but the view is measured; granian runs it over WSGI as it
runs the site. It signs nothing and gives no receipt, only the number.
"""

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from doorleren.rounds.models import NUMBER_BITS, Gate, Ticket
from doorleren.rounds.tokens import BadToken, opened_token
from doorleren.server import environment
from doorleren.server.clock import now
from doorleren.server.intake.keys import read_keys

KEY = read_keys(environment.read().home).tokens


def submit(request: HttpRequest) -> HttpResponse:
    """Enter one ticket, while the row of its round is held."""
    at = now()
    try:
        frozen = opened_token(request.body, KEY, at.timestamp())
    except BadToken as error:
        return JsonResponse({"detail": str(error)}, status=403)
    with transaction.atomic():
        gate = Gate.objects.select_for_update().get(pk=frozen.round)
        if gate.opened_at is None or gate.closed_at is not None:
            return JsonResponse({"detail": "closed"}, status=409)
        gate.tickets += 1
        gate.save(update_fields=["tickets"])
        told: dict[str, Any] = {name: getattr(frozen, name) for name in ("key", "person", "content", "cents", "kind")}
        first = frozen.round << NUMBER_BITS
        Ticket.objects.create(
            id=first + gate.tickets, round_id=frozen.round, batch=first + gate.tickets, arrived_at=at, **told
        )
    answer = json.dumps({"number": gate.tickets}).encode()
    return HttpResponse(answer, "application/json", 201, headers={"Content-Length": str(len(answer))})


urlpatterns = [path("tickets", submit)]
