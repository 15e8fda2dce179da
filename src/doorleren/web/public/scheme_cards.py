"""A scheme in a few words, for the list and for the head of its own page: how it stands on the day, and how far we count."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from doorleren.core.days import Asked
from doorleren.core.money import euros
from doorleren.core.texts import only_english
from doorleren.rules.library import Library
from doorleren.rules.rounds import best_state, closing, rounds_for
from doorleren.rules.verdicts import judge
from doorleren.rules.versions import Citation, Round, Scheme, Version
from doorleren.web.public import words
from doorleren.web.public.questions import in_language, language

A_MOMENT = timedelta(microseconds=1)


def standing(scheme: Scheme, day: date) -> str:
    """Say how a scheme stands on a day: "in_force", "planned" (its first version is still to come) or "ended"."""
    if scheme.on(day):
        return "in_force"
    return "planned" if day < scheme.versions[0].starts else "ended"


def version_for(scheme: Scheme, day: date) -> Version:
    """Give the version of the day, or the one to speak of when there is none."""
    return scheme.on(day) or scheme.nearest(day)


def day_within(version: Version, day: date) -> date:
    """Give the day, moved into the period of the version if it lies outside."""
    if day < version.starts:
        return version.starts
    return version.ends if version.ends and day > version.ends else day


def coverage(version: Version) -> dict[str, int]:
    """Count the conditions, and those that can be computed."""
    conditions = version.conditions()
    return {"computable": sum(one.when is not None for one in conditions), "all": len(conditions)}


def source(citation: Citation) -> dict[str, Any]:
    """Describe a source for components/source.html."""
    english = language() != "en" and only_english(citation.cite)
    return {"cite": words.cited(citation.cite), "weight": citation.weight, "english": english}


def round_badge(state: str, opened: Round | None, version: Version) -> dict[str, Any]:
    """Describe a round for components/round_badge.html; `closes` is the last moment in which one can file."""
    closes = closing(opened, version) if opened else None
    return {"state": state, "opens": opened.opens if opened else None, "closes": closes - A_MOMENT if closes else None}


def best_round(scheme: Scheme, version: Version, asked: Asked) -> dict[str, Any] | None:
    """Describe the best round of a scheme on the day; nothing for a scheme that has none at all."""
    if not any(one.rounds for one in scheme.versions):
        return None
    found = rounds_for(scheme, version.tracks)
    state, opened = best_state(found, asked)
    owner = next((of for one, of in found if one is opened), version)
    return round_badge(state, opened, owner)


def most(library: Library, version: Version, day: date) -> dict[str, Any] | None:
    """Give the most that the scheme pays to somebody of whom nothing is known; nothing where no number limits it."""
    judgement = judge(library.settled(version, day_within(version, day)), {})
    if judgement.amount_max is None:
        return None
    track = judgement.best.track
    per = track.amount.per
    return {
        "value": None,
        "max": euros(judgement.amount_max),
        "unit": words.said(words.amount_units(), per) if per else None,
        "note": in_language(track.name) or None if len(version.tracks) > 1 else None,
    }


def card(scheme: Scheme, library: Library, asked: Asked, suffix: str = "") -> dict[str, Any]:
    """Describe a scheme for components/scheme_card.html; `suffix` is added to its address."""
    version = version_for(scheme, asked.day)
    applicants = dict.fromkeys(track.applicant for track in version.tracks)
    return {
        "id": scheme.id,
        "name": version.called(language()),
        "url": reverse("schemes-one", args=[scheme.id]) + suffix,
        "summary": in_language(version.summary),
        "pillar": version.pillar,
        "kind": words.said(words.scheme_kinds(), version.kind),
        "standing": standing(scheme, asked.day),
        "round": best_round(scheme, version, asked),
        "files": ", ".join(words.said(words.applicants(), one) for one in applicants),
        "runs": version.body.get("executes") or version.body.get("decides", ""),
        "amount": most(library, version, asked.day),
        "coverage": coverage(version),
    }
