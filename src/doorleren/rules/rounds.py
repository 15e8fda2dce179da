"""What is known of a round on a day or at a moment: open, planned, exhausted or closed; told apart from the verdict."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from doorleren.core.days import AMSTERDAM, Asked
from doorleren.rules.shape import Part
from doorleren.rules.versions import Round, Scheme, Track, Version

WAITING_ORDERS = ("arrival", "random_present", "draw", "none")
"""Orders of treatment in which somebody can wait for a place: not where all share, nor where a committee says who is good enough."""
BEST_FIRST = ("open", "planned", "exhausted", "closed", "none")


def state_of(opened: Round, version: Version, asked: Asked) -> str | None:
    """Give the state of a round; None if nobody knew of it yet.

    On a day without a time a round is open if it is open at any moment of that day in Amsterdam.
    """
    if opened.opens >= asked.ends:
        return "planned" if opened.announced_on <= asked.day else None
    closes = closing(opened, version)
    if closes is not None and closes <= asked.begins:
        return "closed"
    if opened.ran_out_at is not None and opened.ran_out_at <= asked.begins:
        return "exhausted"
    return "open"


def read_waiting_list(part: Part, order: str) -> bool:
    """Read whether who no longer fits waits for a place. Raises SchemeFault where there is nothing to wait for."""
    waits: bool = part.optional("waiting_list", bool, False)
    limited = "ceiling_money" in part.content or "ceiling_count" in part.content
    if waits and not (limited and order in WAITING_ORDERS):
        part.refuse(
            "waiting_list", "true", f"false, unless there is a ceiling and order is {', '.join(WAITING_ORDERS)}"
        )
    return waits


def closing(opened: Round, version: Version) -> datetime | None:
    """Give when a round closes: as written, else at the end of the version's last day."""
    if opened.closes is not None or version.ends is None:
        return opened.closes
    return datetime.combine(version.ends + timedelta(days=1), time(), AMSTERDAM)


def rounds_for(scheme: Scheme, tracks: Iterable[Track]) -> list[tuple[Round, Version]]:
    """Give the rounds of all versions that some tracks can file in, each once, by opening.

    Another version's round is for the track of the same name or, if that version has none, of the same applicant.
    """
    wanted = list(tracks)
    names, applicants = {track.id for track in wanted}, {track.applicant for track in wanted}
    found: dict[tuple[str, datetime], tuple[Round, Version]] = {}
    for version in scheme.versions:
        known = {track.id for track in version.tracks}
        for opened in version.rounds:
            kinds = {track.applicant for track in version.tracks if track.id in opened.tracks}
            fits = names & set(opened.tracks) if names & known else applicants & kinds
            if fits:
                found[opened.id, opened.opens] = (opened, version)
    return sorted(found.values(), key=lambda pair: pair[0].opens)


def best_state(rounds: Iterable[tuple[Round, Version]], asked: Asked) -> tuple[str, Round | None]:
    """Give the best state among rounds and the round that has it; of planned ones the first, of past ones the last."""
    states = [(state_of(opened, version, asked), opened) for opened, version in rounds]
    for best in BEST_FIRST:
        fitting = [opened for state, opened in states if state == best]
        if fitting:
            return best, fitting[0] if best in ("open", "planned") else fitting[-1]
    return "none", None
