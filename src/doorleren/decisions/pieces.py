"""Every piece of a case, numbered: what lies open for inspection before a hearing. Ground: Awb 7:4(2).

Pure on the acts and the documents of a case: an act leaves a letter, a paper of its own, or nothing. A test holds the table
against all acts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from doorleren.applications.evidence.queries import Piece as Evidence
from doorleren.cases.acts import ACTS, called
from doorleren.cases.models import CaseAct
from doorleren.cases.stops import said
from doorleren.core.days import day_of, written_day
from doorleren.core.texts import Texts, in_language
from doorleren.letters.filled import Attachment, Piece
from doorleren.rules.provisions import provision_of

PAPERS: Mapping[str, Texts] = {
    "opened": said("de aanvraag, met uw antwoorden", "the application, with your answers"),
    "entered": said("de aanvraag op papier", "the application on paper"),
    "completed": said("de aanvulling", "what completed the application"),
    "repeat_established": said("de vaststelling dat dit al eerder is gevraagd", "the finding that this was asked before"),
    "hardship_applied": said("de toepassing van de hardheidsclausule", "the use of the hardship clause"),
    "assessed": said("de beoordeling", "the assessment"), "advised": said("het advies", "the advice"),
    "view_received": said("de zienswijze", "the view"), "progress_reported": said("het verslag van de voortgang", "the report of progress"),
    "delivery_proven": said("de melding van wat is gedaan", "the report of what was done"),
    "settlement_requested": said("het verzoek om {settling}", "the request for {settling}"),
    "objection_received": said("het bezwaar", "the objection"), "objection_repaired": said("de aanvulling van het bezwaar", "what completed the objection"),
    "objection_withdrawn": said("de intrekking van het bezwaar", "the withdrawal of the objection"),
    "heard": said("het verslag van de hoorzitting", "the report of the hearing"),
    "appeal_noted": said("het beroep", "the appeal"), "judgment_noted": said("de uitspraak", "the judgment"),
    "appeal_ended": said("wat de rechter schreef over het beroep", "what the court wrote about the appeal"),
    "declared_in_default": said("de ingebrekestelling", "the notice of default"),
    "withdrawn": said("de intrekking van de aanvraag", "the withdrawal of the application"),
    "complaint_received": said("de klacht", "the complaint"), "contact_noted": said("een bericht of gesprek", "a message or talk"),
}  # fmt: skip
"""Acts that leave a paper that is no letter of the authority."""
NOTHING = frozenset({
    "objection_taken_up", "assigned", "term_suspended", "term_resumed", "advance_paid", "paid", "penalty_paid", "refunded", "dispatched",
    "post_returned", "death_noted", "guardian_noted", "closed", "reopened", "destroyed",
})  # fmt: skip
"""Acts that leave no paper: divided work, money, and post that is told of elsewhere."""
_LETTER = said("brief", "letter")
_DOCUMENT = said("bewijsstuk", "document")
_TITLE = said("lijst van alle stukken die ter inzage liggen", "list of all pieces that lie open for inspection")
_HEADS = {"nl": ("Stuk", "Van"), "en": ("Piece", "Of")}


@dataclass(frozen=True, slots=True)
class CasePiece:
    """One piece: what it is, in both languages, its day, and the number of its act or of its document."""

    texts: Texts
    day: date
    act: int | None = None
    document: int | None = None


def pieces_of_case(acts: Iterable[CaseAct], evidence: Sequence[Evidence], procedure: str) -> list[CasePiece]:
    """Give every piece, by day and then in the order of the case; documents that were refused or withdrawn are no pieces."""
    found = [
        CasePiece(texts, one.happened_on, act=one.number)
        for one in acts
        if (texts := paper_of(one.act, procedure)) is not None
    ]
    found += [
        CasePiece(_named(one), day_of(given.document.at), document=given.document.pk)
        for one in evidence for given in one.given if given.standing in ("uploaded", "waiting")
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.day)


def _named(one: Evidence) -> Texts:
    asked = one.asked.evidence
    return {name: f"{word}: {in_language(asked.text, name) or asked.id}" for name, word in _DOCUMENT.items()}


def paper_of(act: str, procedure: str) -> Texts | None:
    """Say what paper an act leaves in a case of a procedure; None for nothing. Raises KeyError for an act that is in neither table."""
    if ACTS[act].letter:
        return {name: f"{_LETTER[name]}: {said}" for name, said in called(act, procedure).items()}
    return None if act in NOTHING else provision_of(procedure).filled(PAPERS[act])


def pieces_attached(pieces: Sequence[CasePiece], language: str) -> tuple[Attachment, ...]:
    """Give the list as it goes along with the letter that calls to the hearing."""
    rows = tuple(
        (f"{place}. {in_language(one.texts, language)}", written_day(one.day, language))
        for place, one in enumerate(pieces, 1)
    )
    return (Attachment(in_language(_TITLE, language), (Piece("table", heads=_HEADS[language], rows=rows),)),)
