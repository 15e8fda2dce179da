"""Why a file is not accepted as evidence: a code for the row, and the sentence for who gave it. Pure."""

from collections.abc import Mapping

from doorleren.core.texts import Texts

LARGEST = 20_000_000
"""Bytes of one document."""


class NotAccepted(ValueError):
    """A file is refused for its content; `reason` is a key of `REASONS`."""

    def __init__(self, reason: str) -> None:
        """Keep the code; one that has no sentence is a mistake of ours."""
        super().__init__(REASONS[reason]["en"])
        self.reason = reason


REASONS: Mapping[str, Texts] = {
    "empty": {"nl": "Het bestand is leeg.", "en": "The file is empty."},
    "too_large": {
        "nl": f"Het bestand is te groot. Het mag hoogstens {LARGEST // 1_000_000} MB zijn.",
        "en": f"The file is too large. At most {LARGEST // 1_000_000} MB is allowed.",
    },
    "unknown_kind": {
        "nl": "Wij herkennen dit soort bestand niet. De naam van een bestand telt niet, alleen de inhoud.",
        "en": "We do not recognise this kind of file. The name of a file does not count, only its content.",
    },
    "other_kind": {
        "nl": "Dit is een ander soort bestand dan voor dit bewijsstuk mag.",
        "en": "This is another kind of file than this piece of evidence allows.",
    },
    "damaged": {
        "nl": "Het bestand is beschadigd of niet compleet. Open het zelf, bewaar het opnieuw en probeer het nog een keer.",
        "en": "The file is damaged or not complete. Open it yourself, save it anew and try again.",
    },
    "encrypted": {
        "nl": "Het bestand heeft een wachtwoord. Haal het wachtwoord eraf en probeer het nog een keer.",
        "en": "The file has a password. Take the password away and try again.",
    },
    "old_office": {
        "nl": "Dit is een oud Office-bestand (.doc, .xls, .ppt). Bewaar het als PDF en probeer het nog een keer.",
        "en": "This is an old Office file (.doc, .xls, .ppt). Save it as PDF and try again.",
    },
    "macros": {
        "nl": "In het bestand staan macro's of andere programma's. Bewaar het als PDF en probeer het nog een keer.",
        "en": "The file holds macros or other programs. Save it as PDF and try again.",
    },
    "bomb": {
        "nl": "Het bestand wordt bij het openen veel te groot. Bewaar het als PDF en probeer het nog een keer.",
        "en": "The file becomes far too large when it is opened. Save it as PDF and try again.",
    },
    "two_in_one": {
        "nl": "In het bestand zit nog een ander bestand verstopt. Bewaar het opnieuw als PDF en probeer het nog een keer.",
        "en": "Another file is hidden in this file. Save it anew as PDF and try again.",
    },
    "not_the_same": {
        "nl": "Wat wij ontvingen is niet het bestand dat u koos. Stuur het opnieuw.",
        "en": "What we received is not the file that you chose. Send it again.",
    },
    "infected": {
        "nl": "De virusscanner heeft dit bestand afgekeurd. Wij hebben het vernietigd.",
        "en": "The virus scanner rejected this file. We have destroyed it.",
    },
}
