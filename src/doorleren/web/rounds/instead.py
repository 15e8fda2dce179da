"""What else there is when a round is over or its money is gone: its next round, schemes like it, desks, and a mail when it can be asked again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from doorleren.core.days import Asked
from doorleren.rounds.models import Round
from doorleren.rounds.standing import counters
from doorleren.rules.rounds import best_state, rounds_for
from doorleren.rules.versions import Round as Written
from doorleren.rules.versions import Scheme, Track, Version
from doorleren.web import known
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.scheme_cards import round_badge, version_for
from doorleren.web.rounds.alerts import form_for
from doorleren.web.rounds.written import instant, name_of

MOST = 6
FUNDS = "fund"
DESK = "desk"


def instead(row: Round, siblings: Sequence[Round], at: datetime) -> dict[str, Any]:
    """Give the rounds of the same scheme that are open or to come, schemes of the same pillar that are, desks, and the form for a mail.

    A rehearsal stands for nobody's next round but that of another rehearsal. `over`: the scheme itself takes nobody any more.
    """
    following = [
        one for one in siblings
        if counters(one, at).state != "closed" and one.opens_at >= row.opens_at and (row.rehearsal or not one.rehearsal)
    ]  # fmt: skip
    scheme = _scheme(row)
    return {
        "next": [
            {"url": reverse("rounds-one", args=[one.pk]), "name": name_of(one), "opens": instant(one.opens_at)}
            for one in following
        ],
        "foreseen": [] if following or scheme is None else _foreseen(scheme, at),
        "over": scheme is not None and not _goes_on(scheme),
        "schemes": _of_the_same_pillar(scheme) if scheme else [],
        "desks": desks(),
        "desks_url": _overview(DESK),
        "funds_url": _overview(FUNDS),
        "alert": form_for(row.version.scheme),
    }


def desks() -> list[dict[str, str]]:
    """Give the desks that have a website: the name, what they do, the address and the source that names it."""
    return [
        {"name": one.called(language()), "what": in_language(one.what), "url": one.site.url, "source": one.site.source}
        for one in known.instruments() if one.kind == DESK and one.site
    ]  # fmt: skip


def _scheme(row: Round) -> Scheme | None:
    library = known.library()
    return library.scheme(row.version.scheme) if row.version.scheme in library.places else None


def _goes_on(scheme: Scheme) -> bool:
    """Say whether a version of the scheme holds today or later."""
    last = scheme.versions[-1].ends
    return last is None or last >= known.today()


def _foreseen(scheme: Scheme, at: datetime) -> list[str]:
    """Give when the rounds open that the scheme's file foresees and this site has not announced."""
    written: list[Written] = [one for version in scheme.versions for one in version.rounds if one.opens > at]
    return [instant(one) for one in sorted({one.opens for one in written})]


def _of_the_same_pillar(scheme: Scheme) -> list[dict[str, Any]]:
    library, asked = known.library(), Asked(known.today())
    ours = version_for(scheme, asked.day)
    kinds = {track.applicant for track in ours.tracks}
    found: list[tuple[bool, str, dict[str, Any]]] = []
    for other in library.schemes.values():
        version = other.on(asked.day)
        if version is None or version.pillar != ours.pillar or other.id == scheme.id:
            continue
        state, opened = best_state(rounds_for(other, _filed_by(version, kinds)), asked)
        if state in ("open", "planned"):
            name, url = version.called(language()), reverse("schemes-one", args=[other.id])
            told = {"name": name, "url": url, "badge": round_badge(state, opened, version)}
            found.append((state != "open", name, told))
    return [told for *_, told in sorted(found, key=lambda one: one[:2])[:MOST]]


def _filed_by(version: Version, kinds: set[str]) -> list[Track]:
    return [one for one in version.tracks if one.applicant in kinds]


def _overview(kind: str) -> str:
    return f"{reverse('overview')}?kind={kind}"
