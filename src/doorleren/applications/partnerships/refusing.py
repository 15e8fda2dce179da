"""The sentences with which an act of applying together is refused; the field that one is about is in `facts`."""

from doorleren.core.texts import Texts

NO_PARTNERSHIP: Texts = {
    "nl": "In deze aanvraag doet geen samenwerkingsverband mee. Er zijn geen leden om in te vullen.",
    "en": "No partnership takes part in this application. There are no members to fill in.",
}
KVK_WRITTEN: Texts = {
    "nl": "Vul een KvK-nummer van acht cijfers in.",
    "en": "Enter a Chamber of Commerce number of eight digits.",
}
ALREADY_MEMBER: Texts = {
    "nl": "Deze organisatie staat al in de lijst.",
    "en": "This organisation is in the list already.",
}
PART_CHANGED: Texts = {
    "nl": "De aanvrager heeft dit deel intussen veranderd. Bekijk het nieuwe bedrag, en antwoord dan.",
    "en": "The applicant changed this part meanwhile. Look at the new amount, and answer then.",
}
NAME_LACKS: Texts = {
    "nl": "Wij kennen dit KvK-nummer nog niet. Vul de naam van de organisatie in, met hooguit 200 tekens.",
    "en": "We do not know this number yet. Enter the name of the organisation, in at most 200 characters.",
}
KIND_LACKS: Texts = {
    "nl": "Kies wat voor partij dit is.",
    "en": "Choose what kind of party this is.",
}
LEAD_STAYS: Texts = {
    "nl": "De penvoerder kan niet uit het samenwerkingsverband.",
    "en": "The lead partner cannot leave the partnership.",
}
TOO_MANY: Texts = {
    "nl": "Er kunnen hooguit 500 organisaties meedoen.",
    "en": "At most 500 organisations can take part.",
}
NO_COST: Texts = {
    "nl": "De kosten zijn nog niet bekend. Vul eerst de kosten in, van elk lid als er leden zijn.",
    "en": "The cost is not known yet. Fill in the cost first, of each member where there are members.",
}
ALL_MEMBERS: Texts = {
    "nl": "Vul van elk lid een aandeel in. Dat mag nul zijn.",
    "en": "Fill in a share of each member. It may be zero.",
}
NO_PART: Texts = {
    "nl": "Vul een bedrag in van nul of meer.",
    "en": "Enter an amount of zero or more.",
}
FINANCIER_KVK: Texts = {
    "nl": "Vul het KvK-nummer in van de organisatie die dit deel betaalt.",
    "en": "Enter the Chamber of Commerce number of the organisation that pays this part.",
}
NO_ORGANISATION: Texts = {
    "nl": "Bij dit deel hoort geen KvK-nummer. Alleen een werkgever, een fonds, een overheid of iemand anders heeft er een.",
    "en": "This part has no Chamber of Commerce number. Only an employer, a fund, a public body or somebody else has one.",
}
OWN_KVK: Texts = {
    "nl": "Dit is uw eigen KvK-nummer. Kies 'eigen bijdrage' en laat het KvK-nummer leeg.",
    "en": "This is your own Chamber of Commerce number. Choose 'own contribution' and leave the number empty.",
}
FINANCIER_ONCE: Texts = {
    "nl": "Deze organisatie staat er al. Zet haar hele deel op één regel.",
    "en": "This organisation is there already. Put its whole part on one line.",
}
NAME_TOO_LONG: Texts = {
    "nl": "Vul een naam in van hooguit 200 tekens.",
    "en": "Enter a name of at most 200 characters.",
}
DECIDED: Texts = {
    "nl": "Over deze aanvraag is al besloten.",
    "en": "This application has been decided on.",
}
FORWARDED: Texts = {
    "nl": "Een andere instantie behandelt deze aanvraag nu.",
    "en": "Another authority treats this application now.",
}
TASK_LACKS: Texts = {
    "nl": "Vul in wat dit lid doet, met hooguit 500 tekens.",
    "en": "Fill in what this member does, in at most 500 characters.",
}
TASK_LONG: Texts = {
    "nl": "Gebruik hooguit 500 tekens.",
    "en": "Use at most 500 characters.",
}
DOES_NOT_FIT: Texts = {
    "nl": "De verdeling van de kosten past niet meer bij de leden of bij de kosten. Verdeel de kosten opnieuw.",
    "en": "The division of the cost no longer fits the members or the cost. Divide the cost again.",
}
NOT_A_COLLEAGUE: Texts = {
    "nl": "Kies een collega die voor deze organisatie mag aanvragen.",
    "en": "Choose a colleague who may apply for this organisation.",
}
SCHEME_SAYS: Texts = {
    "nl": "De regeling bepaalt wie dit is. U kunt het niet kiezen.",
    "en": "The scheme says who this is. You cannot choose it.",
}
NOT_KNOWN_HERE: Texts = {
    "nl": "Deze organisatie is hier nog niet bekend. Laat een medewerker ervan een keer inloggen.",
    "en": "This organisation is not known here yet. Ask somebody who works there to sign in once.",
}
