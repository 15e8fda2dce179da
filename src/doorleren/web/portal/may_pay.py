"""Schemes that may help with a training while no sum can be told: a share, a loan, a budget that others set.

The sum on the page counts exact amounts alone. These stand beside it, so that the page of a training names the same
schemes as the boxes "fundable by" of the search.
"""

from collections.abc import Collection
from typing import Any

from doorleren.core.days import Asked
from doorleren.finder.check import Finding, check
from doorleren.rules.profile import Profile
from doorleren.web import known
from doorleren.web.public.presentation import verdict


def others(mine: Profile, named: Collection[str]) -> list[dict[str, Any]]:
    """Describe the schemes in force that pay for a training and are not ruled out, without those that are `named` already.

    `mine` is what is known of the visitor and the training. Whoever may get one for certain comes first.
    """
    library, today = known.library(), known.today()
    pays = [one.version.id for one in library.in_force(today) if any(_for_training(track) for track in one.tracks)]
    judged = check(library, mine, Asked(today), [name for name in pays if name not in named])
    return [verdict(finding, library.vocabulary) for finding in judged.findings if _may_pay(finding)]


def _may_pay(finding: Finding) -> bool:
    """Whether a track that pays for training holds or may hold."""
    judgement = finding.judgement
    if judgement is None or judgement.truth is False:
        return False
    tracks = zip(judgement.settled.tracks, judgement.tracks, strict=True)
    return any(truth is not False and _for_training(track) for track, truth in tracks)


def _for_training(track: Any) -> bool:
    return bool(track.track.amount.pays_for == "training")
