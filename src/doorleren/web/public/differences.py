"""Two versions of a scheme held against each other: what was added, removed, changed, and what stayed the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from doorleren.core.days import Asked
from doorleren.rules.library import Library
from doorleren.rules.versions import DatedValue, ParameterHistory, Round, Track, Version
from doorleren.rules.vocabulary import Vocabulary
from doorleren.web.public import scheme_sections as sections
from doorleren.web.public import words
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.scheme_sections import track_name
from doorleren.web.public.values import day_in_words, parameter_name, value_in_unit
from doorleren.web.rounds.fallback_words import then_words


@dataclass(frozen=True)
class Entry:
    """One thing of a version: its words, and what counts too but is only shown when the words are equal."""

    what: str
    text: str
    exactly: str = ""


Entries = dict[str, Entry]


def differences(old: Version, new: Version, library: Library) -> list[dict[str, Any]]:
    """Give the sections of the comparison: title, rows that differ and rows that are the same."""
    vocabulary = library.vocabulary
    parts = (
        ("general", _("In het kort"), _general(old), _general(new)),
        ("conditions", _("Voorwaarden"), _conditions(old), _conditions(new)),
        ("parameters", _("Bedragen, termijnen en lijsten"), _parameters(old, vocabulary), _parameters(new, vocabulary)),
        ("amounts", _("Wat er wordt betaald"), _amounts(old), _amounts(new)),
        ("rounds", _("Aanvraagperiodes"), _rounds(old), _rounds(new)),
        ("evidence", _("Bewijsstukken"), _evidence(old), _evidence(new)),
        ("stacking", _("Samen met andere regelingen"), _stacking(old, library), _stacking(new, library)),
    )
    return [_section(name, title, *both) for name, title, *both in parts]


def _section(name: str, title: str, old: Entries, new: Entries) -> dict[str, Any]:
    rows = [_row(old.get(key), new.get(key)) for key in _keys(old, new)]
    differing = [row for row in rows if row["change"] != "same"]
    return {"id": name, "title": title, "rows": differing, "same": [row for row in rows if row["change"] == "same"]}


def _keys(old: Entries, new: Entries) -> list[str]:
    return [*new, *(key for key in old if key not in new)]


def _row(old: Entry | None, new: Entry | None) -> dict[str, str | None]:
    what = (new or old).what  # type: ignore[union-attr]
    if old is None or new is None:
        return {
            "what": what,
            "old": old.text if old else None,
            "new": new.text if new else None,
            "change": "removed" if new is None else "added",
        }
    if old == new or (old.text, old.exactly) == (new.text, new.exactly):
        return {"what": what, "old": old.text, "new": new.text, "change": "same"}
    if old.text == new.text:
        return {
            "what": what,
            "old": f"{old.text} [{old.exactly}]",
            "new": f"{new.text} [{new.exactly}]",
            "change": "changed",
        }
    return {"what": what, "old": old.text, "new": new.text, "change": "changed"}


def _general(version: Version) -> Entries:
    told = {
        "name": (_("Naam"), in_language(version.name)),
        "summary": (_("Samenvatting"), in_language(version.summary)),
        "apply": (_("Aanvragen"), in_language(version.apply)),
        "kind": (_("Soort"), words.said(words.scheme_kinds(), version.kind)),
        "decides": (_("Wie beslist"), version.body.get("decides", "")),
        "executes": (_("Wie voert uit"), version.body.get("executes", "")),
        "pays": (_("Wie betaalt"), version.body.get("pays", "")),
        "procedure": (_("Stappen"), words.said(words.procedures(), version.procedure)),
        "framework": (_("Algemeen recht"), words.said(words.frameworks(), version.framework)),
    }
    return {key: Entry(what, text) for key, (what, text) in told.items() if text}


def _conditions(version: Version) -> Entries:
    listed = version.conditions()
    ids = [condition.id for condition in listed]
    found: Entries = {}
    for condition in listed:
        held_by = [track for track in version.tracks if condition in track.conditions]
        everywhere = len(held_by) == len(version.tracks)
        key = (
            condition.id if ids.count(condition.id) == 1 else "|".join((condition.id, *(track.id for track in held_by)))
        )
        shared = _("Voor iedereen") if len(version.tracks) > 1 else _("Voorwaarde")
        what = shared if everywhere else ", ".join(track_name(track) for track in held_by)
        found[key] = Entry(what, condition.says(language()), condition.when or condition.why)
    return found


def _parameters(version: Version, vocabulary: Vocabulary) -> Entries:
    return {
        name: Entry(parameter_name(history)[0], _values(history, version, vocabulary))
        for name, history in version.parameters.items()
    }


def _values(history: ParameterHistory, version: Version, vocabulary: Vocabulary) -> str:
    """Write the values that count within the version, with their days if there are several."""
    within = [dated for dated in history.values if _counts(dated, version)] or list(history.values)
    texts = [value_in_unit(dated.value, history.unit, vocabulary) for dated in within]
    if len(set(texts)) == 1:
        return texts[0]
    starts = (day_in_words(dated.starts) for dated in within)
    return "; ".join(
        _("%(value)s vanaf %(day)s") % {"value": text, "day": day} for text, day in zip(texts, starts, strict=True)
    )


def _counts(dated: DatedValue, version: Version) -> bool:
    begun = version.ends is None or dated.starts <= version.ends
    return begun and (dated.ends is None or dated.ends >= version.starts)


def _amounts(version: Version) -> Entries:
    told = zip(version.tracks, sections.tracks(version), strict=True)
    return {track.id: Entry(words_of["name"], _amount(words_of), _formula(track)) for track, words_of in told}


def _amount(track: Mapping[str, Any]) -> str:
    parts = (
        " ".join(filter(None, (track["amount"], track["per"]))),
        _("voor %(what)s") % {"what": ", ".join(filter(None, (track["pays_for"], track["vat"])))},
        _("aanvrager: %(who)s") % {"who": track["files"]},
        _("betaald aan: %(who)s") % {"who": track["paid"]},
        _("verantwoording door: %(who)s") % {"who": track["reports"]},
        track["once"]["text"] if track["once"] else "",
    )
    return "; ".join(filter(None, parts))


def _formula(track: Track) -> str:
    return "; ".join(filter(None, (track.amount.granted, track.amount.most)))


def _rounds(version: Version) -> Entries:
    return {one.id: Entry(_("Periode %(id)s") % {"id": one.id}, _round(one)) for one in version.rounds}


def _round(opened: Round) -> str:
    closes = sections.moment(opened.closes) if opened.closes else _("een dag die niet genoemd is")
    period = _("Van %(opens)s tot en met %(closes)s.") % {"opens": sections.moment(opened.opens), "closes": closes}
    ceiling = sections.ceiling(opened)
    return " ".join(
        filter(
            None,
            (
                period,
                _("Plafond: %(ceiling)s.") % {"ceiling": ceiling} if ceiling else "",
                words.order_said(opened.order, by_day=opened.counts == "day"),
                *sections.set_apart(opened),
                *(then_words(opened.fallback, opened.order) if opened.fallback else []),
            ),
        )
    )


def _evidence(version: Version) -> Entries:
    return {
        one.id: Entry(
            words.said(words.stages(), one.stage), in_language(one.text) or words.in_plain(one.id), ", ".join(one.types)
        )
        for one in version.evidence
    }


def _stacking(version: Version, library: Library) -> Entries:
    asked = Asked(version.starts)
    told = sections.stacking(version, library, asked)
    found = {f"sentence {place}": Entry(_("Regel"), text) for place, text in enumerate(told["sentences"])}
    return found | _excluded(told["excludes"])


def _excluded(links: Iterable[Mapping[str, str | None]]) -> Entries:
    return {str(one["name"]): Entry(_("Niet samen met"), str(one["name"])) for one in links}
