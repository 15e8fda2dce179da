"""Evidence: a document given in pieces, scanned, taken back. Each function draws and gives what is about to be done."""

from doorleren.applications.commands.begin_document import begin_document
from doorleren.applications.commands.check_document import keep_evidence
from doorleren.applications.commands.receive_piece import receive_piece
from doorleren.applications.commands.withdraw_document import withdraw_document
from doorleren.applications.models import Application, Document, Step
from doorleren.cases.models import Case
from doorleren.simulation.world import Act, World

EVIDENCE, ASKED = "invoice", "proven"
"""The evidence, and the track of the scheme that asks it."""
SIZES = (400, 3000)
PIECES = (150, 1000, 4000)
SPOILT = 7
"""A document whose size this divides is no PDF."""
_HEAD = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n"
)
_TAIL = b"\nxref\n0 1\ntrailer\n<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF\n" % len(_HEAD)


def content_of(size: int) -> bytes:
    """Give the document of so many bytes: a PDF of one empty page, or no PDF at all. So what comes next of it is always known."""
    if size % SPOILT == 0:
        return b"x" * size
    return _HEAD + b"%" + b" " * (size - len(_HEAD) - len(_TAIL) - 1) + _TAIL


def give(world: World, case: int) -> Act:
    """Announce a document, give the next piece of one, or take one back; now and then twice the same, or another's."""
    application, by, at = int(Case.objects.get(pk=case).subject_id), world.applicant(case), world.at
    store = world.store
    alive = Document.objects.filter(application=application, key__isnull=False).order_by("pk")
    coming = world.pick(list(alive.exclude(steps__step=Step.RECEIVED)))
    if coming is not None and world.maybe(0.85):
        offset, number = store.received(coming.kept), coming.pk
        piece = content_of(coming.size)[offset : offset + world.chance.choice(PIECES)]
        return Act(
            "receive_piece",
            lambda: receive_piece(number, piece, offset=offset, store=store, by=by, at=at), case,
        )  # fmt: skip
    there = world.pick(list(alive.values_list("pk", flat=True)))
    if there is not None and world.maybe(0.3):
        return Act("withdraw_document", lambda: withdraw_document(there, store=store, by=by, at=at), case)
    size = world.chance.randint(*SIZES)
    return Act(
        "begin_document",
        lambda: begin_document(
            application, evidence=EVIDENCE, file_name="rekening.pdf", size=size, store=store, by=by, at=at
        ), case,
    )  # fmt: skip


def give_somewhere(world: World) -> Act | None:
    """Do so for somebody whom evidence is asked."""
    subjects = Case.objects.filter(pk__in=world.season.cases).order_by("pk").values_list("pk", "subject_id")
    asked = set(Application.objects.filter(round__in=world.season.ceilings, track=ASKED).values_list("pk", flat=True))
    case = world.pick([case for case, subject in subjects if int(subject) in asked])
    return None if case is None else give(world, case)


def scan(world: World) -> Act | None:
    """Scan what waits, and throw away what nobody finished."""
    at, store = world.at, world.store
    if ASKED not in world.season.tracks:
        return None
    return Act("keep_evidence", lambda: keep_evidence(store=store, scanner=world.outside.scan, at=at))
