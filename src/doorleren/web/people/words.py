"""What pages about people call things, in the language of the page."""

from django.utils.translation import gettext as _

from doorleren.people.models import Assurance, RoleKind
from doorleren.people.signed_in import SignInReason


def roles() -> dict[str, str]:
    """Name what somebody can be."""
    return {
        RoleKind.PARTICIPANT: _("deelnemer"),
        RoleKind.CAREER_ADVISER: _("loopbaanadviseur"),
        RoleKind.PROVIDER: _("opleider"),
        RoleKind.EMPLOYER: _("werkgever"),
        RoleKind.LEAD_PARTNER: _("penvoerder"),
        RoleKind.DESK_ADVISER: _("adviseur van een loket"),
        RoleKind.ASSESSOR: _("beoordelaar"),
        RoleKind.DECIDER: _("beslisser"),
        RoleKind.PAYMASTER: _("betaler"),
        RoleKind.AUDITOR: _("controleur"),
        RoleKind.POLICY_MAKER: _("beleidsmaker"),
        RoleKind.ADMINISTRATOR: _("beheerder"),
    }


def assurances() -> dict[str, str]:
    """Name how sure a sign-in is."""
    return {
        Assurance.LOW: _("laag"),
        Assurance.SUBSTANTIAL: _("substantieel"),
        Assurance.HIGH: _("hoog"),
    }


def sign_in_refusals() -> dict[SignInReason, str]:
    """Say why a sign-in did not succeed, and what to do."""
    return {
        "not_configured": _("Inloggen kan op deze site nog niet."),
        "cancelled": _("U hebt het inloggen afgebroken."),
        "state": _("Het inloggen duurde te lang of begon in een ander venster. Probeer het opnieuw."),
        "provider": _("De inlogdienst geeft geen antwoord. Probeer het later opnieuw."),
        "token": _("Het antwoord van de inlogdienst klopt niet. Daarom loggen wij u niet in. Probeer het opnieuw."),
        "claims": _("De inlogdienst gaf gegevens die niet kloppen. Neem contact op met de inlogdienst."),
        "another": _("Deze inlog hoort niet bij het burgerservicenummer dat wij kennen. Neem contact met ons op."),
        "blocked": _("Uw toegang is geblokkeerd. Neem contact met ons op."),
        "not_renewed": _("De inlogdienst heeft u niet opnieuw laten inloggen. Probeer het opnieuw."),
    }
