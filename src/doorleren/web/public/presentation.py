"""What one finding looks like: the words and values of a card, with reasons, round and who files where."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.core.money import euros
from doorleren.finder.check import Finding, in_force_text
from doorleren.finder.interview import group_of
from doorleren.rules.changes import Change, changes
from doorleren.rules.profile import Profile
from doorleren.rules.settled import SettledCondition
from doorleren.rules.verdicts import Judgement
from doorleren.rules.versions import Condition
from doorleren.rules.vocabulary import Vocabulary
from doorleren.web.public import words
from doorleren.web.public.questions import in_language, label, language, value_in_words
from doorleren.web.public.scheme_cards import round_badge, source

STATES = {True: "met", False: "unmet", None: "unknown"}


def who_files(applicant: str, profile: Profile) -> str:
    """Say who files, to who asks: a person who asks files themselves, to others that is the participant."""
    asks = profile.get("asker.role", "person")
    return _("u zelf") if applicant == "person" == asks else words.said(words.parties(), applicant)


def verdict(finding: Finding, vocabulary: Vocabulary) -> dict[str, Any]:
    """Describe a finding for components/verdict_card.html."""
    judgement, version = finding.judgement, finding.version
    conditions = _conditions(judgement, vocabulary) if judgement else []
    computable = [one for one in conditions if one["state"] in ("met", "unmet", "unknown")]
    return {
        "group": group_of(finding),
        "scheme": version.id,
        "name": version.called(language()),
        "url": reverse("schemes-one", args=[version.id]),
        "version": date_format(version.starts, "j F Y"),
        "why": _why(finding, vocabulary),
        "amount": _amount(finding),
        "round": _round(finding),
        "apply": _apply(finding),
        "file": None,
        "conditions": conditions,
        "provided": [_provided(one) for one in judgement.provided()] if judgement else [],
        "met": sum(one["state"] == "met" for one in computable),
        "computable": len(computable),
    }


def _why(finding: Finding, vocabulary: Vocabulary) -> str:
    judgement = finding.judgement
    if judgement is None:
        return in_force_text(finding.version, finding.version.starts, language())
    if judgement.truth is False:
        failing = [
            judgement.settled.conditions[place] for place in judgement.best.places if judgement.holds[place] is False
        ]
        first = failing[0].condition.says(language())
        more = len(failing) - 1
        if more:
            return ngettext(
                "Niet vervuld: %(first)s. En nog %(more)s voorwaarde.", "Niet vervuld: %(first)s. En nog %(more)s voorwaarden.", more
            ) % {"first": first, "more": more}  # fmt: skip
        return _("Niet vervuld: %(first)s.") % {"first": first}
    if judgement.truth is None:
        missing = [label(vocabulary.facts[name]) for name in vocabulary.facts if name in finding.missing]
        return _("Nog niet bekend: %(missing)s.") % {"missing": _listed(missing)}
    return in_language(finding.version.summary) or _("U voldoet aan alle voorwaarden die wij kunnen nagaan.")


def _listed(words: list[str], most: int = 4) -> str:
    shown = ", ".join(words[:most])
    more = len(words) - most
    return shown if more <= 0 else _("%(shown)s en nog %(more)s") % {"shown": shown, "more": more}


def _amount(finding: Finding) -> dict[str, Any] | None:
    judgement = finding.judgement
    if judgement is None or judgement.truth is False:
        return None
    value, most = judgement.amount, judgement.amount_max
    note = {"loan": _("als lening"), "tax": _("als belastingvoordeel")}.get(finding.track.amount.kind)
    if value is None and most is None:
        return None
    return {
        "value": None if value is None else euros(value),
        "max": None if most is None else euros(most),
        "note": note,
    }


def _round(finding: Finding) -> dict[str, Any] | None:
    if finding.round_state == "none" and not finding.version.rounds:
        return None
    owner = next((one for one in finding.scheme.versions if finding.round in one.rounds), finding.version)
    return round_badge(finding.round_state, finding.round, owner)


def _apply(finding: Finding) -> dict[str, Any]:
    where = in_language(finding.version.apply) or None
    return {
        "who": who_files(finding.track.applicant, finding.judgement.profile if finding.judgement else {}),
        "where": where,
        "url": None,
    }


def _conditions(judgement: Judgement, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    told = set(judgement.provided())
    several = len(judgement.settled.tracks) > 1
    name = in_language(judgement.best.track.name)
    shown = [judgement.settled.conditions[place] for place in judgement.best.places]
    return [
        _condition(one, judgement, vocabulary, name if several and not _everywhere(one, judgement) else None)
        for one in shown
        if one.condition not in told
    ]


def _everywhere(one: SettledCondition, judgement: Judgement) -> bool:
    return all(one.condition in track.track.conditions for track in judgement.settled.tracks)


def _condition(
    one: SettledCondition, judgement: Judgement, vocabulary: Vocabulary, track: str | None
) -> dict[str, Any]:
    holds = judgement.asked(one)
    wanted = changes(one.written, judgement.profile) if holds is False else ()
    return {
        "state": STATES[holds],
        "text": one.condition.says(language()),
        "source": source(one.condition.citation),
        "change": change_in_words(wanted, vocabulary) or None,
        "track": track,
    }


def _provided(condition: Condition) -> dict[str, Any]:
    return {"state": "provided", "text": condition.says(language()), "source": source(condition.citation)}


def change_in_words(wanted: Iterable[Change], vocabulary: Vocabulary) -> str:
    """Say in one sentence what would make a condition hold."""
    parts = [_one_change(change, vocabulary) for change in wanted]
    return _("Dit zou wel kloppen met: %(parts)s.") % {"parts": _(" of ").join(parts)} if parts else ""


def _one_change(change: Change, vocabulary: Vocabulary) -> str:
    fact = vocabulary.facts[change.fact]
    words = {
        "at least": _("vanaf"), "at most": _("tot en met"), "is": "", "is not": _("niet"), "one of": "",
        "none of": _("niet"), "contains": _("met"), "lacks": _("zonder"), "applies": _("dat wel geldt"),
    }[change.sign]  # fmt: skip
    if change.sign == "applies":
        return f"{label(fact)} {words}"
    value = frozenset((change.value,)) if change.sign in ("contains", "lacks") else change.value
    said = value_in_words(fact, value)
    return " ".join(part for part in (label(fact) + ":", words, said) if part)
