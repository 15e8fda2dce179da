"""From an occupation to training: what somebody can, what the other occupation asks more, and who teaches that.

Which occupations and which ticked skills stands in the address: it is a search, not an answer of the finder.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.web.portal import register
from doorleren.web.portal.cards import card
from doorleren.web.portal.pages import page
from doorleren.web.public.choosing import search_words
from doorleren.web.public.questions import language

MOST_MEANT = 6
MOST_SKILLS = 200


@dataclass(frozen=True)
class Chosen:
    """One occupation as typed and as understood: which it may mean, best first, and which one was chosen."""

    field: str
    typed: str
    meant: tuple[tuple[str, str], ...]
    id: str

    @property
    def label(self) -> str:
        """Give the name of the chosen occupation; empty if nothing was understood."""
        return dict(self.meant).get(self.id, "")

    @property
    def error(self) -> str:
        """Say that a word means no occupation that is known."""
        if not self.typed or self.meant:
            return ""
        return _(
            "Wij kennen geen beroep dat hierop lijkt: %(typed)s. Probeer een ander woord, zoals kok of lasser."
        ) % {"typed": self.typed}


@page
def occupations(request: HttpRequest) -> HttpResponse:
    """Show the way from one occupation to another."""
    origin, target = _chosen(request, "from"), _chosen(request, "to")
    context: dict[str, Any] = {
        "trail": [{"url": reverse("trainings"), "label": _("Opleidingen")}, {"url": None, "label": _("Ander beroep")}],
        "action": reverse("trainings-occupations"),
        "search_url": reverse("trainings"),
        "origin": origin,
        "target": target,
        "sides": [_side(origin, _("Wat doet u nu, of deed u?")), _side(target, _("Waar wilt u naartoe?"))],
        "errors": [{"name": one.field, "text": one.error} for one in (origin, target) if one.error],
        "same": bool(origin.id) and origin.id == target.id,
    }
    if origin.id and target.id and origin.id != target.id:
        can = _ticked(request)
        context |= _way(register.gap(origin.id, target.id, can), can, target.id)
    return render(request, "portal/occupations.html", context)


def _chosen(request: HttpRequest, field: str) -> Chosen:
    typed = search_words(request.GET, field)
    meant = tuple(register.occupations(typed)[:MOST_MEANT]) if typed else ()
    wanted = request.GET.get(f"{field}_id", "")
    return Chosen(field, typed, meant, wanted if wanted in dict(meant) else meant[0][0] if meant else "")


def _side(one: Chosen, label: str) -> dict[str, Any]:
    options = [{"value": id_, "label": words, "chosen": id_ == one.id} for id_, words in one.meant]
    return {"field": one.field, "label": label, "typed": one.typed, "error": one.error, "options": options}


def _ticked(request: HttpRequest) -> frozenset[str]:
    return frozenset(request.GET.getlist("can")[:MOST_SKILLS])


def _way(gap: Any, can: frozenset[str], target: str) -> dict[str, Any]:
    """Lay out the gap: a skill that somebody has after all is taken off the list, and so is what teaches only that."""
    still = {one.id: one for one in gap.lacking if one.id not in can}
    at_hand = can.union(one.id for one in gap.had)
    rows = [_training(listing, still, at_hand, target) for listing in gap.listings.values()]
    return {
        "way": True,
        "had": [_skill(one) for one in gap.had],
        "foreign": any(one.language != language() for one in (*gap.had, *gap.lacking)),
        "lacking": [_skill(one) | {"ticked": one.id in can} for one in gap.lacking],
        "left": len(still),
        "trainings": rows,
        "useful": gap.useful,
        "more": gap.useful - len(rows),
        "untaught": [_skill(one) for one in gap.untaught if one.id in still],
        "dropped": gap.spared,
        "whole": any(one["leads"] and not one["teaches"] for one in rows),
    }


def _skill(one: Any) -> dict[str, Any]:
    """Give a skill by name; `lang` where that is in another language than the page."""
    return {"id": one.id, "label": one.label, "lang": one.language if one.language != language() else ""}


def _training(listing: Any, still: Mapping[str, Any], at_hand: frozenset[str], target: str) -> dict[str, Any]:
    """Describe a training by what it teaches of what lacks; it may be shorter for who can a part of it already."""
    entry = listing.entry
    return card(listing, None) | {
        "url": reverse("trainings-one", args=[listing.key]),
        "teaches": [_skill(still[one]) for one in entry.skills if one in still],
        "leads": target in entry.occupations,
        "shorter": bool(entry.prior_learning_shortens and at_hand.intersection(entry.skills)),
    }
