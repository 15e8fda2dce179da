"""What else there is when a round is over or its money is gone: its next round, and schemes like it for the same applicants."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from doorleren.core.days import Asked
from doorleren.rounds.models import Round
from doorleren.rounds.standing import counters
from doorleren.rules.rounds import best_state, rounds_for
from doorleren.web import known
from doorleren.web.public.questions import language
from doorleren.web.public.scheme_cards import round_badge, version_for
from doorleren.web.rounds.written import instant, name_of

MOST = 6


def instead(row: Round, siblings: Sequence[Round], at: datetime) -> dict[str, Any]:
    """Give the rounds of the same scheme that are open or to come, and schemes of the same pillar that are."""
    following = [one for one in siblings if counters(one, at).state != "closed" and one.opens_at >= row.opens_at]
    return {
        "next": [
            {"url": reverse("rounds-one", args=[one.pk]), "name": name_of(one), "opens": instant(one.opens_at)}
            for one in following
        ],
        "schemes": _of_the_same_pillar(row),
    }


def _of_the_same_pillar(row: Round) -> list[dict[str, Any]]:
    library, asked = known.library(), Asked(known.today())
    if row.version.scheme not in library.places:
        return []
    day = asked.day
    ours = version_for(library.scheme(row.version.scheme), day)
    kinds = {track.applicant for track in ours.tracks}
    found: list[tuple[bool, str, dict[str, Any]]] = []
    for scheme in library.schemes.values():
        version = scheme.on(day)
        if version is None or version.pillar != ours.pillar or scheme.id == row.version.scheme:
            continue
        state, opened = best_state(rounds_for(scheme, [one for one in version.tracks if one.applicant in kinds]), asked)
        if state in ("open", "planned"):
            name, url = version.called(language()), reverse("schemes-one", args=[scheme.id])
            told = {"name": name, "url": url, "badge": round_badge(state, opened, version)}
            found.append((state != "open", name, told))
    return [told for *_, told in sorted(found, key=lambda one: one[:2])[:MOST]]
