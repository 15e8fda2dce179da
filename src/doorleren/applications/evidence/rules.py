"""What a scheme asks as evidence, and how a document stands; both follow from what is written down. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from doorleren.applications.evidence.kinds import FORM, Kind, kinds_of
from doorleren.rules.versions import Evidence, Version

Standing = Literal["receiving", "waiting", "uploaded", "refused", "withdrawn"]
Lately = Literal["lacking", "receiving", "waiting", "uploaded", "refused"]

COMPLETING = "claim"
"""The stage of what is added when a registration is completed."""
ALIVE: frozenset[Standing] = frozenset({"receiving", "waiting", "uploaded"})


@dataclass(frozen=True, slots=True)
class Moment:
    """What was written down of a document: a step (models.Step), and what the scanner found with a "checked"."""

    step: str
    scan: str = ""


def standing_of(moments: Iterable[Moment]) -> Standing:
    """Give the standing of a document: withdrawn goes first, then refused; it counts once it has arrived and was checked.

    Of several checks the last counts. "failed" leaves it waiting; "absent" (there is no scanner) does not.
    """
    told = list(moments)
    steps = {one.step for one in told}
    if "withdrawn" in steps:
        return "withdrawn"
    if "refused" in steps:
        return "refused"
    if "received" not in steps:
        return "receiving"
    scans = [one.scan for one in told if one.step == "checked"]
    return "uploaded" if scans and scans[-1] in ("clean", "absent") else "waiting"


def not_scanned(moments: Iterable[Moment]) -> bool:
    """Say whether a document counts although nothing scanned it, because there is no scanner."""
    scans = [one.scan for one in moments if one.step == "checked"]
    return bool(scans) and scans[-1] == "absent"


def lately(standings: Iterable[Standing]) -> Lately:
    """Give how a piece of evidence stands by its documents: the best of them; withdrawn ones do not count."""
    found = set(standings)
    order: tuple[Lately, ...] = ("uploaded", "waiting", "receiving", "refused")
    return next((one for one in order if one in found), "lacking")


@dataclass(frozen=True, slots=True)
class Asked:
    """A piece of evidence that a scheme asks: which kinds of file may prove it, and whether it is asked already.

    `by_answers`: it is a form of the scheme, so the answers of the application are it and no file is asked.
    """

    evidence: Evidence
    kinds: tuple[Kind, ...]
    now: bool
    by_answers: bool

    @property
    def uploadable(self) -> bool:
        """Say whether a file can be given for it now."""
        return self.now and bool(self.kinds)

    @property
    def to_submit(self) -> bool:
        """Say whether it must be there before one can submit; a form of the scheme always is, by the answers."""
        return self.now and not self.by_answers and self.evidence.needed_by == "submission"


def asked_by(version: Version, track: str, reached: frozenset[str] = frozenset()) -> tuple[Asked, ...]:
    """Give the evidence that a version of a scheme asks in a track, what is asked now first, else in the order of the file.

    `reached` are the later stages to which the application came.
    """
    found = [
        Asked(
            one,
            kinds_of(one.types),
            one.with_application or one.stage in reached,
            FORM in one.types and not kinds_of(one.types),
        )
        for one in version.evidence
        if track in one.tracks
    ]
    return tuple(sorted(found, key=lambda one: not one.now))
