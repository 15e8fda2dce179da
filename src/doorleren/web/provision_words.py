"""What one's own file says of what a scheme gives: the sentences that are other for a grant, a loan, a place and support.

The words themselves come from rules/provisions.py; what stands here is whole sentences, in the language of the page.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from doorleren.rules.frameworks import LOAN, PURCHASE, SERVICE
from doorleren.rules.provisions import provision_of
from doorleren.web.public.questions import language
from doorleren.web.spoken import once_per_language


def words_of(procedure: str) -> dict[str, str]:
    """Give the words for what a procedure gives, by name, for sentences that take them (%(name)s, %(one)s ...)."""
    return provision_of(procedure).says(language())


def file_said(procedure: str) -> dict[str, str]:
    """Give the sentences of a file by what they are about; acts by their names."""
    return _of_grant() | _OTHERS.get(procedure, dict)()


@once_per_language
def _of_grant() -> dict[str, str]:
    return {
        "ended": _("Het bedrag van uw subsidie staat nu vast."),
        "settled": _("vastgesteld"),
        "next": _("Wij betalen zoals in het besluit staat en stellen later het bedrag vast."),
        "expected": _("Uiterlijk %(day)s hoort u welk bedrag vaststaat."),
        "ask": _("Vraag ons het bedrag vast te stellen"), "yes": _("Ja, stel het bedrag vast"),
        "asking": _("Bent u klaar? Dan kijken wij wat er is gedaan en stellen wij vast welk bedrag u krijgt."),
        "asked": _("Wij hebben uw verzoek ontvangen. U hoort van ons welk bedrag wij vaststellen."),
        "in_parts": _("Uw voorschot, in delen"), "gets": _("U krijgt"), "paid": _("Betaald"),
        "settlement_requested": _("U vroeg ons om het bedrag vast te stellen."),
        "settled_as_granted": _("Wij stelden het bedrag vast zoals het was toegekend."),
        "settled_lower": _("Wij stelden een lager bedrag vast."),
        "settled_at_nil": _("Wij stelden het bedrag vast op nul."),
        "advance_paid": _("Wij betaalden een voorschot."),
    }  # fmt: skip


@once_per_language
def _of_loan() -> dict[str, str]:
    return {
        "ended": _("Van uw lening staat niets meer open."),
        "settled": _("afgelost"),
        "next": _("Wij betalen de lening uit zoals in het besluit staat. Daarna betaalt u terug."),
        "expected": _("Uiterlijk %(day)s hoort u dat uw lening is afgelost."),
        "in_parts": _("Uw lening, in delen"), "gets": _("U leent"), "paid": _("Uitbetaald"),
        "settled_as_granted": _("U betaalde alles terug. Daarmee is uw lening afgelost."),
        "advance_paid": _("Wij betaalden uw lening uit, of een deel ervan."),
    }  # fmt: skip


@once_per_language
def _of_what_is_bought() -> dict[str, str]:
    """Give those of a place and of support: the money goes to who gives that."""
    return {
        "settled": _("afgerekend"),
        "expected": _("Uiterlijk %(day)s hoort u hoe wij afrekenen."),
        "ask": _("Vraag ons om af te rekenen"), "yes": _("Ja, reken af"),
        "asking": _("Bent u klaar? Dan kijken wij wat er is gedaan en hoeveel wij daarvoor betalen."),
        "asked": _("Wij hebben uw verzoek ontvangen. U hoort van ons hoe wij afrekenen."),
        "in_parts": _("Wat wij vooraf betalen, in delen"), "gets": _("Wij betalen"),
        "settlement_requested": _("U vroeg ons om af te rekenen."),
        "settled_as_granted": _("Wij rekenden af zoals was toegekend."),
        "settled_lower": _("Wij rekenden af op een lager bedrag."),
        "settled_at_nil": _("Wij rekenden af op nul."),
        "advance_paid": _("Wij betaalden een deel vooraf."),
    }  # fmt: skip


@once_per_language
def _of_place() -> dict[str, str]:
    return _of_what_is_bought() | {
        "ended": _("Wij hebben afgerekend met wie u de plek gaf."),
        "next": _("Wij betalen wie u de plek geeft. Later rekenen wij af."),
    }


@once_per_language
def _of_support() -> dict[str, str]:
    return _of_what_is_bought() | {
        "ended": _("Wij hebben afgerekend met wie u ondersteunde."),
        "next": _("Wij betalen wie u ondersteunt. Later rekenen wij af."),
    }


_OTHERS: Mapping[str, Callable[[], dict[str, str]]] = {LOAN: _of_loan, PURCHASE: _of_place, SERVICE: _of_support}
ACTS = ("settlement_requested", "settled_as_granted", "settled_lower", "settled_at_nil", "advance_paid")
"""The acts of which one's own file says another sentence by what was given."""


def acts_said(procedure: str) -> dict[str, str]:
    """Give the sentences of acts that differ by what was given."""
    said = file_said(procedure)
    return {one: said[one] for one in ACTS} | {"revoked": _("Wij trokken uw %(name)s in.") % words_of(procedure)}
