"""What assessments and decisions are called, in the language of the page."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from doorleren.rules.provisions import provision_of
from doorleren.rules.versions import Citation
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.scheme_cards import source
from doorleren.web.spoken import once_per_language


@once_per_language
def bases() -> dict[str, str]:
    """Say what a result rests on (decisions.rules.Basis)."""
    return {
        "computed": _("berekend uit de antwoorden"),
        "declared": _("gezegd bij het indienen; dat antwoord bewaren wij niet"),
        "stated": _("de aanvrager verklaart dit; niemand kan het berekenen"),
        "unknown": _("er ontbreekt een antwoord"),
        "hand": _("beoordeeld door een medewerker"),
        "on_record": _("volgens onze eigen besluiten; de aanvrager gaf minder op"),
    }


@once_per_language
def outcomes() -> dict[str, str]:
    """Name what an assessment came to."""
    return {"meets": _("voldoet"), "fails": _("voldoet niet"), "open": _("er staat nog iets open")}


@once_per_language
def decision_kinds() -> dict[str, str]:
    """Name the decisions."""
    return {
        "granted": _("verleend"), "partly_granted": _("gedeeltelijk verleend"), "refused": _("afgewezen"),
        "left_out": _("buiten behandeling gelaten"),
    }  # fmt: skip


def decision_named(kind: str, procedure: str) -> str:
    """Name a decision in a case of a procedure: as its act is called where that is another than of a grant."""
    texts = provision_of(procedure).acts.get(kind)
    return decision_kinds()[kind] if texts is None else in_language(texts)


@once_per_language
def badges() -> dict[bool | None, SafeString]:
    """Show whether a condition is met, for the pages that show many."""
    return {met: render_to_string("officer/holds.html", {"holds": met}) for met in (True, False, None)}


def cited(citation: Citation) -> SafeString:
    """Show where a condition comes from, for the pages that show many."""
    return _cited(language(), citation)


@lru_cache(maxsize=1024)
def _cited(_spoken: str, citation: Citation) -> SafeString:
    """Write it once per language, which is that of the page."""
    return render_to_string("components/source.html", {"source": source(citation)})
