"""One version of a scheme, section by section, as its page shows it: nothing is left out that the file says."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from doorleren.core.days import Asked, day_of
from doorleren.rules.library import Library
from doorleren.rules.once import said, times_of
from doorleren.rules.rounds import state_of
from doorleren.rules.versions import Condition, DatedValue, ParameterHistory, Round, Scheme, Track, Version
from doorleren.rules.vocabulary import Vocabulary
from doorleren.web.public import words
from doorleren.web.public.packages import package_in_files
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.scheme_cards import day_within, round_badge, source, version_for
from doorleren.web.public.values import day_in_words, money, number, parameter_name, value_in_unit, why_not_computed
from doorleren.web.rounds.fallback_words import then_words


def condition_groups(version: Version) -> list[dict[str, Any]]:
    """Give the conditions of all tracks together, then those of each track by itself."""
    shared = [one for one in version.conditions() if all(one in track.conditions for track in version.tracks)]
    groups = [_group("all", _("Voor iedereen") if len(version.tracks) > 1 else "", shared)]
    for track in version.tracks:
        own = [one for one in track.conditions if one not in shared]
        groups.append(_group(track.id, track_name(track), own))
    return [group for group in groups if group["checked"] or group["unchecked"]]


def _group(name: str, title: str, conditions: Iterable[Condition]) -> dict[str, Any]:
    listed = list(conditions)
    return {
        "id": name,
        "title": title,
        "checked": [_condition(one, "rule") for one in listed if one.when is not None],
        "unchecked": [_condition(one, "provided") for one in listed if one.when is None],
    }


def _condition(condition: Condition, state: str) -> dict[str, Any]:
    why, translated = why_not_computed(condition.why) if state == "provided" else (None, True)
    return {
        "state": state,
        "text": condition.says(language()),
        "source": source(condition.citation),
        "why": why,
        "why_in_english": not translated,
    }


def track_name(track: Track) -> str:
    """Name a track."""
    return in_language(track.name) or words.in_plain(track.id)


def tracks(version: Version) -> list[dict[str, Any]]:
    """Give who does what in each track, and what it pays."""
    parties, amount_kinds = words.parties(), words.amount_kinds()
    return [
        {
            "name": track_name(track),
            "files": words.said(words.applicants(), track.applicant),
            "gets": words.said(parties, track.beneficiary),
            "paid": words.said(parties, track.payee) if track.payee else _("niemand"),
            "reports": words.said(parties, track.reporter) if track.reporter else _("niemand"),
            "amount": words.said(amount_kinds, track.amount.kind),
            "per": words.said(words.amount_units(), track.amount.per) if track.amount.per else "",
            "pays_for": words.said(words.purposes(), track.amount.pays_for),
            "vat": words.said(words.vat_words(), track.amount.vat) if track.amount.vat != "silent" else "",
            "source": source(track.amount.citation) if track.amount.citation else None,
            "once": _once(track, version),
        }
        for track in version.tracks
    ]


def _once(track: Track, version: Version) -> dict[str, Any] | None:
    """Say for whom an application counts once, with its source; None where the file is silent."""
    once = track.once
    if once is None:
        return None
    told = said(once.who, once.within, times_of(once, version, version.starts))
    return {"text": in_language(told), "source": source(once.citation)}


def formulas(version: Version) -> list[dict[str, str]]:
    """Give what the computer really computes, word for word from the file."""
    named = [{"name": one.says(language()), "formula": one.when} for one in version.conditions() if one.when]
    paid = [
        {"name": _("Bedrag: %(track)s") % {"track": track_name(track)}, "formula": formula}
        for track in version.tracks
        for formula in dict.fromkeys(filter(None, (track.amount.granted, track.amount.most)))
    ]
    return named + paid


def parameters(version: Version, asked: Asked, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Give all numbers, days and lists with their history; `now` marks the value of the day."""
    day = day_within(version, asked.day)
    return [_parameter(history, history.on(day), vocabulary) for history in version.parameters.values()]


def _parameter(history: ParameterHistory, current: DatedValue | None, vocabulary: Vocabulary) -> dict[str, Any]:
    name, translated = parameter_name(history)
    values = [
        {
            "text": value_in_unit(dated.value, history.unit, vocabulary),
            "starts": dated.starts,
            "ends": dated.ends,
            "now": dated is current,
            "source": source(dated.citation) | {"conflict": _conflict(dated, history.unit)},
            "note": dated.note,
        }
        for dated in history.values
    ]
    shown = next((value for value in values if value["now"]), values[-1])
    return {
        "name": name,
        "translated": translated,
        "shown": shown,
        "others": [one for one in values if one is not shown],
    }


def _conflict(dated: DatedValue, unit: str) -> dict[str, str] | None:
    if dated.conflict is None:
        return None
    text = dated.conflict.value
    if unit == "euro" and text.isdigit():
        text = money(int(text))
    return {"text": text, "cite": words.cited(str(dated.conflict.citation))}


def rounds(version: Version, asked: Asked) -> list[dict[str, Any]]:
    """Give the rounds of a version with their state on the day, latest first."""
    latest_first = sorted(version.rounds, key=lambda one: one.opens, reverse=True)
    return [_round(one, version, asked) for one in latest_first]


def _criteria(version: Version) -> list[str]:
    """Say what a committee gives points for, how many, and how often they count."""
    told = _("%(name)s (%(least)s tot en met %(most)s punten, telt %(weight)s keer)")
    return [
        told % {"name": one.says(language()), "least": one.least, "most": one.most, "weight": number(one.weight)}
        for one in version.criteria
    ]


def _round(opened: Round, version: Version, asked: Asked) -> dict[str, Any]:
    state = state_of(opened, version, asked)
    named = [track_name(track) for track in version.tracks if track.id in opened.tracks]
    limited = opened.ceiling_money is not None or opened.ceiling_count is not None
    first_come = opened.order in ("arrival", "random_present", "draw", "ranking", "none")
    return {
        "id": opened.id,
        "tracks": ", ".join(named) if len(named) < len(version.tracks) else "",
        "opens": moment(opened.opens),
        "closes": moment(opened.closes) if opened.closes else "",
        "badge": round_badge(state, opened, version) if state else None,
        "ceiling": ceiling(opened),
        "order": words.order_said(opened.order, by_day=opened.counts == "day"),
        "criteria": _criteria(version) if opened.order == "ranking" else [],
        "afterwards": words.after_the_ceiling(opened.last, opened.after_miss, waits=opened.waiting_list)
        if limited and first_come
        else "",
        "ran_out": moment(opened.ran_out_at) if opened.ran_out_at else "",
        "set_apart": set_apart(opened),
        "floor": money(opened.floor) if opened.floor else "",
        "components": components(opened),
        "package": package_in_files(version.id, opened.id),
        "fallback": _fallback(opened),
        "announced": opened.announced_on,
        "note": opened.note,
        "source": source(opened.citation),
    }


def _fallback(opened: Round) -> dict[str, Any] | None:
    """Say what is announced for a failed opening, with its source; None where nothing is."""
    told = opened.fallback
    if told is None:
        return None
    return {
        "text": " ".join(then_words(told, opened.order)),
        "source": source(told.citation) if told.citation else None,
    }


def moment(instant: Any) -> str:
    """Write an instant in Amsterdam; whole days lose their hours."""
    local = localtime(instant)
    if local.hour == local.minute == 0 or (local.hour, local.minute) == (23, 59):
        return day_in_words(day_of(local))
    return _("%(day)s om %(time)s uur") % {"day": day_in_words(day_of(local)), "time": date_format(local, "H:i")}


def ceiling(opened: Round) -> str:
    """Write the ceiling of a round in money and in number; empty if the sources name none."""
    parts = []
    if opened.ceiling_money is not None:
        parts.append(money(opened.ceiling_money))
    if opened.ceiling_count is not None:
        parts.append(_("%(count)s aanvragen") % {"count": number(opened.ceiling_count)})
    return _(" en ").join(parts)


def set_apart(opened: Round) -> list[str]:
    """Say for whom a part of the ceiling is set apart."""
    written: Any = opened.ring_fenced  # a table, or a list of tables
    entries = written if isinstance(written, list) else [written]
    found = []
    for entry in filter(None, entries):
        whom = words.said(words.ring_fenced_for(), str(entry.get("for", "")))
        found.append(_("%(amount)s is apart gezet voor %(whom)s.") % {"amount": _measure(entry), "whom": whom})
    return found


def _measure(entry: Any) -> str:
    if "money" in entry:
        return money(entry["money"])
    if "count" in entry:
        return _("Plaats voor %(count)s aanvragen") % {"count": number(entry["count"])}
    if "share" in entry:
        return _("%(share)s%% van de pot") % {"share": number(Fraction(entry["share"]) * 100)}
    return _("Een deel")


def components(opened: Round) -> list[dict[str, str]]:
    """Tell of what the ceiling of a round consists: what for, how much, and how many it is meant to reach."""
    return [
        {
            "text": in_language(one.text),
            "money": money(one.money),
            "target": "" if one.target is None else number(one.target),
        }
        for one in opened.components
    ]


def evidence(version: Version) -> list[dict[str, Any]]:
    """Give the documents that are asked, in the order of the steps."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in version.evidence:
        text = in_language(one.text) or words.in_plain(one.id)
        kinds = ", ".join("formulier" if kind == "form" and language() == "nl" else kind for kind in one.types)
        proves = words.said(words.proofs(), one.proves) if one.proves else ""
        needed = one.needed_by == "submission"
        confirmed = words.said(words.applicants(), one.confirmed_by) if one.confirmed_by else ""
        told = {
            "text": text,
            "types": kinds,
            "proves": proves,
            "needed": needed,
            "confirmed": confirmed,
            "completes": one.completes,
        }
        found.setdefault(one.stage, []).append(told)
    return [
        {"stage": words.said(words.stages(), stage) if stage else "", "items": items} for stage, items in found.items()
    ]


def stacking(version: Version, library: Library, asked: Asked) -> dict[str, Any]:
    """Say in words with what the scheme may not be combined, with links; and which schemes name this one."""
    rule = version.stacking
    sentences = []
    if rule.only_above_cap:
        sentences.append(_("Ander geld mag alleen voor het deel van de prijs dat boven het hoogste bedrag uitkomt."))
    if rule.per_calendar_year:
        sentences.append(_("Per kalenderjaar ten hoogste %(times)s keer.") % {"times": rule.per_calendar_year})
    if rule.group_cap is not None:
        sentences.append(
            _("Samen met de andere regelingen van de groep ten hoogste %(cap)s.") % {"cap": money(rule.group_cap)}
        )
    if rule.de_minimis_cap is not None:
        sentences.append(
            _("Het bedrag is de-minimissteun: een bedrijf krijgt daarvan ten hoogste %(cap)s in drie jaar.")
            % {"cap": money(rule.de_minimis_cap)}
        )
    named_by = [
        scheme.id
        for scheme in library.schemes.values()
        if scheme.id != version.id and version.id in version_for(scheme, asked.day).stacking.excludes
    ]
    return {
        "excludes": [link(name, library, asked) for name in sorted(rule.excludes)],
        "named_by": [link(name, library, asked) for name in named_by if name not in rule.excludes],
        "sentences": sentences,
        "source": source(rule.citation) if rule.citation else None,
    }


def link(name: str, library: Library, asked: Asked) -> dict[str, str | None]:
    """Give the name and address of a scheme; without address if it is not among ours."""
    if name not in library.places:
        return {"name": words.in_plain(name), "url": None}
    called = version_for(library.scheme(name), asked.day).called(language())
    return {"name": called, "url": reverse("schemes-one", args=[name])}


def sources(version: Version) -> list[dict[str, Any]]:
    """Give all sources of a version with how sure they are, the surest first."""
    order = list(words.weights())
    listed = sorted(
        version.sources.values(), key=lambda one: order.index(one.weight) if one.weight in order else len(order)
    )
    return [{"cite": words.cited(one.cite), "weight": words.said(words.weights(), one.weight)} for one in listed]


def history(scheme: Scheme, shown: Version, suffix: str) -> list[dict[str, Any]]:
    """Give all versions, latest first, with a link to each and to what it changed."""
    found = []
    for before, version in zip((None, *scheme.versions), scheme.versions, strict=False):
        compare = reverse("schemes-compare", args=[scheme.id])
        found.append(
            {
                "version": version.version,
                "starts": version.starts,
                "ends": version.ends,
                "published": version.published_on,
                "url": reverse("schemes-version", args=[scheme.id, version.version]) + suffix,
                "compare": f"{compare}?old={before.version}&new={version.version}" if before else None,
                "shown": version is shown,
            }
        )
    return found[::-1]
