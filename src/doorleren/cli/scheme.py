"""`doorleren scheme ID`: one scheme in words, with its sources, versions, rounds and what is left out."""

import argparse
from collections.abc import Iterator

from doorleren.cli.named import require_schemes
from doorleren.cli.surroundings import asked_on, extra_folders
from doorleren.core.days import Asked
from doorleren.core.texts import in_language
from doorleren.finder.contract import round_as_dict
from doorleren.rules.library import open_library
from doorleren.rules.once import said, times_of
from doorleren.rules.rounds import state_of
from doorleren.rules.versions import Condition, ParameterHistory, Scheme, Version


def run(options: argparse.Namespace) -> int:
    """Print the version of the day, or the nearest one with a word that it is not in force."""
    asked, library = asked_on(options.on), open_library(extra_folders())
    require_schemes(library, [options.id])
    scheme = library.scheme(options.id)
    print("\n".join(_lines(scheme, asked, options.language)))
    return 0


def _lines(scheme: Scheme, asked: Asked, language: str) -> Iterator[str]:
    version = scheme.on(asked.day)
    if version is None:
        yield f"Not in force on {asked.day}; this is the nearest version."
        version = scheme.nearest(asked.day)
    yield f"{version.called(language)} ({scheme.id})"
    yield f"version {version.version}, for filing from {version.starts} to {version.ends or 'no end named'}, published on {version.published_on}"
    yield "all versions: " + ", ".join(one.version for one in scheme.versions)
    if version.summary:
        yield in_language(version.summary, language)
    yield from _tracks(version, language)
    if version.parameters:
        yield "\nAmounts, shares and dates"
    for history in version.parameters.values():
        yield from _parameter(history)
    yield from _rounds(version, asked)
    yield from _criteria(version, language)
    yield from _rest(version)


def _tracks(version: Version, language: str) -> Iterator[str]:
    for track in version.tracks:
        name = in_language(track.name, language) or track.id
        yield f"\nTrack {track.id}: {name}; {track.applicant} files, for {track.beneficiary}, {track.payee or 'nobody'} is paid"
        for condition in track.conditions:
            yield f"  - {condition.says(language)}  [{condition.citation}, {condition.citation.weight}]{_formula(condition)}"
        amount = track.amount
        formula = f" = {amount.granted}" if amount.granted else f", at most {amount.most}" if amount.most else ""
        yield f"  amount: {amount.kind}{formula}{f' per {amount.per}' if amount.per else ''}"
        if (once := track.once) is not None:
            told = said(once.who, once.within, times_of(once, version, version.starts))
            yield f"  how often: {in_language(told, language)}  [{once.citation}, {once.citation.weight}]"


def _formula(condition: Condition) -> str:
    return f"\n      {condition.when}" if condition.when else f"\n      cannot be computed: {condition.why}"


def _parameter(history: ParameterHistory) -> Iterator[str]:
    for dated in history.values:
        shown = ", ".join(sorted(dated.value)) if isinstance(dated.value, frozenset) else str(dated.value)
        conflict = f"; {dated.conflict.citation} says {dated.conflict.value}" if dated.conflict else ""
        yield f"  {history.id} ({history.unit}) from {dated.starts}: {shown}  [{dated.citation}, {dated.citation.weight}]{conflict}"


def _rounds(version: Version, asked: Asked) -> Iterator[str]:
    if version.rounds:
        yield "\nRounds"
    for opened in version.rounds:
        told = round_as_dict(opened)
        ceiling = " and ".join(
            text
            for text in (
                told["ceiling_money"] and f"EUR {told['ceiling_money']}",
                told["ceiling_count"] and f"{told['ceiling_count']} in number",
            )
            if text
        )
        ran_out = f", ran out {told['ran_out_at']}" if told["ran_out_at"] else ""
        state = state_of(opened, version, asked) or "not announced"
        yield f"  {opened.id}: {told['opens']} to {told['closes'] or 'no end named'}, {ceiling or 'no ceiling named'}, {opened.order}{ran_out} ({state})  [{told['source']}]"


def _criteria(version: Version, language: str) -> Iterator[str]:
    if version.criteria:
        yield "\nWhat a committee scores"
    for one in version.criteria:
        threshold = "" if one.threshold is None else f", on average at least {one.threshold}"
        yield f"  {one.id}: {one.says(language)}, {one.least} to {one.most} points, weight {one.weight}{threshold}  [{one.citation}, {one.citation.weight}]"


def _rest(version: Version) -> Iterator[str]:
    if version.stacking.excludes:
        yield f"\nNever together with: {', '.join(sorted(version.stacking.excludes))}  [{version.stacking.citation}]"
    if version.omissions:
        yield "\nLeft out"
    for omission in version.omissions:
        yield f"  {omission.get('what')}: {omission.get('why')}"
    yield "\nSources"
    for source in version.sources.values():
        yield f"  {source.cite} ({source.weight})"
    yield f"\nhash {version.digest}"
