"""A training in a few words: for a card in a list, a column of a comparison, a line of an advice."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.register.entries import Entry, Run
from doorleren.register.outlets.languages import text_tag
from doorleren.web import known
from doorleren.web.portal.certificates import certificate
from doorleren.web.public.questions import language, value_label
from doorleren.web.public.scheme_cards import version_for
from doorleren.web.public.values import euros


def card(listing: Any, to_pay: Any, hit: Any = None, *, today: date | None = None) -> dict[str, Any]:
    """Describe a training: `hit` says why it was found and how far it is, where it was searched for."""
    entry, today = listing.entry, today or known.today()
    run = next_run(entry.runs, today)
    return {
        "key": listing.key,
        "title": entry.title,
        "lang": text_lang(entry),
        "provider": listing.provider.name,
        "place": place(entry, run, listing.provider.place),
        "km": distance(hit.km) if hit is not None and hit.km is not None else "",
        "start": start(entry.runs, run),
        "duration": duration(entry),
        "delivery": fact_words("training.delivery", entry.delivery),
        "level": fact_words("training.level", entry.level if entry.level != "none" else None),
        "certificate": certificate_words(entry),
        "pay": pay(to_pay),
        **paid_by(to_pay),
        "because": because(hit.because) if hit is not None else "",
    }


def text_lang(entry: Entry) -> str:
    """Give the language of the provider's own texts where it is not the one of the page; else nothing."""
    spoken = text_tag(entry)
    return "" if spoken == language() else spoken


def pay(to_pay: Any) -> dict[str, Any]:
    """Say what a training costs: what remains to pay where that is certain, else the price and the least it may become."""
    price = to_pay.price_cents if to_pay else None
    left = to_pay.to_pay_cents if to_pay else None
    if price is None:
        return {"label": _("prijs"), "value": _("niet bekend"), "note": _("De opleider noemt geen prijs.")}
    if left is None or left >= price:
        return {"label": _("prijs"), "value": euros(price), "note": ""}
    if to_pay.certain:
        return {
            "label": _("nog te betalen"),
            "value": euros(left),
            "note": _("van %(price)s") % {"price": euros(price)},
        }
    note = _("met hulp misschien nog %(left)s") % {"left": euros(left)} if left else _("met hulp misschien gratis")
    return {"label": _("prijs"), "value": euros(price), "note": note}


def paid_by(to_pay: Any) -> dict[str, str]:
    """Name the schemes behind what remains to pay: those that pay for certain, or those that may."""
    names = ", ".join(_scheme_name(one, language()) for one in to_pay.schemes) if to_pay else ""
    certain = bool(to_pay and to_pay.certain)
    return {"paid_by": names if certain else "", "may_pay": "" if certain else names}


@lru_cache(maxsize=2000)
def _scheme_name(scheme: str, spoken: str) -> str:
    """Name a scheme in the language of the page, which the key of the cache names."""
    return version_for(known.library().scheme(scheme), known.today()).called(spoken)


def next_run(runs: Iterable[Run], today: date) -> Run | None:
    """Give the run that one can still enrol in and that starts first; a run without a day comes before all."""
    open_still = [run for run in runs if run.starts_on is None or today <= (run.enrol_until or run.starts_on)]
    return min(open_still, key=lambda run: run.starts_on or date.min, default=None)


def start(runs: tuple[Run, ...], run: Run | None) -> str:
    """Say when a training starts."""
    if run is None:
        return _("geen nieuwe start bekend")
    return _first_day(run.starts_on, language()) if run.starts_on else _("wanneer u wilt")


@lru_cache(maxsize=2000)
def _first_day(starts_on: date, spoken: str) -> str:
    """Write a first day in the language of the page, which the key of the cache names: a page of results has twenty."""
    return day(starts_on)


def day(moment: date) -> str:
    """Write a day in full."""
    return date_format(moment, "j F Y")


def place(entry: Entry, run: Run | None, home: str) -> str:
    """Say where a training is given."""
    if entry.delivery == "online":
        return _("online")
    here = (run.place if run else "") or home
    others = len({one.place for one in entry.runs if one.place} - {here})
    if not others:
        return here
    return ngettext("%(place)s en nog %(n)s plaats", "%(place)s en nog %(n)s plaatsen", others) % {
        "place": here,
        "n": others,
    }


def distance(km: float) -> str:
    """Write kilometres, without a false precision."""
    return _("%(km)s km") % {"km": number_format(round(km, 1 if km < 10 else 0), decimal_pos=1 if km < 10 else 0)}


def duration(entry: Entry) -> str:
    """Say how long a training takes, and how much work it is."""
    return _duration(entry.duration_months, entry.study_hours, language())


@lru_cache(maxsize=2000)
def _duration(months: Decimal | None, hours: int | None, spoken: str) -> str:
    """Say it in the language of the page, which the key of the cache names: a page of results asks twenty times."""
    parts = []
    if months is not None:
        count = number_format(months.normalize() + Decimal(0))
        parts.append(_("1 maand") if count == "1" else _("%(count)s maanden") % {"count": count})
    if hours is not None:
        parts.append(_("%(count)s uur") % {"count": number_format(hours)})
    return ", ".join(parts)


def certificate_words(entry: Entry) -> str:
    """Name what one has afterwards."""
    explained = certificate(entry.certificate_value)
    return explained.name if explained else entry.certificate


def fact_words(name: str, value: str | None) -> str:
    """Say a value of a fact in words; empty for what is not told."""
    return value_label(known.library().vocabulary.facts[name], value) if value else ""


def because(reasons: Iterable[tuple[str, str]]) -> str:
    """Say why a training was found, in one line."""
    said = _reasons(language())
    return "; ".join(dict.fromkeys(said.get(kind, "%(word)s") % {"word": word} for kind, word in reasons))


@lru_cache(maxsize=8)
def _reasons(spoken: str) -> dict[str, str]:
    """Give the words per kind of reason in the language of the page, which the key of the cache names."""
    return {
        "title": _("in de titel: %(word)s"),
        "text": _("in de tekst: %(word)s"),
        "occupation": _("beroep: %(word)s"),
        "part": _("deel van een woord: %(word)s"),
        "place": _("plaats: %(word)s"),
        "synonym": _("ander woord: %(word)s"),
        "typo": _("andere spelling: %(word)s"),
        "alike": _("lijkt op: %(word)s"),
        "prefix": _("begint met: %(word)s"),
    }


def found_in_words(total: int) -> str:
    """Say how many trainings there are."""
    if not total:
        return _("Geen opleidingen gevonden.")
    count = number_format(total, use_l10n=True, force_grouping=True)
    return ngettext("%(count)s opleiding gevonden.", "%(count)s opleidingen gevonden.", total) % {"count": count}
