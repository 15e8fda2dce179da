"""How an act on an application is refused: with the sentence for who asked, and where it helps the facts that lack."""

from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


class ApplicationRefused(ActRefused):
    """A rule says no; `texts` says why, `facts` names the facts that it is about."""

    def __init__(self, texts: Texts, facts: tuple[str, ...] = ()) -> None:
        """Keep both."""
        super().__init__(texts)
        self.facts = facts


SUBMITTED: Texts = {
    "nl": "Deze aanvraag is ingediend. Hij kan niet meer worden veranderd.",
    "en": "This application has been submitted. It can no longer be changed.",
}
WITHDRAWN: Texts = {
    "nl": "Deze aanvraag is ingetrokken.",
    "en": "This application has been withdrawn.",
}
NOT_WITHDRAWN: Texts = {
    "nl": "Deze aanvraag is niet ingetrokken.",
    "en": "This application has not been withdrawn.",
}
CLOSED: Texts = {
    "nl": "Dit aanvraagtijdvak is gesloten. U kunt er niet meer in aanvragen.",
    "en": "This round is closed. You can no longer apply in it.",
}
CHANGED_SINCE: Texts = {
    "nl": "Nadat u uw aanvraag klaarzette, is zij veranderd of ingetrokken. Zij is niet ingediend. Zet haar opnieuw klaar.",
    "en": "After you put your application ready it was changed or withdrawn. It has not been submitted. Put it ready again.",
}
NOT_READY: Texts = {
    "nl": "Deze aanvraag staat niet klaar. Zet haar eerst klaar.",
    "en": "This application does not stand ready. Put it ready first.",
}
TWICE: Texts = {
    "nl": "Er is in dit aanvraagtijdvak al een aanvraag voor dezelfde persoon of organisatie ingediend. De eerste telt.",
    "en": "An application for the same person or organisation was submitted in this round already. The first one counts.",
}
NO_TRACK: Texts = {
    "nl": "Op deze manier kan in dit aanvraagtijdvak niet worden aangevraagd.",
    "en": "One cannot apply in this round in this way.",
}
NOT_FOR_YOU: Texts = {
    "nl": "Zo kan deze aanvrager niet aanvragen.",
    "en": "This applicant cannot apply in this way.",
}
NOT_ELIGIBLE: Texts = {
    "nl": "Aan een van de voorwaarden is niet voldaan.",
    "en": "One of the conditions is not met.",
}
INCOMPLETE: Texts = {
    "nl": "Er ontbreken nog antwoorden.",
    "en": "Some answers are still missing.",
}
NO_AMOUNT: Texts = {
    "nl": "Het bedrag is nog niet bekend. Zonder bedrag kan de aanvraag niet worden ingediend.",
    "en": "The amount is not known yet. Without an amount the application cannot be submitted.",
}
CHANGED_MEANWHILE: Texts = {
    "nl": "Iemand anders heeft dit antwoord intussen gegeven of veranderd. U ziet nu het nieuwe antwoord.",
    "en": "Somebody else has given or changed this answer in the meantime. You now see the new answer.",
}
COMPUTED: Texts = {
    "nl": "Dit volgt uit de leden van het samenwerkingsverband. U kunt het niet zelf invullen.",
    "en": "This follows from the members of the partnership. You cannot fill it in yourself.",
}
NO_TRAINING: Texts = {
    "nl": "Kies eerst de opleiding uit het scholingsregister waarvoor u aanvraagt.",
    "en": "First choose the training from the training register that you apply for.",
}
NOTHING_TO_CHOOSE: Texts = {
    "nl": "Bij deze aanvraag hoort geen keuze van een opleiding.",
    "en": "No training is chosen for this application.",
}
CHOSEN_FOR_GOOD: Texts = {
    "nl": "Deze aanvraag heeft al klaargestaan voor deze opleiding. Wilt u een andere? Begin dan een nieuwe aanvraag.",
    "en": "This application has stood ready for this training. Do you want another one? Then begin a new application.",
}
PROOF_OF_ANOTHER: Texts = {
    "nl": "U hebt al een bewijs van inschrijving gegeven voor de andere opleiding. Haal dat eerst weg, bij uw bewijsstukken.",
    "en": "You have given proof of enrolment for the other training already. Take that away first, among your evidence.",
}
FROM_REGISTER: Texts = {
    "nl": "Dit staat in het scholingsregister. U kunt het niet zelf invullen.",
    "en": "The training register tells this. You cannot fill it in yourself.",
}
OTHER_REGION: Texts = {
    "nl": "Uw gemeente ligt in een andere arbeidsmarktregio. Kies de regio van uw gemeente.",
    "en": "Your municipality lies in another labour-market region. Choose the region of your municipality.",
}
ASSESSED: Texts = {
    "nl": "Dit beoordeelt wie uw aanvraag behandelt. U hoeft het niet in te vullen.",
    "en": "Who treats your application judges this. You need not fill it in.",
}


def needs_evidence(text: Texts) -> Texts:
    """Say which evidence must be there before one can submit; `text` is how the scheme's file calls it."""
    return {
        "nl": f"Dit bewijs moet erbij zijn voordat u kunt indienen: {text['nl']}.",
        "en": f"This evidence must be there before you can submit: {text.get('en', text['nl'])}.",
    }
