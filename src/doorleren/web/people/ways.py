"""The ways to sign in that the broker offers, and what we ask of it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from doorleren.people.models import Assurance

EIDAS_LEVEL = "http://eidas.europa.eu/LoA/"
"""How a level is written in `acr_values` (OpenID Connect Core 3.1.2.1)."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: its name for the broker (`idp_hint`), its words, and the least assurance that it is for."""

    name: str
    icon: str
    title: str
    text: str
    assurance: Assurance = Assurance.SUBSTANTIAL


def ways() -> tuple[Way, ...]:
    """Give the ways of this site, in words; in the demo there is one."""
    if settings.DOORLEREN_DEMO_PROVIDER:
        return (Way("demo", "person", _("Kies een demopersoon"), _("Verzonnen mensen, voor elke rol iemand.")),)
    return (
        Way("digid", "person", _("Met DigiD"), _("Voor uzelf, met uw burgerservicenummer."), Assurance.LOW),
        Way("eherkenning", "employer", _("Met eHerkenning"), _("Voor een organisatie met een KvK-nummer.")),
        Way("eidas", "region", _("Met een Europese inlog (eIDAS)"), _("Voor wie een inlog van een ander land heeft.")),
        Way("official", "shield", _("Als medewerker"), _("Voor wie werkt bij een instantie of loket.")),
    )
