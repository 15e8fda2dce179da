"""How an act in a request to correct is refused: with the sentence for who asked, and the field that it is about."""

from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


class CorrectionRefused(ActRefused):
    """A rule says no; `texts` says why, `field` names what it is about ("" for the request as a whole)."""

    def __init__(self, texts: Texts, field: str = "") -> None:
        """Keep both."""
        super().__init__(texts)
        self.field = field


ENDED: Texts = {
    "nl": "Op dit verzoek is al geantwoord, of het is ingetrokken.",
    "en": "This request has been answered already, or was taken back.",
}
NOT_ENDED: Texts = {
    "nl": "Op dit verzoek is nog geen antwoord gegeven dat anderen moeten weten.",
    "en": "This request has no answer yet that others must know.",
}
MEANWHILE: Texts = {
    "nl": "Er is intussen iets gebeurd in dit verzoek. Kijk eerst hoe het nu staat.",
    "en": "Something happened in this request in the meantime. Look at how it stands first.",
}
EXTENDED: Texts = {
    "nl": "De termijn is al een keer verlengd. Dat kan maar één keer.",
    "en": "The term has been extended already. That can be done once.",
}
TOO_LATE: Texts = {
    "nl": "De eerste maand is voorbij. Verlengen kan alleen daarbinnen.",
    "en": "The first month is over. The term can be extended within it only.",
}
NOTHING_CHANGES: Texts = {
    "nl": "Dit staat er nu al. Vul in wat het moet worden.",
    "en": "This is what it says already. Fill in what it must become.",
}
NOT_IN_HERE: Texts = {
    "nl": "Dit antwoord staat niet in deze aanvraag. Kies een antwoord uit de lijst.",
    "en": "This answer is not in this application. Choose one from the list.",
}
NO_BODY: Texts = {
    "nl": "Kies een organisatie uit de lijst.",
    "en": "Choose an organisation from the list.",
}
NO_EMAIL: Texts = {
    "nl": "Vul een e-mailadres in, zoals naam@voorbeeld.nl.",
    "en": "Fill in an e-mail address, such as name@example.org.",
}
NO_NAME: Texts = {
    "nl": "Vul een naam in van 1 tot 200 tekens.",
    "en": "Fill in a name of 1 to 200 characters.",
}
NO_REFUSAL: Texts = {
    "nl": "Kies een van de redenen uit de lijst.",
    "en": "Choose one of the reasons from the list.",
}
WHO_OR_NOBODY: Texts = {
    "nl": "Kies wie u het laat weten. Of schrijf waarom niemand het hoeft te weten.",
    "en": "Choose whom you tell. Or write why nobody needs to know.",
}
TOO_MANY: Texts = {
    "nl": "U hebt al 20 verzoeken waarop nog geen antwoord is. Wacht eerst een antwoord af, of trek een verzoek in.",
    "en": "You have 20 requests already without an answer. Wait for an answer first, or take a request back.",
}
NO_OBJECTION: Texts = {
    "nl": "Er is geen bezwaar waarop nog moet worden beslist.",
    "en": "There is no objection that waits for a decision.",
}
IN_TIME: Texts = {
    "nl": "Dit bezwaar kwam op tijd. Behandel het: geef gelijk, voor een deel, of niet.",
    "en": "This objection came in time. Treat it: uphold it, in part, or reject it.",
}
OBJECTED_BEFORE: Texts = {
    "nl": "Tegen dit antwoord is al bezwaar gemaakt. Dat kan maar één keer.",
    "en": "Somebody objected to this answer already. That can be done once.",
}
NOTHING_TO_CONTEST: Texts = {
    "nl": "Er is geen antwoord waartegen bezwaar kan. Dat kan zodra de brief met het antwoord is verstuurd.",
    "en": "There is no answer to object to. One can once the letter with the answer was sent.",
}
MORE_TIME_TAKEN: Texts = {
    "nl": "Voor dit bezwaar is al een keer meer tijd genomen. Dat kan maar één keer.",
    "en": "More time was taken for this objection already. That can be done once.",
}
MORE_TIME_TOO_LATE: Texts = {
    "nl": "De termijn om op het bezwaar te beslissen is voorbij. Meer tijd nemen kan alleen daarbinnen.",
    "en": "The term for deciding on the objection is over. More time can be taken within it only.",
}
WHEN_RECEIVED: Texts = {
    "nl": "Vul de dag in waarop het bezwaar binnenkwam: niet vóór de brief met ons antwoord, en niet na vandaag.",
    "en": "Fill in the day on which the objection came in: not before the letter with our answer, and not after today.",
}
WHEN_POSTED: Texts = {
    "nl": "De dag waarop het op de post ging, is niet later dan de dag waarop het binnenkwam.",
    "en": "The day on which it was posted is not later than the day on which it came in.",
}
HEARD_OR_NOT: Texts = {
    "nl": "Kies of u de aanvrager hebt gehoord. Zo niet, kies dan een reden die bij uw besluit past.",
    "en": "Choose whether you heard the applicant. If not, choose a reason that goes with your decision.",
}
WHEN_HEARD: Texts = {
    "nl": "Vul de dag in waarop u de aanvrager hoorde: na het bezwaar, en niet na vandaag.",
    "en": "Fill in the day on which you heard the applicant: after the objection, and not after today.",
}
NATIONAL_NUMBER: Texts = {
    "nl": "Hier staat een burgerservicenummer. Haal het weg: dat hoort hier niet.",
    "en": "There is a national number here. Take it out: it does not belong here.",
}


def lacking(most: int) -> Texts:
    """Say that words lack, or are too many."""
    return {
        "nl": f"Vul dit in, met ten hoogste {most} tekens.",
        "en": f"Fill this in, with at most {most} characters.",
    }
