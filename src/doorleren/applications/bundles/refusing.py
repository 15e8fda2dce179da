"""Why a bundle as a whole is refused; what is wrong with a row is in faults.py."""

from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


class BundleRefused(ActRefused):
    """The bundle is not taken, or not further; what was answered before stays."""


CLOSED: Texts = {
    "nl": "Dit aanvraagtijdvak is nu niet open. U kunt er nu niemand in registreren.",
    "en": "This round is not open now. You cannot register anybody in it now.",
}
CLOSED_MEANWHILE: Texts = {
    "nl": "Het aanvraagtijdvak ging dicht terwijl uw bundel werd verwerkt. De rijen die een antwoord hebben, zijn verwerkt; "
    "de andere niet.",
    "en": "The round closed while your bundle was being entered. The rows with an answer were entered; the others were not.",
}
ANSWERS_GONE: Texts = {
    "nl": "Deze bundel is eerder ingediend. Wie is geregistreerd, blijft dat. De geweigerde rijen zijn na hun bewaartermijn gewist, met "
    "de antwoorden.",
    "en": "This bundle was handed in before. Who was registered still is. The refused rows were deleted after their retention, with "
    "the answers.",
}
NOT_QUALIFIED: Texts = {
    "nl": "U hebt vandaag geen geldige kwalificatie als loopbaanadviseur. Vraag de uitvoerder om die vast te stellen.",
    "en": "You have no valid qualification as a career adviser today. Ask the executing body to establish it.",
}
NO_TRACK: Texts = {
    "nl": "In dit aanvraagtijdvak registreert een adviseur geen deelnemers.",
    "en": "An adviser registers no participants in this round.",
}
BUSY: Texts = {
    "nl": "Het lukt nu niet. Stuur dezelfde bundel nog een keer: wat al is verwerkt, gebeurt niet dubbel.",
    "en": "It does not work now. Send the same bundle again: what was entered already is not entered twice.",
}
ANSWERED: Texts = {
    "nl": "U hebt al gezegd wat u van deze registratie vindt.",
    "en": "You have already said what you think of this registration.",
}
OVERLAPS: Texts = {
    "nl": "Deze adviseur heeft op een van deze dagen al een kwalificatie.",
    "en": "This adviser already has a qualification on one of these days.",
}
DAYS: Texts = {
    "nl": "De laatste dag ligt niet voor de eerste, en niet meer dan 20 jaar erna.",
    "en": "The last day is not before the first, and not more than 20 years after it.",
}
NO_ADVISER: Texts = {
    "nl": "Deze persoon is hier niet bekend als loopbaanadviseur.",
    "en": "This person is not known here as a career adviser.",
}
KEY_USED: Texts = {
    "nl": "Deze sleutel hoort bij een andere bundel. Neem een nieuwe sleutel voor deze bundel.",
    "en": "This key belongs to another bundle. Take a new key for this bundle.",
}
NOT_CONFIRMED: Texts = {
    "nl": "De deelnemer heeft nog niet gezegd dat deze registratie klopt.",
    "en": "The participant has not said yet that this registration is right.",
}
NOT_INSIDE: Texts = {
    "nl": "Voor deze registratie is geen geld gereserveerd.",
    "en": "No money is reserved for this registration.",
}
COMPLETED: Texts = {
    "nl": "Deze registratie is afgerond. U kunt er niets meer aan veranderen.",
    "en": "This registration has been completed. You can no longer change it.",
}
LET_GO: Texts = {
    "nl": "Deze registratie is ingetrokken.",
    "en": "This registration has been withdrawn.",
}


def lacking(names: Texts) -> Texts:
    """Say which evidence is not there yet."""
    return {"nl": f"Dit is er nog niet: {names['nl']}.", "en": f"This is not there yet: {names['en']}."}


def not_promised(claims: Texts) -> Texts:
    """Say for which conditions the adviser's word is still asked."""
    return {
        "nl": f"Verklaar ook dat dit klopt: {claims['nl']}.",
        "en": f"Declare as well that this is so: {claims['en']}.",
    }
