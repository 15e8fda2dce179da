"""The figures that the papers print and the relations between them: the words, what comes out, and the verdict."""

from datetime import date
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.rules import figures as rules
from doorleren.rules.library import parameter_of
from doorleren.shipped import folder
from doorleren.web import known
from doorleren.web.public import words
from doorleren.web.public.choosing import Choice, contains, search_words
from doorleren.web.public.questions import language
from doorleren.web.public.values import day_in_words, money, number, written_words

PER_PAGE = 50
BADGES = {
    rules.AGREES: "get",
    rules.AGREES_ROUNDED: "get",
    rules.DERIVED: "closed-now",
    rules.CHANGED_OVER_TIME: "closed-now",
    rules.AMBIGUOUS: "maybe",
    rules.LOOSE_WORDING: "maybe",
    rules.ROUNDING_DIFFERENCE: "maybe",
    rules.SEEDS_DIFFER: "removed",
    rules.DOES_NOT_AGREE: "removed",
}


def verdicts() -> dict[str, str]:
    """Give the words for each verdict, from best to worst."""
    return {
        rules.AGREES: _("klopt"),
        rules.AGREES_ROUNDED: _("klopt, afgerond"),
        rules.DERIVED: _("zelf uitgerekend: de stukken noemen geen uitkomst"),
        rules.AMBIGUOUS: _("dubbelzinnig: de zin kan meer betekenen"),
        rules.LOOSE_WORDING: _("losse woorden: het woord past niet bij het getal"),
        rules.ROUNDING_DIFFERENCE: _("anders afgerond in twee stukken"),
        rules.CHANGED_OVER_TIME: _("veranderd in de tijd"),
        rules.SEEDS_DIFFER: _("stukken spreken elkaar tegen"),
        rules.DOES_NOT_AGREE: _("klopt niet"),
    }


def papers() -> dict[str, str]:
    """Name the five papers by their number."""
    return {
        "000": _("Antwoorden op Kamervragen, 10 februari 2021"),
        "001": _("Kamerbrief, 13 november 2020"),
        "002": _("Kamerbrief, 12 juli 2019"),
        "003": _("Antwoorden op Kamervragen, najaar 2020"),
        "004": _("Kamerbrief, 2 juli 2020"),
    }


@non_atomic_requests  # touches no database
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show the relations by verdict and the figures by paper, with what the visitor filtered by."""
    typed, choices = search_words(request.GET), _choices()
    verdict, paper = (choice.chosen(request.GET) for choice in choices)
    relations = [_relation(one) for one in _findings() if not verdict or _slug(one.verdict) == verdict]
    listed = [one for one in (_figure(entry) for entry in _content()["figure"]) if not paper or one["paper"] == paper]
    shown = [one for one in relations if contains((one["no"], one["says"], one["words"], one["note"]), typed)]
    found = [one for one in listed if contains((one["no"], one["meaning"], one["source"], *one["values"]), typed)]
    pages = max(1, -(-len(found) // PER_PAGE))
    number_of_page = _page(request.GET.get("page", ""), pages)
    first = (number_of_page - 1) * PER_PAGE
    context = {
        "relations": shown,
        "relations_total": len(_findings()),
        "found": len(found),
        "first": number_of_page == 1,
        "rows": [_row(one) for one in found[first : first + PER_PAGE]],
        "columns": [{"label": _("Waarover")}, {"label": _("Zoals het er staat")}, {"label": _("Stuk")}],
        "paging": _paging(request, number_of_page, pages),
        "figures_total": len(_content()["figure"]),
        "tally": _tally(),
        "action": reverse("figures"),
        "search": {"name": "q", "value": typed, "label": _("Zoek op woorden")},
        "fields": [choice.field(request.GET) for choice in choices],
    }
    return render(request, "figures.html", context)


def _page(asked: str, pages: int) -> int:
    """Read the number of a page; what is none is the first."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 and 1 <= int(asked) <= pages else 1


def _paging(request: HttpRequest, current: int, pages: int) -> dict[str, Any] | None:
    """Describe the pages for components/pagination.html, with the filters kept; nothing for a single page."""
    if pages == 1:
        return None

    def url(number_of_page: int) -> str:
        kept = {name: request.GET[name] for name in ("q", "verdict", "paper") if request.GET.get(name)}
        return "?" + urlencode({**kept, "page": number_of_page})

    return {
        "pages": [{"number": one, "url": url(one), "current": one == current} for one in range(1, pages + 1)],
        "previous": url(current - 1) if current > 1 else None,
        "next": url(current + 1) if current < pages else None,
    }


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    return rules.read(folder("schemes") / "figures.toml")


@lru_cache(maxsize=1)
def _findings() -> tuple[rules.Finding, ...]:
    return tuple(rules.compute_content(_content(), partial(parameter_of, known.library())))


def _slug(verdict: str) -> str:
    return verdict.partition(" (")[0].lower().replace(" ", "-") + (
        "-rounded" if verdict == rules.AGREES_ROUNDED else ""
    )


def _choices() -> tuple[Choice, Choice]:
    outcomes = {_slug(verdict): label for verdict, label in verdicts().items()}
    return Choice("verdict", _("Uitkomst"), _("Alle uitkomsten"), outcomes), Choice(
        "paper", _("Stuk"), _("Alle stukken"), papers()
    )


def _tally() -> list[dict[str, Any]]:
    counted = [one.verdict for one in _findings()]
    return [
        {"label": label, "badge": BADGES[verdict], "count": counted.count(verdict), "url": f"?verdict={_slug(verdict)}"}
        for verdict, label in verdicts().items()
        if verdict in counted
    ]


def _relation(one: rules.Finding) -> dict[str, Any]:
    said = written_words().get("relation", {}).get(one.no, {})
    spoken = language()
    return {
        "no": one.no,
        "says": said.get(spoken) or one.says,
        "translated": spoken == "en" or spoken in said,
        "words": one.words,
        "outcomes": [_outcome(outcome) for outcome in one.outcomes],
        "verdict": verdicts().get(one.verdict, one.verdict),
        "badge": BADGES.get(one.verdict, ""),
        "note": one.note,
        "source": one.source,
    }


def _outcome(outcome: rules.Outcome) -> dict[str, Any]:
    against = [_shown(value, outcome.unit) for value in outcome.against]
    word = f"{outcome.word} " if outcome.word else ""
    match outcome.kind:
        case "range":
            beside = _("tussen %(low)s en %(high)s") % {"low": against[0], "high": against[1]}
        case "readings":
            beside = _("of %(others)s") % {"others": _(" of ").join(against)}
        case _:
            beside = word + ", ".join(against)
    return {
        "found": _shown(outcome.found, outcome.unit),
        "against": beside,
        "verdict": verdicts().get(outcome.verdict, outcome.verdict),
    }


def _shown(value: Fraction, unit: str) -> str:
    if unit == "date" and value.denominator == 1:
        return day_in_words(date.fromordinal(int(value)))
    if unit == "year" and value.denominator == 1 and value > 1000:
        return str(value.numerator)
    if unit == "euro":
        return money(value)
    if unit == "share":
        return f"{number(value * 100)}%"
    return number(value)


def _figure(entry: dict[str, Any]) -> dict[str, Any]:
    said = written_words().get("figure", {}).get(entry["no"], {})
    spoken = language()
    return {
        "no": entry["no"],
        "meaning": said.get(spoken) or entry["meaning"],
        "translated": spoken == "en" or spoken in said,
        "paper": entry["paper"],
        "paper_name": words.said(papers(), entry["paper"]),
        "source": entry["source"],
        "values": [_value(value) for value in entry["values"].values()],
    }


def _row(one: dict[str, Any]) -> dict[str, Any]:
    """Describe a figure for components/table.html."""
    return {
        "cells": [
            {"text": f"{one['no']}: {one['meaning']}", "lang": None if one["translated"] else "en"},
            {"text": "; ".join(one["values"]), "label": _("Zoals het er staat")},
            {"text": f"{one['paper_name']} ({one['source']})", "label": _("Stuk")},
        ]
    }


def _value(value: dict[str, Any]) -> str:
    exact = value["is"].toordinal() if isinstance(value["is"], date) else value["is"]
    unit = value["unit"]
    written = _shown(Fraction(exact), unit)
    units = {"person": _("personen"), "day": _("dagen"), "week": _("weken"), "month": _("maanden")}
    if unit == "year" and Fraction(exact) < 1000:
        units["year"] = _("jaar")
    return " ".join(filter(None, (value.get("word", ""), written, units.get(unit, ""))))
