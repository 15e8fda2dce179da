"""Answers in the words of the contract: plain dictionaries for JSON, the same for the command line and the API."""

import hashlib
import json
from datetime import datetime
from fractions import Fraction
from typing import Any

from doorleren.core.days import AMSTERDAM
from doorleren.core.money import euros, half_up
from doorleren.core.texts import in_language
from doorleren.finder.check import Answer, Finding, in_force_text
from doorleren.rules import tree
from doorleren.rules.changes import Change, changes
from doorleren.rules.files import ENGINE
from doorleren.rules.profile import Profile, plain
from doorleren.rules.settled import Settled, SettledCondition, SettledTrack
from doorleren.rules.verdicts import Judgement, used_facts
from doorleren.rules.versions import WEIGHTS, Condition, Round, Scheme, Track, Version
from doorleren.rules.vocabulary import Vocabulary


def answer_as_dict(answer: Answer, vocabulary: Vocabulary, language: str = "nl") -> dict[str, Any]:
    """Write an answer as `check --json` prints it."""
    return {
        "on": str(answer.asked),
        "verdicts": [verdict_as_dict(finding, answer, vocabulary, language) for finding in answer.findings],
        "next_question": answer.next_question,
    }


def verdict_as_dict(finding: Finding, answer: Answer, vocabulary: Vocabulary, language: str) -> dict[str, Any]:
    """Write one verdict; amounts are euros as text with two decimals, or None."""
    version, judgement = finding.version, finding.judgement
    shared = {
        "scheme": version.id,
        "version": version.version,
        "name": version.called(language),
        "verdict": finding.outcome,
        "track": finding.track.id if judgement else None,
        "amount": _euros(judgement.amount if judgement else None),
        "amount_max": _euros(judgement.amount_max if judgement else None),
        "round": finding.round_state,
    }
    if judgement is None:
        text = in_force_text(version, answer.asked.day, language)
        source, weight = _force_source(version)
        told = {"condition": "in_force", "holds": False, "text": text, "source": source, "weight": weight,
                "track": None, "change": [], "missing": []}  # fmt: skip
        return shared | {"reasons": [told], "provided": [], "missing": [], "amount_missing": [],
                         "apply": apply_as_dict(finding.track, version, language), "round_details": None,
                         "receipt": receipt(finding, answer, {}, vocabulary)}  # fmt: skip
    return shared | {
        "reasons": reasons(judgement, vocabulary, language),
        "provided": [_provided(condition, language) for condition in judgement.provided()],
        "missing": sorted(finding.missing),
        "amount_missing": sorted(judgement.missing_for_amount()),
        "apply": apply_as_dict(finding.track, version, language),
        "round_details": round_as_dict(finding.round) if finding.round else None,
        "receipt": receipt(finding, answer, used_facts(judgement), vocabulary),
    }


def reasons(judgement: Judgement, vocabulary: Vocabulary, language: str) -> list[dict[str, Any]]:
    """Write why: the conditions of the track that decided, or of all tracks that still may, or of all that failed."""
    presumed = set(judgement.provided())
    told: dict[int, dict[str, Any]] = {}
    for track in _deciding(judgement):
        for place in track.places:
            one = judgement.settled.conditions[place]
            if place not in told and one.condition not in presumed:
                named = None if _shared(one, judgement.settled) else track.track.id
                told[place] = _reason(one, judgement, place, named, vocabulary, language)
    return list(told.values())


def _deciding(judgement: Judgement) -> list[SettledTrack]:
    """Give the tracks that the verdict rests on, the best first."""
    if judgement.truth is True:
        return [judgement.best]
    tracks = zip(judgement.settled.tracks, judgement.tracks, strict=True)
    fitting = [track for track, truth in tracks if truth is judgement.truth]
    return sorted(fitting, key=lambda track: track is not judgement.best)


def _shared(one: SettledCondition, settled: Settled) -> bool:
    return len(settled.tracks) > 1 and all(one.condition in track.track.conditions for track in settled.tracks)


def _reason(
    one: SettledCondition, judgement: Judgement, place: int, track: str | None, vocabulary: Vocabulary, language: str
) -> dict[str, Any]:
    holds = judgement.asked(one) if isinstance(one.counted, tree.Presumed) else judgement.holds[place]
    wanted = changes(one.written, judgement.profile) if holds is False else ()
    return {
        "condition": one.condition.id,
        "holds": holds,
        "text": one.condition.says(language),
        "source": str(one.condition.citation),
        "weight": one.condition.citation.weight,
        "track": track,
        "change": [_change(change, vocabulary) for change in wanted],
        "missing": sorted(_missing(one, judgement.profile)) if holds is None else [],
    }


def _missing(one: SettledCondition, profile: Profile) -> list[str]:
    return [name for name in one.facts if name not in profile]


def _change(change: Change, vocabulary: Vocabulary) -> dict[str, Any]:
    fact, value = vocabulary.facts[change.fact], change.value
    return {"fact": change.fact, "sign": change.sign, "value": plain(fact, value) if value is not True else True}


def _provided(condition: Condition, language: str) -> dict[str, Any]:
    return {
        "condition": condition.id,
        "text": condition.says(language),
        "source": str(condition.citation),
        "weight": condition.citation.weight,
        "why": condition.why or "known to the adviser or provider",
    }


def receipt(finding: Finding, answer: Answer, used: dict[str, object], vocabulary: Vocabulary) -> dict[str, Any]:
    """Write what the answer rests on; the same receipt means the same answer, for ever.

    `versions_hash` is there for the state of the round: another version of the scheme may announce one.
    """
    content = {
        "scheme_hash": finding.version.digest,
        "versions_hash": finding.scheme.digest,
        "law_hash": answer.law_digest,
        "engine": ENGINE,
        "version": finding.version.version,
        "on": str(answer.asked),
        "facts": {name: plain(vocabulary.facts[name], value) for name, value in used.items()},
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return {"id": digest, **content}


def round_as_dict(opened: Round) -> dict[str, Any]:
    """Write a round: instants in Amsterdam time, the ceiling in euros and in number."""
    return {
        "id": opened.id,
        "opens": _instant(opened.opens),
        "closes": _instant(opened.closes),
        "ran_out_at": _instant(opened.ran_out_at),
        "ceiling_money": None if opened.ceiling_money is None else _money(opened.ceiling_money),
        "ceiling_count": opened.ceiling_count,
        "order": opened.order,
        "last": opened.last,
        "after_miss": opened.after_miss,
        "tracks": list(opened.tracks),
        "source": str(opened.citation),
        "weight": opened.citation.weight,
    }


def scheme_as_dict(scheme: Scheme, version: Version, language: str = "nl") -> dict[str, Any]:
    """Write a scheme as `schemes --json` prints it."""
    conditions = version.conditions()
    return {
        "scheme": scheme.id,
        "version": version.version,
        "name": version.called(language),
        "kind": version.kind or version.procedure,
        "pillar": version.pillar,
        "body": dict(version.body),
        "rounds": [round_as_dict(opened) for opened in version.rounds],
        "conditions": len(conditions),
        "computable": sum(condition.when is not None for condition in conditions),
    }


def apply_as_dict(track: Track, version: Version, language: str) -> dict[str, Any]:
    """Write who files, and where if the file says so."""
    return {"who": track.applicant, "where": in_language(version.apply, language) or None}


def _force_source(version: Version) -> tuple[str, str]:
    """Give the strongest source of a version, and its weight."""
    strongest = min(version.sources.values(), key=lambda source: WEIGHTS.index(source.weight), default=None)
    return (strongest.cite, strongest.weight) if strongest else ("assumption: the file names no source", "assumption")


def _euros(cents: int | None) -> str | None:
    return None if cents is None else euros(cents)


def _money(value: Fraction) -> str:
    return euros(half_up(value * 100))


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(AMSTERDAM).isoformat()
