"""What was decided last because the opening of a round failed: when, why, and its moments before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from doorleren.rounds.models import Round, RoundProposal


@dataclass(frozen=True, slots=True)
class FellBack:
    """That two people fell back on what was announced: `opens_at` is the new opening, None where the round stays open for longer."""

    decided_at: datetime
    reason: str
    opens_at: datetime | None
    closes_at: datetime | None


def last_fall_back(round_: int | OuterRef) -> QuerySet[RoundProposal, Any]:
    """Find the last one of a round, as `fell_back_of` reads it."""
    rows = RoundProposal.objects.filter(round=round_, act="fall_back", released_at__isnull=False)
    told = JSONObject(at="released_at", reason="reason", details="details")
    return rows.order_by("-released_at").values(told=told)[:1]


def fell_back_of(told: Mapping[str, Any] | None) -> FellBack | None:
    """Read one; None where there is none."""
    if told is None:
        return None
    opens, until = (told["details"].get(name) for name in ("opens", "until"))
    return FellBack(datetime.fromisoformat(told["at"]), told["reason"], *map(_moment, (opens, until)))


def fell_back(round_: Round) -> FellBack | None:
    """Give what was decided last for one round."""
    found = last_fall_back(round_.pk).first()
    return fell_back_of(found and found["told"])


def fell_back_as_dict(found: FellBack | None) -> dict[str, Any] | None:
    """Write it for the API and the command line."""
    if found is None:
        return None
    opens, closes = (one.isoformat() if one else None for one in (found.opens_at, found.closes_at))
    told = {"decided_at": found.decided_at.isoformat(), "reason": found.reason}
    return told | {"opens_at": opens, "closes_at": closes}


def fallback_as_dict(round_: Round) -> dict[str, Any] | None:
    """Write what was announced beforehand for a failed opening; None where nothing was."""
    found: dict[str, Any] | None = round_.announced.get("fallback")
    return found


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
