"""The sentences with which an act on an offer or an enrolment is refused; the field that one is about is in `facts`."""

from doorleren.core.money import in_words
from doorleren.core.texts import Texts

NOT_FOUND: Texts = {
    "nl": "Wij vinden deze aanvraag niet. Kijk het kenmerk en het nummer van de opleiding na, samen met de deelnemer.",
    "en": "We do not find this application. Check the key and the number of the training, together with the participant.",
}
NOT_CONFIRMED: Texts = {
    "nl": "Deze inschrijving is niet bevestigd. Er is niets om terug te nemen.",
    "en": "This enrolment has not been confirmed. There is nothing to take back.",
}
NO_START: Texts = {
    "nl": "De eerste dag kan niet vóór vandaag liggen. Laat het veld leeg als de dag nog niet vaststaat.",
    "en": "The first day cannot lie before today. Leave the field empty while the day is not fixed.",
}

NO_OFFER: Texts = {
    "nl": "Bij deze aanvraag hoort geen aanbod van opleidingen.",
    "en": "This application has no offer of trainings.",
}
NOT_OWN: Texts = {
    "nl": "Kies een opleiding die uw eigen organisatie in het scholingsregister heeft staan.",
    "en": "Choose a training that your own organisation has in the training register.",
}
NOT_OF_A_MEMBER: Texts = {
    "nl": "Kies een opleiding van een opleider die lid is van het samenwerkingsverband.",
    "en": "Choose a training of a provider that is a member of the partnership.",
}
NOT_LISTED: Texts = {
    "nl": "Kies een opleiding die in het scholingsregister staat.",
    "en": "Choose a training that is in the training register.",
}
PAID_TOGETHER: Texts = {
    "nl": "Hier is het één bedrag voor de hele aanvraag. Wie meebetaalt, vult u in bij Kosten verdelen.",
    "en": "Here it is one amount for the whole application. Who pays too is told at Divide the cost.",
}
NOT_ADMITTED: Texts = {
    "nl": "Deze opleiding is vandaag niet toegelaten tot het scholingsregister. Kies een opleiding die is toegelaten.",
    "en": "This training is not admitted to the training register today. Choose one that is.",
}
NO_PRICE: Texts = {
    "nl": "Deze opleiding heeft in het scholingsregister geen prijs. Vul daar eerst de prijs in.",
    "en": "This training has no price in the training register. Tell its price there first.",
}
PARTICIPANTS: Texts = {
    "nl": "Vul een heel aantal deelnemers in, van 0 tot en met 1.000.000. Met 0 gaat de opleiding uit het aanbod.",
    "en": "Enter a whole number of participants, from 0 to 1,000,000. With 0 the training leaves the offer.",
}
FINANCIER: Texts = {
    "nl": "Kies wie meebetaalt, vul een bedrag in van meer dan 0, en een naam van hooguit 200 tekens.",
    "en": "Choose who pays too, enter an amount of more than 0, and a name of 200 signs at most.",
}
NO_CONTRIBUTION: Texts = {
    "nl": "De bijdrage van de regeling voor deze opleiding is nog niet bekend. Vul eerst de vragen van de aanvraag in.",
    "en": "The contribution of the scheme to this training is not known yet. Answer the questions of the application first.",
}
TOO_MANY: Texts = {
    "nl": "Een aanbod heeft hooguit 500 opleidingen.",
    "en": "An offer has 500 trainings at most.",
}
EMPTY: Texts = {
    "nl": "Er staat nog geen opleiding in het aanbod. Zet er eerst een opleiding in.",
    "en": "There is no training in the offer yet. Put one in first.",
}
FROM_OFFER: Texts = {
    "nl": "Dit volgt uit het aanbod van opleidingen. U kunt het niet zelf invullen.",
    "en": "This follows from the offer of trainings. You cannot fill it in yourself.",
}


def does_not_add_up(above: int, paid: int, lacking: int) -> Texts:
    """Say what others must pay and what was told, in cents; what is lacking is below zero where it is too much."""
    must, told, off = in_words(above), in_words(paid), in_words(abs(lacking))
    nl = f"Anderen moeten samen precies {must['nl']} per deelnemer betalen. Nu is het {told['nl']}."
    en = f"Others must pay {must['en']} for each participant together, to the cent. Now it is {told['en']}."
    if lacking > 0:
        return {"nl": f"{nl} Er ontbreekt nog {off['nl']}.", "en": f"{en} {off['en']} still lacks."}
    return {"nl": f"{nl} Dat is {off['nl']} te veel.", "en": f"{en} That is {off['en']} too much."}


def of_activity(title: str, texts: Texts) -> Texts:
    """Say of which training a sentence is."""
    return {"nl": f"{title}: {texts['nl']}", "en": f"{title}: {texts['en']}"}


CHANGED: Texts = {
    "nl": "De opleiding is in het scholingsregister veranderd. Bekijk haar opnieuw en bewaar haar weer in het aanbod.",
    "en": "The training was changed in the training register. Look at it again and save it in the offer once more.",
}


def fails_quality(check: str, claim: Texts, why: Texts) -> Texts:
    """Say which check of quality a provider does not meet, by its name, and why."""
    return {
        "nl": f"Aan deze opleider kan geen geld worden toegekend. De toets {check} ({claim['nl']}) is niet gehaald. {why['nl']}",
        "en": f"This provider cannot be awarded money. The check {check} ({claim['en']}) is not met. {why['en']}",
    }


NOT_READY: Texts = {
    "nl": "U kunt deelnemers inschrijven als de aanvraag klaarstaat of is ingediend. Dat is nu niet zo.",
    "en": "You can enrol participants once the application stands ready or was submitted. It does not now.",
}
NOT_IN_OFFER: Texts = {
    "nl": "Kies een opleiding uit het aanbod van deze aanvraag.",
    "en": "Choose a training from the offer of this application.",
}
FULL: Texts = {
    "nl": "Het aantal deelnemers van deze opleiding is bereikt. In het aanbod staan er niet meer.",
    "en": "The number of participants of this training was reached. The offer has no more.",
}
ALREADY: Texts = {
    "nl": "Deze persoon is in dit aanvraagtijdvak al ingeschreven. Is het iemand anders met dezelfde naam en geboortedatum? "
    "Vul dan het burgerservicenummer in.",
    "en": "This person is enrolled in this round already. Is it somebody else with the same name and date of birth? Then "
    "enter the citizen service number.",
}
ANSWERED: Texts = {
    "nl": "U hebt dit al gezegd.",
    "en": "You have said this before.",
}
SAID_NO: Texts = {
    "nl": "Deze deelnemer zei bij deze aanvraag eerder dat de inschrijving niet klopt of niet gewenst is. Een bestand schrijft de "
    "deelnemer niet opnieuw in. Overleg eerst, en gebruik dan het formulier voor één deelnemer.",
    "en": "This participant said before, in this application, that the enrolment is not right or not wanted. A file does not enrol "
    "the participant anew. Consult them first, and then use the form for one participant.",
}
BUSY: Texts = {
    "nl": "Het lukt nu niet. Stuur hetzelfde bestand nog een keer: wie al is ingeschreven, wordt niet dubbel ingeschreven.",
    "en": "It does not work now. Send the same file again: nobody is enrolled twice.",
}
