"""In which schemes the demo rehearses: chosen by what a version says, for each kind of applicant and of procedure. Pure.

Two for each kind of applicant: one that the finder names today, and one that can run out; where there is neither, the last
one. One for each kind of procedure that is not among them with places that are given at once; where none of its schemes has
a round, one in which anybody can ask at any time. And one for persons that is announced and not open yet, so that an application can be made ready before the
day: one that says what follows where its opening fails, if there is any.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from doorleren.applications.offers.rules import REQUESTED
from doorleren.applications.several import needed_of_several
from doorleren.core.days import AMSTERDAM
from doorleren.rules.frameworks import PROCEDURES
from doorleren.rules.library import Library
from doorleren.rules.round_pots import MEASURES
from doorleren.rules.versions import EXACT_KINDS, ROLES, Citation, Round, Track, Version

UNSCORED = ("arrival", "random_present", "draw", "pro_rata", "none")
"""Orders in which places are given without anybody scoring plans."""
TO_APPLY_FOR = tuple(one for one in PROCEDURES if one != "none")
"""Kinds of procedure in which somebody applies and a case is decided."""
A_DAY = "adviser.registrations_today"
"""The fact that a limit of registrations in a day looks at."""
ANY_TIME, ANY_TIME_WHY = "any-time", "assumption: the file names no round, so one can ask at any time"
SHARE_APART = Fraction(1, 5)
"""The invented part of the ceiling that is set apart where a file says for whom, and not how much."""


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
    for procedure in TO_APPLY_FOR:
        if not any(one.version.procedure == procedure and _places_at_once(one.like) for one in found.values()):
            found |= {one.version.digest: one for one in _of_procedure(library, procedure, today)}
    crowded = next((one for one in found.values() if _runs_out(one.like)), None)
    told = [replace(one, like=with_sizes(one.like), crowd=one is crowded) for one in found.values()]
    still = [one for one in _of_role(library, "person") if one.version.digest not in found]
    later = max(still, key=lambda one: (one.like.fallback is not None, _worth(one, "person")), default=None)
    return [*told, replace(later, ahead=True)] if later else told


def _of_role(library: Library, role: str) -> Iterator[Shown]:
    """Give the rounds in which this kind of applicant can file and something is reserved for it."""
    for scheme in library.schemes.values():
        for version in scheme.versions:
            theirs = {one.id for one in version.tracks if one.applicant == role and _reserves(one)}
            for opened in version.rounds:
                if theirs & set(opened.tracks) and opened.order in UNSCORED:
                    yield Shown(version, opened)


def _of_procedure(library: Library, procedure: str, today: date) -> list[Shown]:
    """Give the best round of a kind of procedure, if any: of what holds today before what does not, for a person before others."""
    for role in ROLES:
        some = [
            one for one in _of_role(library, role) if one.version.procedure == procedure and _places_at_once(one.like)
        ]
        some = some or list(_without_rounds(library, role, procedure))
        if some:
            return [max(some, key=lambda one: (one.version.holds_on(today), _worth(one, role)))]
    return []


def _without_rounds(library: Library, role: str, procedure: str) -> Iterator[Shown]:
    """Give the versions of a procedure that ask no round, as one in which this kind of applicant can ask at any time."""
    for scheme in library.schemes.values():
        for version in scheme.versions:
            theirs = tuple(one.id for one in version.tracks if one.applicant == role)
            if theirs and version.procedure == procedure and not version.rounds:
                yield Shown(version, _at_any_time(version, theirs))


def _at_any_time(version: Version, tracks: tuple[str, ...]) -> Round:
    """Give a round without an end, a ceiling or an order, from the day on which a version starts."""
    opens = datetime.combine(version.starts, time(), AMSTERDAM)
    return Round(ANY_TIME, tracks, opens, None, version.starts, Citation(ANY_TIME_WHY, "assumption"), order="none")


def _reserves(track: Track) -> bool:
    """Say whether money can be reserved: the file tells how much, or at most how much, a grant is, or who files asks for a sum."""
    return track.amount.granted is not None or track.amount.most is not None or REQUESTED in needed_of_several(track)


def _places_at_once(opened: Round) -> bool:
    """Say whether who applies has a place at once, so that officials can go on: no draw, division or end of a day is waited for."""
    return opened.order in ("arrival", "none") and opened.counts == "moment"


def _runs_out(opened: Round) -> bool:
    return opened.order == "arrival" and opened.ceiling_money is not None


def with_sizes(opened: Round) -> Round:
    """Give a round of which each part that is set apart has a size, so that one can see it being used."""
    given: Any = opened.ring_fenced
    parts = given if isinstance(given, list) else [given] if given else []
    sized: Any = [one if MEASURES.keys() & one.keys() else {**one, "share": SHARE_APART} for one in parts]
    return replace(opened, ring_fenced=sized) if sized else opened


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
