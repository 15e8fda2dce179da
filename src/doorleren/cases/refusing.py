"""Refusals of acts on a case, with their sentences."""

from doorleren.cases.stops import said
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts


class CaseRefused(ActRefused):
    """An act on a case that a rule refuses. `act` names it, `field` what was filled in wrong (empty: nothing was)."""

    def __init__(self, texts: Texts, act: str = "", field: str = "") -> None:
        """Keep the sentence, the act and the field."""
        super().__init__(texts)
        self.act, self.field = act, field


BEFORE_THE_LAST = said(
    "Deze handeling zou vóór de vorige komen. Kijk of de klok goed staat.",
    "This act would come before the last one. See whether the clock is right.",
)
FUTURE_DAY = said(
    "Deze dag moet nog komen. Kies vandaag of een eerdere dag.", "This day is yet to come. Choose today or earlier."
)
PAST_DAY = said("Deze dag is al voorbij. Kies een latere dag.", "This day has passed. Choose a later day.")
TWO_PEOPLE = said(
    "Een besluit of betaling zonder mens heeft twee mensen nodig: één die voorstelt en een ander die vrijgeeft.",
    "A decision or payment without a human needs two people: one who proposes and another who releases.",
)
NO_PROCEDURE = said(
    "Bij deze regeling hoort geen zaak: er is geen aanvraag waarover iemand beslist.",
    "This scheme has no cases: there is no application that anybody decides on.",
)
APPEAL_RUNS = said(
    "Er loopt een beroep. Noteer eerst hoe dat afliep.", "An appeal is open. First note how it ended.",
)  # fmt: skip
NOT_REPAID = said(
    "Deze lening is nog niet als afgelost genoteerd. Sluit de zaak daarna.",
    "This loan has not been noted as repaid yet. Close the case after that.",
)
NO_LETTER = said("Bij die handeling hoort geen brief.", "No letter belongs to that act.")
SENT_TOO_SOON = said(
    "De brief kan niet zijn verzonden vóór de dag van de handeling.",
    "The letter cannot have been sent before the day of the act.",
)
NOT_THERE = said("Deze medewerker heeft geen rol bij deze instantie.", "This official has no role in this body.")
EMPTY_PARTS = said("Noem wat er nog ontbreekt.", "Name what is lacking.")
NOT_SENT_YET = said(
    "Deze brief is nog niet verzonden, of de verzending is nog niet genoteerd.",
    "This letter has not been sent yet, or its dispatch has not been noted.",
)
BACK_ALREADY = said(
    "Deze brief is al als teruggekomen genoteerd. Stuur hem eerst opnieuw.",
    "This letter was noted as come back already. Send it again first.",
)
BACK_TOO_SOON = said(
    "De brief kan niet zijn teruggekomen vóór de dag waarop hij is verzonden.",
    "The letter cannot have come back before the day on which it was sent.",
)
