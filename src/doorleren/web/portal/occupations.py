"""From an occupation to training: what somebody can, what the other occupation asks more, and who teaches that.

Which occupations and which ticked skills stands in the address: it is a search, not an answer of the finder.
"""

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

MOST_MEANT = 6
MOST_TRAININGS = 30
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
        context |= _way(register.gap(origin.id, target.id), _ticked(request))
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


def _way(gap: Any, can: frozenset[str]) -> dict[str, Any]:
    """Lay out the gap: a skill that somebody has after all is taken off the list, and so is what teaches only that."""
    lacking = [_skill(one, one.id in can) for one in gap.lacking]
    still = {one.id: one.label for one in gap.lacking if one.id not in can}
    rows = [_training(listing, still, can) for listing in gap.listings.values()]
    useful = sorted((row for row in rows if row["teaches"]), key=lambda row: (-len(row["teaches"]), row["title"]))
    return {
        "way": True,
        "had": [one.label for one in gap.had],
        "lacking": lacking,
        "left": len(still),
        "trainings": useful[:MOST_TRAININGS],
        "more": max(0, len(useful) - MOST_TRAININGS),
        "untaught": [one.label for one in gap.untaught if one.id in still],
        "dropped": len([row for row in rows if not row["teaches"]]),
    }


def _skill(one: Any, ticked: bool) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "ticked": ticked}


def _training(listing: Any, still: dict[str, str], can: frozenset[str]) -> dict[str, Any]:
    """Describe a training by what it teaches of what lacks; it may be shorter for who can a part of it already."""
    skills = listing.entry.skills
    return card(listing, None) | {
        "url": reverse("trainings-one", args=[listing.key]),
        "teaches": [still[one] for one in skills if one in still],
        "shorter": bool(listing.entry.prior_learning_shortens and can & set(skills)),
    }
