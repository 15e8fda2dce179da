"""What we keep of people, why and how long: the table of personal content (law/personal-content.toml) in plain words."""

from datetime import date
from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.cases.frameworks import frameworks, law_of_terms
from doorleren.core.term_steps import Length, written
from doorleren.people.personal_content import Kept, Row, personal_content
from doorleren.rules.handling import retentions
from doorleren.web.known import library
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import day_in_words

BACKUP = "retention-backup"


@non_atomic_requests  # touches no database
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show each kind of personal content, and the terms of the frameworks of schemes and those of schemes themselves."""
    return render(request, "privacy.html", {
        "rows": [row_shown(one) for one in personal_content().rows],
        "frameworks": [
            {
                "name": in_language(one.name),
                "term": _length(one.retention),
                "source": one.retention_source,
            }
            for one in frameworks().values()
        ],
        "schemes": _of_schemes(),
        "draft": _length("retention-draft"),
        "account": _length("retention-account"),
        "backup": {"term": _length(BACKUP), "source": law_of_terms().kinds[BACKUP].length.source},
    })  # fmt: skip


def row_shown(row: Row) -> dict[str, Any]:
    """Say of a kind of content what it is, why and on which ground it is kept, how long, and what happens then."""
    return {
        "id": row.id,
        "what": in_language(row.texts),
        "why": in_language(row.purpose),
        "ground": in_language(row.ground),
        "long": _long(row.kept),
        "source": row.kept.source,
        "then": _then()[row.scrub],
    }


def _of_schemes() -> list[dict[str, str]]:
    """Give the terms that schemes set themselves, each value of each version once."""
    found: dict[tuple[str, date, Length], dict[str, str]] = {}
    for scheme in library().schemes.values():
        for version in scheme.versions:
            for value, length in retentions(version):
                found[scheme.id, value.starts, length] = {
                    "name": in_language(version.name),
                    "since": day_in_words(value.starts),
                    "term": written(length, language()),
                    "source": length.source,
                }
    return list(found.values())


def _long(kept: Kept) -> str:
    words = in_language(kept.texts)
    return f"{words}: {_length(kept.term)}" if kept.term else words


def _length(term: str) -> str:
    return written(law_of_terms().kinds[term].length, language())


def _then() -> dict[str, str]:
    return {
        "delete_row": _("Daarna wissen wij het."),
        "empty": _("Daarna maken wij het leeg."),
        "destroy_key": _("Daarna vernietigen wij de sleutel. Zonder de sleutel kan niemand het nog lezen."),
        "keep": _(
            "Wij wissen het niet: zonder de andere gegevens is niet te zien over wie het gaat, of het is openbaar."
        ),
    }
