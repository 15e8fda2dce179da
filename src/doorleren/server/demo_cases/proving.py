"""The invented evidence of the demo: a page that says what it would prove, given by who applied."""

import hashlib

from doorleren.applications.commands.begin_document import begin_document
from doorleren.applications.commands.receive_piece import receive_piece
from doorleren.applications.models import Application
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed
from doorleren.server.demo_cases.scene import Scene
from doorleren.web.applicant.evidence import store

_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    "<</Length {length}>>\nstream\n{drawn}\nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)
"""A PDF of one page, object by object; the fourth is what is drawn on it."""


def give_evidence(scene: Scene, application: Application, names: tuple[str, ...], person: int, days: int) -> None:
    """Let somebody give a document for each of these, so many days ago; one that they may not give is left out."""
    for name in names:
        raw, at = page(f"Voorbeeld van bewijs: {name}"), scene.at(days)
        by, kept = scene.person(person, at), store()
        try:
            one = begin_document(
                application.pk, evidence=name, file_name=f"{name}.pdf", size=len(raw),
                sha256=hashlib.sha256(raw).hexdigest(), store=kept, by=by, at=at,
            )  # fmt: skip
        except (ApplicationRefused, NotAllowed):
            continue
        receive_piece(one.pk, raw, offset=0, store=kept, by=by, at=at)


def page(words: str) -> bytes:
    """Give a PDF of one page with a line on it, of plain letters."""
    drawn = f"BT /F1 18 Tf 72 760 Td ({words}) Tj ET"
    made, begins = b"%PDF-1.4\n", list[int]()
    for number, one in enumerate(_OBJECTS, 1):
        begins.append(len(made))
        body = one.format(length=len(drawn), drawn=drawn) if "{" in one else one
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in begins)
    end = f"xref\n0 {len(begins) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(begins) + 1}/Root 1 0 R>>\n"
    return made + f"{end}startxref\n{len(made)}\n%%EOF\n".encode("ascii")
