"""What the site destroys by rule alone, for officials who see the end of retention: how much is ahead, and how much went."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.applications.retention.by_rule import MONTHS_BACK, Counted, Rule, ahead, gone
from doorleren.applications.retention.lists import VIEW
from doorleren.cases.frameworks import law_of_terms
from doorleren.core.days import add_months
from doorleren.core.term_steps import written
from doorleren.payments.retention import BY_RULE
from doorleren.people.personal_content import personal_content
from doorleren.web.officer.asked import table, written_day
from doorleren.web.officer.official import Official, official, page
from doorleren.web.public.privacy import row_shown
from doorleren.web.public.questions import language

SHOWN = 500
"""Lines of a table at most; the sums before it count all."""


@page
@require_safe
def by_rule(request: HttpRequest) -> HttpResponse:
    """Show how much goes by rule alone on each of the coming days, how much went in the past months, and on which ground."""
    asking = official(request, VIEW)
    soon, past = ahead(BY_RULE, asking.today), gone(BY_RULE, add_months(asking.today, -MONTHS_BACK), asking.today)
    return render(request, "officer/retention_by_rule.html", {
        "ahead": _shown("ahead", soon, _rows_ahead(soon[:SHOWN])),
        "gone": _shown("gone", past, _rows_gone(past[:SHOWN], asking)),
        "rules": [_ruled(one) for one in BY_RULE],
        "trail": [{"url": reverse("officer-retention"), "label": _("Vernietigen")}, {"label": _("Wat vanzelf gaat")}],
    })  # fmt: skip


def _shown(name: str, found: Sequence[Counted], rows: list[list[str | dict[str, Any]]]) -> dict[str, Any]:
    columns, captions = (
        [_("Dag"), _("Wat"), _("Aantal")],
        {"ahead": _("Wat er gaat, per dag"), "gone": _("Wat er ging, per dag")},
    )
    return {
        "table": table(name, captions[name], [*columns, _("Handelingen")] if name == "gone" else columns, rows),
        "sums": _sums(found),
        "any": bool(found),
        "more": len(found) > SHOWN,
    }


def _sums(found: Sequence[Counted]) -> list[dict[str, str]]:
    words = _words()
    sums = {rule.kind: sum(one.count for one in found if one.kind == rule.kind) for rule in BY_RULE}
    return [{"what": words[kind], "count": str(count)} for kind, count in sums.items() if count]


def _rows_ahead(found: Sequence[Counted]) -> list[list[str | dict[str, Any]]]:
    return [[written_day(one.on), _words()[one.kind], str(one.count)] for one in found]


def _rows_gone(found: Sequence[Counted], asking: Official) -> list[list[str | dict[str, Any]]]:
    """Write what went; who may look through the record gets the way to its acts."""
    acts = {one.kind: one.act for one in BY_RULE}
    links, words = asking.has_role_for("view_acts"), _words()
    return [
        [written_day(one.on), words[one.kind], str(one.count),
         {"text": _acts_of(one), "url": _address(acts[one.kind], one.kind, one.on) if links else ""}]
        for one in found
    ]  # fmt: skip


def _acts_of(one: Counted) -> str:
    if one.first_act == one.last_act:
        return _("handeling %(act)s") % {"act": one.first_act}
    return _("tussen %(first)s en %(last)s") % {"first": one.first_act, "last": one.last_act}


def _address(act: str, kind: str, on: date) -> str:
    asked = {"about": kind, "act": act, "from": on.isoformat(), "until": on.isoformat()}
    return f"{reverse('officer-acts')}?{urlencode(asked)}"


def _ruled(rule: Rule) -> dict[str, str]:
    """Say of a kind how long it is kept, where that stands, and on which ground it was kept."""
    length = law_of_terms().kinds[rule.term].length
    content = next(one for one in personal_content().rows if one.id == rule.content)
    return {
        "what": _words()[rule.kind],
        "since": _since()[rule.kind] % {"length": written(length, language())},
        "source": length.source,
        "ground": row_shown(content)["ground"],
    }


def _words() -> dict[str, str]:
    return {
        "application": _("aanvragen waarover niemand beslist"),
        "bundle": _("bundels met geweigerde rijen"),
        "person": _("accounts die niemand meer nodig heeft"),
        "payee_account": _("rekeningen van ontvangers"),
        "payment_file": _("betaalbestanden"),
        "bank_entry": _("redenen bij regels van de bank"),
    }


def _since() -> dict[str, str]:
    """Say from when each term runs, as the queries of the rules have it."""
    draft = _("%(length)s nadat het tijdvak is gesloten, of na het laatste antwoord of de intrekking als die later is.")
    return {
        "application": draft,
        "bundle": _("%(length)s nadat het tijdvak is gesloten."),
        "person": _("%(length)s na de laatste keer inloggen, en niet zolang er een dossier, rol of machtiging is."),
        "payee_account": _(
            "%(length)s na de laatste betaling of wijziging, en niet zolang wij een zaak of aanvraag van de ontvanger bewaren."
        ),
        "payment_file": _("%(length)s nadat het is gemaakt."),
        "bank_entry": _("%(length)s nadat de regel is afgehandeld."),
    }
