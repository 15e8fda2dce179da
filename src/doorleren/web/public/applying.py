"""The way from a verdict to an application: for which schemes there is a round that was announced or is open.

Asked once per page, and never per card.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from doorleren.applications.queries import rounds_to_file_in, tracks_of
from doorleren.schemes.queries import version_of
from doorleren.web.surroundings import now

WORTH_APPLYING = ("get", "maybe")
"""The groups of verdicts in which one may apply with hope."""


def rounds() -> Mapping[str, tuple[int, ...]]:
    """Give, per scheme, the numbers of the rounds that can be filed in now or later, the first to open first; no rehearsals."""
    found = defaultdict[str, list[int]](list)
    for one in rounds_to_file_in(now()):
        if not one.rehearsal and tracks_of(one):
            found[version_of(one.version_id).id].append(one.pk)
    return {scheme: tuple(numbers) for scheme, numbers in found.items()}


def with_ways(verdicts: Iterable[dict[str, Any]], form: str = "", activity: int | None = None) -> list[dict[str, Any]]:
    """Add to each verdict where its application begins (`file`: url, form), where there is a round for it.

    `form` is the id of the form that takes the answers along; without one it is a plain link, that names the training.
    """
    told, open_to = list(verdicts), rounds()
    for one in told:
        numbers = open_to.get(one["scheme"], ())
        if numbers and one["group"] in WORTH_APPLYING:
            one["file"] = {"url": _address(one["scheme"], numbers, None if form else activity), "form": form}
    return told


def _address(scheme: str, numbers: tuple[int, ...], activity: int | None) -> str:
    """Lead to the one round with the training, or to the rounds of the scheme."""
    one = activity is not None and len(numbers) == 1
    asked = {"round": numbers[0], "activity": activity} if one else {"scheme": scheme}
    return f"{reverse('applications-new')}?{urlencode(asked)}"
