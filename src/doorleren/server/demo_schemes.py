"""In which schemes the demo rehearses: chosen by what a version says, for each kind of applicant. Pure.

Two for each kind: one that the finder names today, and one that can run out; where there is neither, the last one. And one
for persons that is announced and not open yet, so that an application can be made ready before the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from doorleren.rules.library import Library
from doorleren.rules.versions import EXACT_KINDS, ROLES, Round, Track, Version

UNSCORED = ("arrival", "random_present", "draw", "pro_rata", "none")
"""Orders in which places are given without anybody scoring plans."""
A_DAY = "adviser.registrations_today"
"""The fact that a limit of registrations in a day looks at."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A version to rehearse, by the rules of one of its rounds.

    `crowd`: invented people apply here beforehand. `ahead`: it is announced, and officials open it.
    """

    version: Version
    like: Round
    crowd: bool = False
    ahead: bool = False


def to_show(library: Library, today: date) -> list[Shown]:
    """Choose the versions to rehearse, each once; the crowd comes to the first that persons can empty."""
    found: dict[str, Shown] = {}
    for role in ROLES:
        some = list(_of_role(library, role))
        now = [one for one in some if one.version.holds_on(today)]
        empties = [one for one in some if _runs_out(one.like)]
        for chosen in (now, empties) if now or empties else (some,):
            best = max(chosen, key=lambda one: _worth(one, role), default=None)
            if best is not None:
                found.setdefault(best.version.digest, best)
    crowded = next((one for one in found.values() if _runs_out(one.like)), None)
    told = [replace(one, crowd=one is crowded) for one in found.values()]
    still = [one for one in _of_role(library, "person") if one.version.digest not in found]
    later = max(still, key=lambda one: _worth(one, "person"), default=None)
    return [*told, replace(later, ahead=True)] if later else told


def _of_role(library: Library, role: str) -> Iterator[Shown]:
    """Give the rounds in which this kind of applicant can file and something is reserved for it."""
    for scheme in library.schemes.values():
        for version in scheme.versions:
            theirs = {one.id for one in version.tracks if one.applicant == role and _reserves(one)}
            for opened in version.rounds:
                if theirs & set(opened.tracks) and opened.order in UNSCORED:
                    yield Shown(version, opened)


def _reserves(track: Track) -> bool:
    """Say whether the file tells how much, or at most how much, a grant is; without it no money can be reserved."""
    return track.amount.granted is not None or track.amount.most is not None


def _runs_out(opened: Round) -> bool:
    return opened.order == "arrival" and opened.ceiling_money is not None


def _worth(one: Shown, role: str) -> tuple[bool, bool, bool, bool, bool, str, str]:
    """Give what makes one round a better example: an amount that follows from the answers, a limit to a day, it can run out, it is late."""
    exact = any(track.amount.kind in EXACT_KINDS for track in one.version.tracks if track.applicant == role)
    opened = one.like
    limited = opened.ceiling_money is not None
    whole = not opened.ring_fenced
    return exact, _limits_a_day(one), _runs_out(opened), limited, whole, opened.opens.isoformat(), one.version.id


def _limits_a_day(one: Shown) -> bool:
    """Say whether the file looks at how many somebody registered today."""
    return any(A_DAY in (condition.when or "") for track in one.version.tracks for condition in track.conditions)
