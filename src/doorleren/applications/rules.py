"""What follows from an application's moments: its state, and which day it is judged on. Pure; nothing is stored of it."""

from datetime import date, datetime
from typing import Literal

from doorleren.core.days import day_of
from doorleren.rules.profile import Profile
from doorleren.rules.versions import Track, Version
from doorleren.rules.vocabulary import Vocabulary

State = Literal["draft", "ready", "submitted", "withdrawn"]


def state_of(*, frozen_at: datetime | None, withdrawn_at: datetime | None, ticket: bool) -> State:
    """Give the state: withdrawn goes first, then submitted (its ticket exists), ready (frozen since the last change), draft."""
    if withdrawn_at is not None:
        return "withdrawn"
    if ticket:
        return "submitted"
    return "draft" if frozen_at is None else "ready"


def filing_day(opens_at: datetime, closes_at: datetime | None, today: date, version: Version) -> date:
    """Give the day for which an application is judged: today, moved into the round, and that into the version's own days.

    Example: a round from 1 March to 30 April; asked on 10 February it is 1 March, on 5 April it is 5 April. A rehearsal
    of a scheme that has ended is judged as on the last day of its version.
    """
    first, last = day_of(opens_at), None if closes_at is None else day_of(closes_at)
    day = max(first, today, version.starts)
    return min(one for one in (day, last, version.ends) if one is not None)


def as_rehearsed(profile: Profile, day: date, today: date, vocabulary: Vocabulary) -> Profile:
    """Give what an application says as if today were the day that a rehearsal is judged on: planned days move along.

    A scheme that has ended asks that a training starts soon after filing; a training that one can choose today starts
    after today. Example: judged on 27 February 2023, asked on 22 November 2026: a start in six weeks is one in six weeks
    then. What lies behind somebody, such as a day of birth, stays.
    """
    facts, by = vocabulary.facts, day - today
    planned = {
        name: value + by for name, value in profile.items()
        if isinstance(value, date) and name in facts and facts[name].table == "training"
    }  # fmt: skip
    return profile | planned


def kind_for_pot(track: Track, apart: frozenset[str]) -> str:
    """Give the part of the ceiling that a track counts to: what is set apart for its applicant or for itself, else none."""
    return next((name for name in (track.applicant, track.id) if name in apart), "")
