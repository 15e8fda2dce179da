"""From an occupation to training: what somebody can, what the other occupation asks more, and who teaches that.

Which occupations and which ticked skills stands in the address: it is a search, not an answer of the finder. Answers
of the finder go along in the form, as on the other pages of the portal, for what remains to pay.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.rules.profile import Profile
from doorleren.web.portal import register
from doorleren.web.portal.cards import card
from doorleren.web.portal.carried import carried, frame
from doorleren.web.portal.pages import name_the_address, page
from doorleren.web.public.choosing import search_words
from doorleren.web.public.questions import language

MOST_MEANT = 6
MOST_SKILLS = 200
FIRST_SENTENCE = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True)
class Chosen:
    """One occupation as typed and as understood: which it may mean, best first, and which one was chosen.

    `apart` tells occupations of one name apart, by id.
    """

    field: str
    typed: str
    meant: tuple[tuple[str, str], ...]
    id: str
    apart: Mapping[str, str]

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
    """Show the way from one occupation to another; with POST for what the answers in the form lead to."""
    given, taken = request.POST if "from" in request.POST else request.GET, carried(request)
    origin, target = _chosen(given, "from"), _chosen(given, "to")
    can = _ticked(given)
    address = _address(origin, target, can)
    context: dict[str, Any] = frame(request, taken) | {
        "trail": [{"url": reverse("trainings"), "label": _("Opleidingen")}, {"url": None, "label": _("Ander beroep")}],
        "action": reverse("trainings-occupations"),
        "here_url": address,
        "search_url": reverse("trainings"),
        "hidden": taken.hidden(),
        "origin": origin,
        "target": target,
        "sides": [_side(origin, _("Wat doet u nu, of deed u?")), _side(target, _("Waar wilt u naartoe?"))],
        "errors": [{"name": one.field, "text": one.error} for one in (origin, target) if one.error],
        "same": bool(origin.id) and origin.id == target.id,
    }
    if origin.id and target.id and origin.id != target.id:
        context |= _way(register.gap(origin.id, target.id, can), can, target.id, taken.profile)
    reply = render(request, "portal/occupations.html", context)
    if request.method == "POST":
        name_the_address(request, reply, address)
    return reply


def _chosen(given: QueryDict, name: str) -> Chosen:
    typed = search_words(given, name)
    found = tuple(register.occupations(typed)) if typed else ()
    meant, apart = _told_apart(found)
    wanted, meant = given.get(f"{name}_id", ""), meant[:MOST_MEANT]
    return Chosen(name, typed, meant, wanted if wanted in dict(meant) else meant[0][0] if meant else "", apart)


def _told_apart(found: tuple[tuple[str, str], ...]) -> tuple[tuple[tuple[str, str], ...], dict[str, str]]:
    """Give the occupations, and for those of one name what each is, in one sentence; who would read the same goes."""
    times = Counter(label for _id, label in found)
    several = [id_ for id_, label in found if times[label] > 1]
    described = register.occupation_descriptions(several) if several else {}
    apart = {id_: FIRST_SENTENCE.split(described.get(id_, "").strip())[0] for id_ in several}
    first: dict[tuple[str, str], str] = {}
    for id_, label in found:
        first.setdefault((label, apart.get(id_, "")), id_)
    return tuple((id_, label) for (label, _told), id_ in first.items()), apart


def _side(one: Chosen, label: str) -> dict[str, Any]:
    options = [
        {"value": id_, "label": words, "chosen": id_ == one.id, "apart": one.apart.get(id_, "")}
        for id_, words in one.meant
    ]
    return {"field": one.field, "label": label, "typed": one.typed, "error": one.error, "options": options}


def _ticked(given: QueryDict) -> frozenset[str]:
    return frozenset(given.getlist("can")[:MOST_SKILLS])


def _address(origin: Chosen, target: Chosen, can: Iterable[str]) -> str:
    """Give the address of this page: the occupations and the skills, never an answer."""
    sides = [pair for one in (origin, target) for pair in ((one.field, one.typed), (f"{one.field}_id", one.id))]
    pairs = [pair for pair in (*sides, *(("can", skill) for skill in sorted(can))) if pair[1]]
    return reverse("trainings-occupations") + (f"?{urlencode(pairs)}" if pairs else "")


def _way(gap: Any, can: frozenset[str], target: str, profile: Profile) -> dict[str, Any]:
    """Lay out the gap: a skill that somebody has after all is taken off the list, and so is what teaches only that."""
    still = {one.id: one for one in gap.lacking if one.id not in can}
    at_hand = can.union(one.id for one in gap.had)
    to_pay = register.to_pay(gap.listings.values(), profile)
    rows = [_training(one, to_pay.get(one.key), still, at_hand, target) for one in gap.listings.values()]
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


def _training(
    listing: Any, to_pay: Any, still: Mapping[str, Any], at_hand: frozenset[str], target: str
) -> dict[str, Any]:  # fmt: skip
    """Describe a training by what it teaches of what lacks; it may be shorter for who can a part of it already."""
    entry = listing.entry
    return card(listing, to_pay) | {
        "url": reverse("trainings-one", args=[listing.key]),
        "teaches": [_skill(still[one]) for one in entry.skills if one in still],
        "leads": target in entry.occupations,
        "shorter": bool(entry.prior_learning_shortens and at_hand.intersection(entry.skills)),
    }
