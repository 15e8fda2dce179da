"""GET /rounds and /rounds/{id}: which rounds are open, planned and over, and what is left in each now."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from doorleren.core.money import euros
from doorleren.rounds.fell_back import fallback_as_dict, fell_back_as_dict
from doorleren.rounds.models import Round, RoundDraw
from doorleren.rounds.queries import announced_for
from doorleren.rounds.standing import Use, counted, counters
from doorleren.web.api import shapes_of_rounds as shapes
from doorleren.web.api.answers import published
from doorleren.web.api.asking import only_parameters
from doorleren.web.api.problems import bad_input
from doorleren.web.rounds.public import KEPT_SECONDS, shown
from doorleren.web.surroundings import now

router = Router()

ON_A_PAGE = 50


@router.get("/rounds", response=shapes.Rounds, operation_id="listRounds", summary="All rounds", tags=["rounds"])
def rounds(request: HttpRequest, after: str = "") -> HttpResponseBase:
    """The rounds and how they stand, the newest first."""
    only_parameters(request, ("after",))
    at, before = now(), _key(after, "after", 400) if after else None
    found = shown(at) if before is None else shown(at).filter(pk__lt=before)
    rows = list(counted(found, at).order_by("-pk")[: ON_A_PAGE + 1])
    items = [as_dict(row, at) for row in rows[:ON_A_PAGE]]
    last = str(rows[ON_A_PAGE - 1].pk) if len(rows) > ON_A_PAGE else None
    return _briefly(published(request, {"items": items, "after": last}))


@router.get(
    "/rounds/{id}", response=shapes.RoundShape, operation_id="readRound", summary="One round", tags=["rounds"]
)  # fmt: skip
def one(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002
    """One round and how it stands now."""
    only_parameters(request, ())
    at = now()
    row = counted(Round.objects.filter(pk=_key(id, "id", 404)), at).first()
    if row is None:
        raise bad_input("id", id, "the id of a round from /rounds", status=404)
    return _briefly(published(request, as_dict(row, at)))


def as_dict(row: Round, at: datetime) -> dict[str, Any]:
    """Write a round of `counted` as the interface gives it."""
    told = counters(row, at)
    foreseen = told.forecast
    return {
        "id": row.pk, "scheme": row.version.scheme, "version": row.version.version, "round": row.code,
        "body": row.body.name, "rehearsal": row.rehearsal, "state": told.state, "order": row.order,
        "counts": "day" if announced_for(row).per_day else "moment",
        "opens_at": row.opens_at.isoformat(), "closes_at": _moment(told.closes_at), "opened_at": _moment(told.opened_at),
        "closed_at": _moment(told.closed_at), "ended": told.ended, "gone": told.gone, "announced_hash": row.announced_hash,
        "version_hash": row.version.digest, "received": told.received,
        "waiting": told.waiting, "reserved_money": euros(told.reserved_cents), "reserved_number": told.reserved_number,
        "left_money": _money(told.left_cents), "left_number": told.left_number, **_used(told.money, told.number),
        "parts": [
            {
                "set_apart_for": part.part, "left_money": _money(part.left_cents), "left_number": part.left_number,
                **_used(part.money, part.number), "closed": part.closed,
            }
            for part in told.parts
        ],
        "tickets_an_hour": told.an_hour,
        "forecast": {
            "expected": foreseen.expected.isoformat(), "earliest": foreseen.earliest.isoformat(),
            "latest": foreseen.latest.isoformat(),
        } if foreseen else None,
        "fallback": fallback_as_dict(row), "fell_back": fell_back_as_dict(told.fell_back),
        "draw": _draw(row),
    }  # fmt: skip


def _used(money: Use | None, number: Use | None) -> dict[str, Any]:
    return {
        "ceiling_money": money and euros(money.total), "used_money": money and euros(money.used),
        "used_money_percent": money and money.percent,
        "ceiling_number": number and number.total, "used_number": number and number.used,
        "used_number_percent": number and number.percent,
    }  # fmt: skip


def _draw(row: Round) -> dict[str, Any] | None:
    draw: RoundDraw | None = getattr(row, "draw", None)
    if draw is None:
        return None
    told = {name: draw.announced[name] for name in ("tickets", "list_hash", "commitment", "beacon", "beacon_round")}
    file = f"/rounds/{row.pk}/draw.json" if draw.held_at else None
    return told | {"announced_at": draw.announced_at.isoformat(), "held_at": _moment(draw.held_at), "file": file}


def _briefly(answer: HttpResponseBase) -> HttpResponseBase:
    """Let it be kept for some seconds only: it says how a round stands now."""
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


def _key(given: str, name: str, status: int) -> int:
    if given.isascii() and given.isdecimal() and len(given) < 19:
        return int(given)
    raise bad_input(name, given, "the id of a round from /rounds", status=status)


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _money(cents: int | None) -> str | None:
    return None if cents is None else euros(cents)
