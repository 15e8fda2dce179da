"""The way from a verdict to an application: for which schemes there is a round that was announced or is open.

Asked once per page, and never per card. A rehearsal is a way in the demo only, and only where there is no real round.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from doorleren.applications.grants import for_one_training
from doorleren.applications.queries import rounds_to_file_in, tracks_of
from doorleren.rounds.models import Round
from doorleren.schemes.queries import version_of
from doorleren.web import known
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now

WORTH_APPLYING = ("get", "maybe")
"""The groups of verdicts in which one may apply with hope."""
WORTH_REHEARSING = (*WORTH_APPLYING, "closed")
"""In a rehearsal one may too where every real round has closed."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The numbers of the rounds of a scheme, the first to open first; `rehearsal`: nobody gets money there."""

    numbers: tuple[int, ...]
    rehearsal: bool = False


def rounds() -> Mapping[str, Ways]:
    """Give, per scheme, the rounds that can be filed in now or later; in the demo the rehearsals where there is no other."""
    found: dict[bool, defaultdict[str, list[int]]] = {kind: defaultdict(list) for kind in (True, False)}
    for one in rounds_to_file_in(now()):
        if (settings.DOORLEREN_DEMO or not one.rehearsal) and tracks_of(one):
            found[one.rehearsal][version_of(one.version_id).id].append(one.pk)
    ways = [
        {scheme: Ways(tuple(numbers), rehearsal) for scheme, numbers in found[rehearsal].items()}
        for rehearsal in (True, False)
    ]
    return ways[0] | ways[1]


def with_ways(
    verdicts: Iterable[dict[str, Any]], form: str = "", activity: int | None = None,
    open_to: Mapping[str, Ways] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Add to each verdict where its application begins (`file`: url, form, rehearsal), where there is a round for it.

    `form` is the id of the form that takes the answers along; without one it is a plain link. Both name the training.
    `open_to`: what `rounds` gave, where a page asks it for more than this.
    """
    told = list(verdicts)
    open_to = rounds() if open_to is None else open_to
    for one in told:
        ways = open_to.get(one["scheme"])
        if ways is not None and one["group"] in (WORTH_REHEARSING if ways.rehearsal else WORTH_APPLYING):
            url = _address(one["scheme"], ways.numbers, activity)
            one["file"] = {"url": url, "form": form, "rehearsal": ways.rehearsal}
    return told


def rehearsals(
    activity: int, form: str, named: Collection[str], open_to: Mapping[str, Ways]
) -> list[dict[str, Any]]:  # fmt: skip
    """Give the rehearsals of the demo in which a person can apply for one activity of the register: name, file (as above).

    Only of schemes that are bound to the register; without those that are `named` on the page with a way of their own.
    """
    found = []
    for scheme, ways in open_to.items():
        if not ways.rehearsal or scheme in named:
            continue
        bound = [one for one in Round.objects.filter(pk__in=ways.numbers) if _for_a_training(one)]
        if bound:
            url = _address(scheme, tuple(one.pk for one in bound), activity)
            name = in_language(version_of(bound[0].version_id).name)
            found.append({"name": name, "file": {"url": url, "form": form, "rehearsal": True}})
    return found


def _for_a_training(round_: Round) -> bool:
    """Say whether a person files here for oneself, for a training of the register."""
    return any(for_one_training(round_, one, known.library()) for one in tracks_of(round_))


def _address(scheme: str, numbers: tuple[int, ...], activity: int | None) -> str:
    """Lead to the one round, else to the rounds of the scheme; with the training where there is one."""
    asked: dict[str, Any] = {"round": numbers[0]} if len(numbers) == 1 else {"scheme": scheme}
    return f"{reverse('applications-new')}?{urlencode(asked if activity is None else asked | {'activity': activity})}"
