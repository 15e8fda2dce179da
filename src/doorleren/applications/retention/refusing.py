"""Refusals of destruction, with their sentences."""

from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


class DestructionRefused(ActRefused):
    """Something is not to be destroyed, or not now."""


NOTHING_DUE: Texts = {
    "nl": "Er is op deze dag geen zaak die vernietigd moet worden.",
    "en": "On this day there is no case to be destroyed.",
}
WAITS: Texts = {
    "nl": "Er wacht al een lijst om vrij te geven.",
    "en": "A list is waiting to be released already.",
}
ENDED: Texts = {
    "nl": "Over deze lijst is al beslist.",
    "en": "This list has been decided on already.",
}
ANOTHER_LIST: Texts = {
    "nl": "Dit is niet de lijst die is voorgesteld. Bekijk de lijst opnieuw.",
    "en": "This is not the list that was proposed. Look at the list again.",
}
NOT_RELEASED: Texts = {
    "nl": "Deze lijst is niet vrijgegeven. Een andere beheerder moet dat eerst doen.",
    "en": "This list has not been released. Another administrator has to do that first.",
}
NOT_DUE: Texts = {
    "nl": "De bewaartermijn is nog niet voorbij, of er loopt nog iets.",
    "en": "The retention has not ended yet, or something is still running.",
}
