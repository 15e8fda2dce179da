"""A round in the words and numbers of its page; the API has the same from standing.py."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from doorleren.core.days import day_of
from doorleren.rounds.announced import Announced
from doorleren.rounds.completing import at_the_end
from doorleren.rounds.models import Round, RoundDraw
from doorleren.rounds.queries import announced_for, in_turn
from doorleren.rounds.standing import Counters, PartStanding, Use
from doorleren.rules.once import said_of
from doorleren.rules.round_pots import MOMENT_COUNTS
from doorleren.web import known
from doorleren.web.public import words
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import euros, number
from doorleren.web.rounds.fallback_words import announced_words, decided_words

LARGEST_NUMBER = 2**63 - 1
EARLIER = frozenset({"arrival", "random_present", "none"})
"""Orders in which a round may close before its day, once its ceiling is reached and nobody can wait for a place."""


def name_of(row: Round) -> str:
    """Name a round: the scheme's name and the round's own."""
    scheme = scheme_of(row)
    if not scheme:
        return _("Oefening %(number)s") % {"number": row.pk}
    return _("%(scheme)s, tijdvak %(code)s") % {"scheme": scheme, "code": row.code}


def scheme_of(row: Round) -> str:
    """Name the scheme of a round; nothing where the site does not know it."""
    library, scheme = known.library(), row.version.scheme
    return library.scheme(scheme).versions[-1].called(language()) if scheme in library.places else ""


def written(row: Round, now_: Counters, at: datetime) -> dict[str, Any]:
    """Describe a round for templates/rounds/; `now_` is how it stands at the moment `at`."""
    announced = announced_for(row)
    left = [part for part in now_.parts if part.ceiling_cents is not None or part.ceiling_number is not None]
    return {
        "number": row.pk,
        "url": reverse("rounds-one", args=[row.pk]),
        "name": name_of(row),
        "scheme": scheme_of(row),
        "rehearsal": row.rehearsal,
        "scheme_url": _scheme_url(row),
        "state": now_.state,
        "over": now_.gone or now_.state == "closed",
        "gone": gone_said(now_),
        "waiting_list": announced.pot.waiting_list,
        "ended": _ended(row, now_),
        "body": row.body.name,
        "opens": instant(now_.opened_at or row.opens_at),
        "closes": instant(now_.closes_at) if now_.closes_at else "",
        "closed": instant(now_.closed_at) if now_.closed_at else "",
        "at": date_format(localtime(at), "H:i:s"),
        "received": number(now_.received),
        "waiting": number(now_.waiting) if now_.waiting else "",
        "inside": number(now_.reserved_number),
        "not_inside": number(now_.placed - now_.reserved_number) if now_.placed else "",
        "money": _use(now_.money, euros),
        "places": _use(now_.number, number),
        "parts": [_part(part) for part in left] if len(left) > 1 else [],
        "pace": _pace(now_),
        "forecast": _forecast(now_, at),
        "drawn": row.order == "draw",
        "present_minutes": announced.present_seconds // 60 if row.order == "random_present" else None,
        "may_close_earlier": row.order in EARLIER and _ends_at_the_ceiling(announced, left),
        "arrival": in_turn(row),
        "by_day": announced.per_day,
        "paper_days": announced.paper_days,
        "draw_from": date_format(row.allocation.draw_from, "j F Y") if row.allocation.draw_from else "",
        "order": words.order_said(row.order, by_day=announced.per_day),
        "afterwards": words.after_the_ceiling(
            "partly" if announced.pot.partly else "whole",
            "continue" if announced.pot.goes_on else "stop",
            waits=announced.pot.waiting_list,
        ),
        "draw": _draw(row),
        **_told_beforehand(row, announced),
        "fell_back": decided_words(now_.fell_back, announced.fallback, row.order, instant),
    }


def _told_beforehand(row: Round, announced: Announced) -> dict[str, Any]:
    """Say what was announced, when, and with which hash it can be checked."""
    return {
        "fallback": announced_words(announced.fallback, row.order, row.body.name),
        "completing": completing_said(announced),
        "freed": freed_said(announced),
        "once": _once(row, announced),
        "announced_on": instant(row.announced_at),
        "hash": row.announced_hash,
        "version": row.version.version,
        "version_hash": row.version.digest,
        "components": [
            {"text": in_language(text), "money": euros(cents), "target": "" if target is None else number(target)}
            for text, cents, target in announced.components
        ],
        "announced_file": reverse("rounds-announced", args=[row.pk]),
    }


def _once(row: Round, announced: Announced) -> list[str]:
    """Say how often one may apply; a rehearsal counts for itself (applications/once.py)."""
    found = [in_language(one) for one in said_of(announced.caps, for_itself=row.rehearsal)]
    apart = _("Deze oefening telt alleen voor zichzelf: een aanvraag hier telt niet mee voor een echte aanvraag.")
    return [*found, apart] if found and row.rehearsal else found


def freed_said(announced: Announced) -> str:
    """Say who gets what comes free by a withdrawal or a decision (rounds/freed.py), in a round with a ceiling."""
    if announced.order == "pro_rata":
        return _(
            "Trekt iemand zich terug, wordt een aanvraag afgewezen of krijgt zij minder? Dan verdelen wij het geld dat vrijkomt over wie nog geen besluit heeft."
        )
    if all(one.cents is None for one in (announced.pot.ceiling, *announced.pot.apart.values())):
        return _(
            "Trekt iemand zich terug of wordt een aanvraag afgewezen? Dan gaat de plaats die vrijkomt naar wie daarna komt en nog geen besluit heeft."
        )
    return _(
        "Trekt iemand zich terug, wordt een aanvraag afgewezen of krijgt zij minder? Dan gaat het geld dat vrijkomt naar wie daarna komt en nog geen besluit heeft."
    )


def completing_said(announced: Announced) -> str:
    """Say what it does to the place when an application has to be completed."""
    if announced.order not in MOMENT_COUNTS:
        return _(
            "Moet u iets aanvullen? Voor de verdeling maakt het niet uit wanneer u dat doet, als het maar op tijd is."
        )
    if not announced.follows_completion:
        if announced.order == "none":
            return _("Moet u iets aanvullen? Dan blijft uw aanvraag meetellen, als u dat op tijd doet.")
        return _("Moet u iets aanvullen? Dan houdt u uw plaats in de volgorde, als u dat op tijd doet.")
    if at_the_end(announced):
        return _(
            "Blijkt na de loting dat er iets ontbreekt? Dan komt uw aanvraag achteraan zodra zij compleet is. Wie eerder aanvult, gaat voor."
        )
    if announced.per_day:
        return _(
            "Ontbreekt er iets? Dan telt uw aanvraag op de dag waarop zij compleet is, en tot dan houden wij geen geld voor u vast."
        )
    return _(
        "Ontbreekt er iets? Dan telt het moment waarop uw aanvraag compleet is, en tot dan houden wij geen geld voor u vast."
    )


def instant(at: datetime) -> str:
    """Write a moment in Amsterdam, to the minute."""
    local = localtime(at)
    day, time = date_format(local, "j F Y"), date_format(local, "H:i")
    return _("%(day)s, %(time)s uur") % {"day": day, "time": time}


def _pace(now_: Counters) -> dict[str, Any] | None:
    """Say how many come in an hour, and on how many in which time that rests; None where nobody can tell."""
    if now_.an_hour is None:
        return None
    minutes = max(1, round(now_.window_seconds / 60))
    return {"an_hour": number(now_.an_hour), "came_in": number(now_.window_tickets), "minutes": minutes}


def _forecast(now_: Counters, at: datetime) -> dict[str, str] | None:
    if now_.forecast is None:
        return None
    foreseen = now_.forecast
    told = {"expected": foreseen.expected, "earliest": foreseen.earliest, "latest": foreseen.latest}
    same_day = {day_of(moment) for moment in (at, *told.values())} == {day_of(at)}
    if same_day:
        return {name: _("%(time)s uur") % {"time": date_format(localtime(one), "H:i")} for name, one in told.items()}
    return {name: instant(moment) for name, moment in told.items()}


def gone_said(now_: Counters) -> str:
    """Say what is gone, the money or the places; nothing where somebody can still get something."""
    if not now_.gone:
        return ""
    return _("alle plaatsen zijn vergeven") if _by_number(now_) else _("het geld is op")


def _by_number(now_: Counters) -> bool:
    """Say whether it is the number of applications that binds, and not the money."""
    return now_.left_cents is None or (now_.left_number == 0 and now_.left_cents > 0)


def _ended(row: Round, now_: Counters) -> str:
    """Say why a round was closed; nothing where it is not, or where that was not kept."""
    if now_.ended == "ceiling" and _by_number(now_):
        return _("omdat alle plaatsen vergeven zijn")
    words_by = {
        "time": _("omdat de tijd om was"),
        "ceiling": _("omdat het geld op is"),
        "act": _("door een besluit van %(body)s") % {"body": row.body.name},
    }
    return words_by.get(now_.ended or "", "")


def _part(part: PartStanding) -> dict[str, Any]:
    return {
        "name": words.said(words.ring_fenced_for(), part.part) if part.part else _("iedereen"),
        "uses": [
            words_ % {"left": one["left"], "total": one["total"], "percent": one["percent"]}
            for words_, one in (
                (_("%(left)s van %(total)s (%(percent)s%% gebruikt)"), _use(part.money, euros)),
                (_("%(left)s van %(total)s aanvragen (%(percent)s%% gebruikt)"), _use(part.number, number)),
            )
            if one is not None
        ],
        "closed": part.closed,
    }


def _use(use: Use | None, said: Callable[[int], str]) -> dict[str, str] | None:
    """Say what there is, what is used and what is left; `value` of `most` is for a bar."""
    if use is None:
        return None
    told = {"total": said(use.total), "left": said(use.left), "used": f"{said(use.used)} ({use.percent}%)"}
    return told | {"percent": str(use.percent), "value": str(min(use.used, use.total)), "most": str(max(use.total, 1))}


def _ends_at_the_ceiling(announced: Announced, limited: list[PartStanding]) -> bool:
    """Say whether nobody can wait for a place and there is a ceiling for everybody, not for a part alone."""
    return not announced.pot.waiting_list and any(not one.part for one in limited)


def _draw(row: Round) -> dict[str, Any] | None:
    draw: RoundDraw | None = getattr(row, "draw", None)
    if draw is None:
        return None
    return {
        "announced": draw.announced,
        "announced_at": instant(draw.announced_at),
        "held": instant(draw.held_at) if draw.held_at else "",
        "list": reverse("rounds-tickets", args=[row.pk]),
        "file": reverse("rounds-draw", args=[row.pk]),
        "completed": reverse("rounds-completed", args=[row.pk])
        if draw.held_at and at_the_end(announced_for(row))
        else "",
    }


def _scheme_url(row: Round) -> str:
    scheme = row.version.scheme
    return reverse("schemes-one", args=[scheme]) if scheme in known.library().places else ""
