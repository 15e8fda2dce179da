"""How an act on evidence is refused: the sentences for who asked. Why a file's content is refused stands in faults.py."""

from doorleren.core.texts import Texts

NOT_ASKED: Texts = {
    "nl": "Dit bewijsstuk hoort niet bij deze regeling.",
    "en": "This piece of evidence does not belong to this scheme.",
}
LATER: Texts = {
    "nl": "Dit bewijsstuk geeft u later. Nu hoeft het nog niet.",
    "en": "You give this piece of evidence later. It is not needed now.",
}
NO_FILE: Texts = {
    "nl": "Hiervoor is geen bestand nodig.",
    "en": "No file is needed for this.",
}
ENOUGH: Texts = {
    "nl": "U hebt al heel veel bestanden gegeven. Haal eerst een bestand weg.",
    "en": "You have given a great many files already. Take a file away first.",
}
GONE: Texts = {
    "nl": "Dit bestand is al weggehaald of afgekeurd.",
    "en": "This file has already been taken away or rejected.",
}
DECIDED_ON: Texts = {
    "nl": "Over dit bestand is al beslist. Het hoort bij het besluit en blijft bewaard.",
    "en": "This file has been decided on. It belongs to the decision and is kept.",
}
TOO_MUCH: Texts = {
    "nl": "Er kwam meer binnen dan het bestand groot is. Stuur het bestand opnieuw.",
    "en": "More came in than the size of the file. Send the file again.",
}
DOES_NOT_OPEN: Texts = {
    "nl": "Dit bestand is bij ons beschadigd geraakt. Wij laten het niet zien. Stuur het opnieuw.",
    "en": "This file was damaged with us. We do not show it. Send it again.",
}
NOT_READY: Texts = {
    "nl": "Dit bestand kunt u nu niet openen: het is niet compleet, nog niet gecontroleerd, of weggehaald.",
    "en": "You cannot open this file now: it is not complete, not checked yet, or it was taken away.",
}
"""Said of what is not served."""
