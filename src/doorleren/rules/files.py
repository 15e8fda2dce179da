"""Reading a scheme file: TOML in, a Version out; fragments are merged, every key and source is checked.

Raises SchemeFault that names the file, the part and what is allowed. Expressions are read later, for a day.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from doorleren.rules import round_pots
from doorleren.rules.criteria import read_criteria, read_ties
from doorleren.rules.fallback import read_fallback
from doorleren.rules.faults import SchemeFault
from doorleren.rules.frameworks import PROCEDURES
from doorleren.rules.handling import read_handling
from doorleren.rules.once import read_once
from doorleren.rules.rounds import read_waiting_list
from doorleren.rules.shape import Part
from doorleren.rules.sources import read_citation, read_sources
from doorleren.rules.versions import (
    AMOUNT_KINDS,
    CONFIRMED_BY,
    NEEDED_BY,
    ROLES,
    STAGES,
    Amount,
    Citation,
    Condition,
    Conflict,
    DatedValue,
    Evidence,
    ParameterHistory,
    Round,
    Source,
    Stacking,
    Track,
    Version,
)  # fmt: skip

ENGINE = "1"
"""Version of the meaning of scheme files; part of every hash, so that a receipt names how it was read."""

MERGED = ("parameter", "condition", "round", "evidence", "omission")
"""What a fragment may bring, besides sources."""

ORDERS = ("arrival", "random_present", "draw", "pro_rata", "ranking", "none")

Fragments = Callable[[str], Mapping[str, Any]]
"""Finds a fragment by its name."""


def read_toml(path: Path) -> dict[str, Any]:
    """Parse a TOML file with exact decimals. Raises SchemeFault with the place of the fault."""
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SchemeFault(f"{path.name}: {error}") from error


def read_version(content: dict[str, Any], where: str, fragments: Fragments) -> Version:
    """Make a Version of a parsed file. Raises SchemeFault."""
    return read_merged(merged(content, fragments, where), where)


def read_merged(content: dict[str, Any], where: str) -> Version:
    """Make a Version of a file whose fragments have been merged into it. Raises SchemeFault."""
    digest = hashlib.sha256((ENGINE + json.dumps(content, sort_keys=True, default=str)).encode()).hexdigest()
    part = Part(content, where)
    sources = read_sources(part)
    reader = _VersionReader(part, sources)
    version = reader.read(digest)
    part.finish()
    return version


def merged(content: dict[str, Any], fragments: Fragments, where: str) -> dict[str, Any]:
    """Give a parsed file with its fragments merged into it: the resolved form, over which the hash is taken."""
    whole = {key: value for key, value in content.items() if key != "use"}
    for use in _tables(content, "use", where):
        _merge(whole, use, fragments, where)
    whole["track"] = [_merged_track(track, whole, fragments, where) for track in _tables(content, "track", where)]
    return whole


def _merge(into: dict[str, Any], use: Mapping[str, Any], fragments: Fragments, where: str) -> None:
    part = Part(use, f"{where}, use")
    name, only = part.required("shared", str), part.optional("only", list, [])
    part.finish()
    fragment = fragments(name)
    known = [entry.get("id") for entry in _tables(fragment, "condition", name)]
    for wanted in only:
        if wanted not in known:
            part.refuse("only", wanted, f"conditions of {name}: " + ", ".join(map(str, known)))
    into["source"] = {**_table(fragment, "source", name), **_table(into, "source", where)}
    for key in MERGED:
        entries = [
            one for one in _tables(fragment, key, name) if key != "condition" or not only or one.get("id") in only
        ]
        if entries:
            into[key] = [*entries, *_tables(into, key, where)]


def _merged_track(track: dict[str, Any], whole: dict[str, Any], fragments: Fragments, where: str) -> dict[str, Any]:
    own = {key: value for key, value in track.items() if key != "use"}
    for use in _tables(track, "use", where):
        _merge(own, use, fragments, where)
    whole["source"] = {**_table(own, "source", where), **_table(whole, "source", where)}
    own.pop("source", None)
    for key in MERGED:
        if key != "condition" and key in own:
            whole[key] = [*_tables(whole, key, where), *_tables(own, key, where)]
            del own[key]
    return own


def _tables(content: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Part(content, where).optional(key, list, [])
    if not all(isinstance(one, dict) for one in found):
        Part(content, where).refuse(key, found, f"tables, each under [[{key}]]")
    return found


def _table(content: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    found: dict[str, Any] = Part(content, where).optional(key, dict, {})
    return found


class _VersionReader:
    """Reads the parts of one version, with its sources at hand."""

    def __init__(self, part: Part, sources: Mapping[str, Source]) -> None:
        self.part = part
        self.sources = sources

    def read(self, digest: str) -> Version:
        part = self.part
        force, procedure = part.table("in_force"), part.table("procedure")
        published = part.required("published_on", date)
        shared = tuple(self._condition(entry) for entry in part.parts("condition"))
        parameters = _by_id(part, [self._parameter(entry) for entry in part.parts("parameter")])
        tracks = tuple(self._track(entry, shared, parameters) for entry in part.parts("track"))
        if not tracks:
            part.refuse("track", "nothing", "at least one [[track]]")
        version = Version(
            id=part.required("id", str),
            version=part.required("version", str),
            published_on=published,
            starts=force.required("from", date),
            ends=force.optional("to", date),
            name=part.texts("name"),
            summary=part.texts("summary", needed=False),
            pillar=str(part.optional("pillar", (int, str), "")),
            kind=part.optional("kind", str, ""),
            body=part.optional("body", dict, {}),
            framework=part.optional("framework", str, ""),
            procedure=procedure.choice("kind", PROCEDURES, "none"),
            handling=read_handling(procedure, parameters),
            criteria=read_criteria(part, self._must_cite),
            apply=part.texts("apply", needed=False),
            instruments=tuple(part.optional("instruments", list, [])),
            sources=self.sources,
            parameters=parameters,
            tracks=tracks,
            rounds=tuple(self._round(entry, tracks, published) for entry in part.parts("round")),
            evidence=tuple(self._evidence(entry, tracks) for entry in part.parts("evidence")),
            stacking=self._stacking(part.table("stacking")),
            omissions=tuple(dict(entry) for entry in part.optional("omission", list, [])),
            digest=digest,
            path=part.where,
        )
        force.finish()
        procedure.finish()
        return version

    def _cited(self, part: Part, *, needed: bool = True) -> Citation | None:
        if not needed and part.optional("source") is None:
            return None
        return read_citation(part, self.sources)

    def _must_cite(self, part: Part) -> Citation:
        return self._cited(part)  # type: ignore[return-value]

    def _condition(self, part: Part) -> Condition:
        when, why = part.optional("when", str), part.optional("why", str, "")
        if when is None and not why:
            part.refuse("why", "nothing", "the reason why a condition without `when` cannot be computed")
        condition = Condition(
            part.required("id", str),
            part.own_texts(),
            self._cited(part),  # type: ignore[arg-type]
            when,
            why,
            part.optional("of", str, ""),
            str(part.optional("note", (str, dict), "")),
        )
        part.finish()
        return condition

    def _parameter(self, part: Part) -> ParameterHistory:
        unit = part.required("unit", str)
        part.optional("note")
        values = tuple(self._value(entry, unit) for entry in part.parts("values"))
        if not values:
            part.refuse("values", "nothing", "at least one dated value")
        history = ParameterHistory(part.required("id", str), unit, values, part.own_texts(needed=False))
        part.finish()
        return history

    def _value(self, part: Part, unit: str) -> DatedValue:
        conflict = part.table("conflict")
        value = DatedValue(
            part.required("from", date),
            part.optional("to", date),
            _exact(part, "value", unit),
            self._cited(part),  # type: ignore[arg-type]
            Conflict(str(conflict.required("value")), self._cited(conflict)) if conflict else None,  # type: ignore[arg-type]
            part.optional("note", str, ""),
        )
        conflict.optional("note")
        conflict.finish()
        part.finish()
        return value

    def _track(self, part: Part, shared: Iterable[Condition], parameters: Mapping[str, ParameterHistory]) -> Track:
        own = [self._condition(entry) for entry in part.parts("condition")]
        conditions = (*shared, *own)
        names = [condition.id for condition in conditions]
        for name in names:
            if names.count(name) > 1:
                part.refuse("condition", name, "each id once in a track")
        procedure = part.table("procedure")
        track = Track(
            id=part.required("id", str),
            name=part.texts("name", needed=False),
            applicant=part.choice("applicant", ROLES),
            beneficiary=part.required("beneficiary", str),
            payee=part.optional("payee", str, ""),
            reporter=part.optional("reporter", str, ""),
            conditions=conditions,
            amount=self._amount(part.table("amount")),
            handling=read_handling(procedure, parameters, of_track=True),
            once=read_once(part, parameters, self._must_cite),
        )
        procedure.finish()
        part.optional("summary"), part.optional("note")
        part.finish()
        return track

    def _amount(self, part: Part) -> Amount:
        kind = part.choice("kind", sorted(AMOUNT_KINDS))
        amount = Amount(
            kind,
            part.optional("per", str, ""),
            part.optional("is", str),
            part.optional("max", str),
            part.choice("pays_for", ("training", "advice", "workplace", "project", "living"), "training"),
            part.choice("vat", ("including", "excluding", "silent"), "silent"),
            self._cited(part, needed=False),
        )
        if kind in ("fixed", "share") and amount.granted is None:
            part.refuse("is", "nothing", f"the amount that is granted (kind {kind})")
        part.optional("note"), part.optional("min")
        part.finish()
        return amount

    def _round(self, part: Part, tracks: tuple[Track, ...], published: date) -> Round:
        money = part.optional("ceiling_money", (int, Decimal))
        order = part.choice("order", ORDERS, "arrival")
        opened = Round(
            id=part.required("id", str),
            tracks=_chosen(part, tracks),
            opens=part.instant("opens"),  # type: ignore[arg-type]
            closes=part.instant("closes", needed=False),
            announced_on=part.optional("announced_on", date, published),
            citation=self._cited(part),  # type: ignore[arg-type]
            ceiling_money=None if money is None else Fraction(money),
            ceiling_count=part.optional("ceiling_count", int),
            order=order,
            ties=read_ties(part, order),
            counts=round_pots.read_counts(part, order),
            paper_days=round_pots.read_paper_days(part),
            last=part.choice("last", ("whole", "partly"), "whole"),
            after_miss=part.choice("after_miss", ("stop", "continue"), "stop"),
            waiting_list=read_waiting_list(part, order),
            ran_out_at=part.instant("closed_at", needed=False),
            ring_fenced=round_pots.read_set_apart(part),
            floor=round_pots.read_floor(part, order),
            components=round_pots.read_components(part, None if money is None else Fraction(money)),
            fallback=read_fallback(part, order, self._cited),
            place_from=round_pots.read_place_from(part, order),
            note=str(part.optional("note", (str, dict), "")),
        )
        part.optional("conflict")
        part.finish()
        return opened

    def _evidence(self, part: Part, tracks: tuple[Track, ...]) -> Evidence:
        evidence = Evidence(
            part.required("id", str),
            part.own_texts(needed=False),
            part.optional("proves", str, ""),
            part.choice("stage", ("", *STAGES), ""),
            tuple(part.optional("types", list, [])),
            _chosen(part, tracks),
            self._cited(part, needed=False),
            part.choice("needed_by", NEEDED_BY, "decision"),
            _confirmed_by(part),
            part.optional("completes", bool, False),
        )
        if evidence.completes and evidence.with_application:
            part.refuse("completes", True, "false, for it is not asked after the grant")
        if evidence.needed_by == "submission" and not evidence.with_application:
            part.refuse("needed_by", evidence.needed_by, f"decision, for stage is {evidence.stage}")
        part.optional("note")
        part.finish()
        return evidence

    def _stacking(self, part: Part) -> Stacking:
        group, de_minimis = part.table("group"), part.table("de_minimis")
        group_cap = group.optional("cap", (int, Decimal))
        aid_cap = de_minimis.optional("cap", (int, Decimal))
        stacking = Stacking(
            excludes=frozenset(part.optional("excludes", list, [])),
            only_above_cap=part.optional("only_above_cap", bool, False),
            per_calendar_year=part.optional("per_calendar_year", int),
            group=group.optional("id", str),
            group_cap=None if group_cap is None else Fraction(group_cap),
            de_minimis_cap=None if aid_cap is None else Fraction(aid_cap),
            citation=self._cited(part, needed=False),
        )
        part.optional("note"), de_minimis.optional("years")
        part.finish()
        return stacking


def _chosen(part: Part, tracks: Iterable[Track]) -> tuple[str, ...]:
    """Give the tracks that a part names, all of the version where it names none."""
    known = [track.id for track in tracks]
    chosen = tuple(part.optional("tracks", list, known))
    for name in chosen:
        if name not in known:
            part.refuse("tracks", name, "tracks of this version: " + ", ".join(known))
    return chosen


def _confirmed_by(part: Part) -> str:
    """Give who may confirm a piece of evidence instead of a file; "" is nobody."""
    known = CONFIRMED_BY.get(part.content.get("id", ""), "nobody")
    named = part.choice("confirmed_by", ("training_provider", "nobody"), known)
    return "" if named == "nobody" else named


def _exact(part: Part, key: str, unit: str) -> Fraction | date | frozenset[str]:
    value = part.required(key)
    if unit == "set":
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return frozenset(value)
        part.refuse(key, value, "a list of texts")
    if unit == "date":
        if type(value) is date:
            return value
        part.refuse(key, value, "a day")
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        part.refuse(key, value, 'an exact number: 600, 0.6 or "1/3"')
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        part.refuse(key, value, 'an exact number: 600, 0.6 or "1/3"')
        raise


def _by_id(part: Part, histories: list[ParameterHistory]) -> dict[str, ParameterHistory]:
    found: dict[str, ParameterHistory] = {}
    for history in histories:
        if history.id in found:
            part.refuse("parameter", history.id, "each id once")
        found[history.id] = history
    return found
