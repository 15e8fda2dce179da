"""A scheme in full, as its file says it: plain dictionaries for JSON, texts in both languages, values exact as text."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from doorleren.core.days import Asked
from doorleren.core.money import euros
from doorleren.finder.contract import round_as_dict
from doorleren.rules.files import ENGINE
from doorleren.rules.rounds import state_of
from doorleren.rules.versions import (
    Amount,
    Condition,
    Conflict,
    DatedValue,
    Evidence,
    Once,
    ParameterHistory,
    Round,
    Scheme,
    Stacking,
    Track,
    Version,
)  # fmt: skip


def in_full(scheme: Scheme, version: Version, asked: Asked) -> dict[str, Any]:
    """Write one version of a scheme, with the state of its rounds at the time asked and the list of all versions."""
    conditions = version.conditions()
    return {
        "scheme": scheme.id,
        "version": version.version,
        "name": dict(version.name),
        "summary": dict(version.summary) or None,
        "on": str(asked),
        **force(version, asked),
        "published_on": version.published_on.isoformat(),
        "kind": version.kind or version.procedure,
        "procedure": version.procedure,
        "pillar": version.pillar,
        "body": dict(version.body),
        "framework": version.framework or None,
        "apply": dict(version.apply) or None,
        "instruments": list(version.instruments),
        "conditions": [_condition(one, version) for one in conditions],
        "computable": sum(one.when is not None for one in conditions),
        "parameters": [_parameter(one) for one in version.parameters.values()],
        "tracks": [_track(one) for one in version.tracks],
        "rounds": [_round(one, version, asked) for one in version.rounds],
        "evidence": [_evidence(one) for one in version.evidence],
        "stacking": _stacking(version.stacking),
        "omissions": [{"what": str(one.get("what", "")), "why": str(one.get("why", ""))} for one in version.omissions],
        "sources": [{"id": one.id, "cite": one.cite, "weight": one.weight} for one in version.sources.values()],
        "versions": [_in_list(one, asked) for one in scheme.versions],
        "hash": version.digest,
        "engine": ENGINE,
    }


def force(version: Version, asked: Asked) -> dict[str, Any]:
    """Write for which days of filing a version holds, and whether that includes the day asked."""
    return {
        "in_force": {
            "starts_on": version.starts.isoformat(),
            "ends_on": version.ends.isoformat() if version.ends else None,
        },
        "holds": version.holds_on(asked.day),
    }


def exact(value: Fraction | date | frozenset[str], unit: str) -> str | list[str]:
    """Write a parameter's value: euros with two decimals, other numbers as a decimal or a fraction, days, sets."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    cents = value * 100
    if unit.partition("/")[0] == "euro" and cents.denominator == 1:
        return euros(cents.numerator)
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == value else str(value)


def _in_list(version: Version, asked: Asked) -> dict[str, Any]:
    return {
        "version": version.version,
        "published_on": version.published_on.isoformat(),
        **force(version, asked),
        "hash": version.digest,
    }


def _condition(condition: Condition, version: Version) -> dict[str, Any]:
    return {
        "id": condition.id,
        "text": dict(condition.text),
        "when": condition.when,
        "why": condition.why or None,
        "of": condition.of or None,
        "tracks": [track.id for track in version.tracks if condition in track.conditions],
        "source": str(condition.citation),
        "weight": condition.citation.weight,
        "note": condition.note or None,
    }


def _parameter(history: ParameterHistory) -> dict[str, Any]:
    return {
        "id": history.id,
        "name": dict(history.name) or None,
        "unit": history.unit,
        "values": [_value(one, history.unit) for one in history.values],
    }


def _value(dated: DatedValue, unit: str) -> dict[str, Any]:
    return {
        "starts_on": dated.starts.isoformat(),
        "ends_on": dated.ends.isoformat() if dated.ends else None,
        "value": exact(dated.value, unit),
        "source": str(dated.citation),
        "weight": dated.citation.weight,
        "conflict": _conflict(dated.conflict, unit) if dated.conflict else None,
        "note": dated.note or None,
    }


def _conflict(conflict: Conflict, unit: str) -> dict[str, Any]:
    try:
        value = exact(Fraction(conflict.value), unit)
    except (ValueError, ZeroDivisionError):
        value = conflict.value
    return {"value": value, "source": str(conflict.citation), "weight": conflict.citation.weight}


def _track(track: Track) -> dict[str, Any]:
    return {
        "id": track.id,
        "name": dict(track.name) or None,
        "applicant": track.applicant,
        "beneficiary": track.beneficiary,
        "payee": track.payee or None,
        "reporter": track.reporter or None,
        "conditions": [one.id for one in track.conditions],
        "amount": _amount(track.amount),
        "once": None if track.once is None else _once(track.once),
    }


def _once(once: Once) -> dict[str, Any]:
    return {
        "who": once.who,
        "within": once.within,
        "times": once.times or None,
        "source": str(once.citation),
        "weight": once.citation.weight,
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {
        "kind": amount.kind,
        "per": amount.per or None,
        "granted": amount.granted,
        "most": amount.most,
        "pays_for": amount.pays_for,
        "vat": amount.vat,
        "source": str(amount.citation) if amount.citation else None,
        "weight": amount.citation.weight if amount.citation else None,
    }


def _round(opened: Round, version: Version, asked: Asked) -> dict[str, Any]:
    return round_as_dict(opened) | {
        "state": state_of(opened, version, asked),
        "announced_on": opened.announced_on.isoformat(),
        "ring_fenced": _plain(opened.ring_fenced) or None,
        "floor": exact(opened.floor, "euro") if opened.floor else None,
        "components": [
            {"text": dict(one.text), "money": exact(one.money, "euro"), "target": one.target}
            for one in opened.components
        ],
        "note": opened.note or None,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "text": dict(evidence.text) or None,
        "proves": evidence.proves or None,
        "stage": evidence.stage or None,
        "types": list(evidence.types),
        "needed_by": evidence.needed_by if evidence.with_application else None,
        "confirmed_by": evidence.confirmed_by or None,
        "completes": evidence.completes,
    }


def _stacking(rule: Stacking) -> dict[str, Any]:
    return {
        "excludes": sorted(rule.excludes),
        "only_above_cap": rule.only_above_cap,
        "per_calendar_year": rule.per_calendar_year,
        "group": rule.group,
        "group_cap": None if rule.group_cap is None else exact(rule.group_cap, "euro"),
        "de_minimis_cap": None if rule.de_minimis_cap is None else exact(rule.de_minimis_cap, "euro"),
        "source": str(rule.citation) if rule.citation else None,
        "weight": rule.citation.weight if rule.citation else None,
    }


def _plain(value: object, name: str = "") -> Any:
    """Write what a file leaves free in form; its sums of money, under the name `money`, with two decimals."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one, str(key)) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, name) for one in value]
    if name == "money" and isinstance(value, int | Decimal):
        return exact(Fraction(value), "euro")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
