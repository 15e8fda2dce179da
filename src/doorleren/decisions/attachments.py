"""What goes along with a letter: the list of the documents that a decision rests on, or of every piece that lies open for inspection."""

from collections.abc import Collection, Mapping, Sequence

from doorleren.applications.evidence.queries import Piece, pieces_of, pieces_together
from doorleren.cases.queries import acts_of
from doorleren.core.days import day_of, written_day
from doorleren.core.texts import in_language
from doorleren.decisions.matters import Matter
from doorleren.decisions.pieces import pieces_attached, pieces_of_case
from doorleren.letters.filled import Attachment
from doorleren.letters.filled import Piece as Part

Attachments = tuple[Attachment, ...]

WITH_ATTACHMENTS = frozenset({
    "granted", "partly_granted", "refused", "objection_upheld", "objection_partly_upheld", "objection_rejected",
    "settled_as_granted", "settled_lower", "settled_at_nil", "withdrawn_by_authority",
})  # fmt: skip
"""The letters that carry them: of decisions for which documents are looked at."""
_TITLE = {"nl": "stukken waarop het besluit rust", "en": "documents on which the decision rests"}
_HEADS = {"nl": ("Stuk", "Ontvangen op"), "en": ("Document", "Received on")}


def attachments_of(matter: Matter, kind: str, language: str) -> Attachments:
    """Give what goes along with the letter of a kind about a case: the documents that count, or before a hearing every piece."""
    if kind == "hearing":
        return pieces_attached(
            pieces_of_case(acts_of(matter.case.pk), pieces_of(matter.application), matter.case.procedure), language
        )
    return attachments_together((matter,), language)[matter.case.pk] if kind in WITH_ATTACHMENTS else ()


def attachments_together(matters: Collection[Matter], language: str) -> Mapping[int, Attachments]:
    """Give the same for many cases, by case; where their schemes ask no documents, nothing is read."""
    for one in matters:
        one.application.round = one.round
    pieces = pieces_together([one.application for one in matters])
    return {one.case.pk: evidence_listed(pieces[one.application.pk], language) for one in matters}


def evidence_listed(pieces: Sequence[Piece], language: str) -> Attachments:
    """List the documents that count, with the day on which each came in; pure."""
    rows = tuple(
        (in_language(one.asked.evidence.text, language) or one.asked.evidence.id, written_day(day_of(given.document.at), language))
        for one in pieces for given in one.given if given.standing == "uploaded"
    )  # fmt: skip
    return (Attachment(_TITLE[language], (Part("table", heads=_HEADS[language], rows=rows),)),) if rows else ()
