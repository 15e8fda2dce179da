"""Corrections on request: asked by who it is about, answered by an official. Each function draws and gives what is about to be done."""

from collections.abc import Callable

from doorleren.applications.corrections.commands.answer_correction import (
    New,
    Told,
    complete_by_statement,
    correct,
    extend_correction,
    refuse_correction,
    tell_receivers,
)
from doorleren.applications.corrections.commands.ask_correction import Asked, ask_correction, take_back_correction
from doorleren.applications.models import ENDS, About, ContactField, CorrectionRequest, CorrectionStep
from doorleren.cases.models import Case
from doorleren.people.models import RoleKind
from doorleren.simulation.preparing import PREPARES
from doorleren.simulation.world import Act, World

PRICE = "training.price"
WORDS = ("dit klopt niet", "iets anders", "ik heb mij vergist")
REASONS = ("right", "judgement", "another", "excessive", "because")
TOLD = (Told(("de opleider",)), Told((), "alleen wij hadden het"), Told())


def ask(world: World, case: int) -> Act:
    """Let an applicant ask for another price in what was submitted, another name, or something of the case."""
    by, at, known = world.applicant(case), world.at, world.library
    subject, body = int(Case.objects.get(pk=case).subject_id), world.season.body
    asked = world.chance.choice((
        Asked(About.APPLICATION, *WORDS, application=subject, fact=PRICE),
        Asked(About.APPLICATION, *WORDS, application=subject, fact=PRICE),
        Asked(About.CONTACT, *WORDS, fact=ContactField.NAME, body=body),
        Asked(About.CASE, *WORDS, application=subject),
        Asked(About.APPLICATION, *WORDS, application=subject, fact="person.unknown"),
    ))  # fmt: skip
    return Act("ask_correction", lambda: ask_correction(asked, library=known, by=by, at=at), case)


def answer(world: World) -> Act | None:
    """Answer a request, extend its term, let it be taken back, or tell others; mostly one that is open, sometimes one seen too long ago."""
    rows = CorrectionRequest.objects.filter(body=world.season.body).order_by("pk")
    ended = CorrectionStep.objects.filter(request__body=world.season.body, step__in=ENDS).values("request")
    request = world.pick(list(rows if world.maybe(0.15) else rows.exclude(pk__in=ended)))
    if request is None:
        return None
    seen = CorrectionStep.objects.filter(request=request).count() - world.maybe(0.04)
    name, run = world.chance.choices(*_ways(world, request, seen))[0]
    return Act(name, run, forbidden=name == "correct_own")


def _ways(
    world: World, request: CorrectionRequest, seen: int
) -> tuple[list[tuple[str, Callable[[], object]]], list[int]]:
    """Give what can be done with a request, and how often each is."""
    number, at, known = request.pk, world.at, world.library
    treats, decides, asker = world.official(*PREPARES), world.official(RoleKind.DECIDER), world.by(request.person_id)
    told, reason, new = world.chance.choice(TOLD), world.chance.choice(REASONS), _new(world, request)
    ways: list[tuple[int, str, Callable[[], object]]] = [
        (4, "correct", lambda: correct(number, new, told, seen=seen, library=known, by=treats, at=at)),
        (2, "correct_in_part", lambda: correct(
            number, new, told, comment="de rest klopt", in_part=True, seen=seen, library=known, by=decides, at=at)),
        (2, "complete_by_statement", lambda: complete_by_statement(
            number, "ik ben het er niet mee eens", told, seen=seen, by=treats, at=at)),
        (2, "refuse_correction", lambda: refuse_correction(number, reason, "daarom", seen=seen, by=decides, at=at)),
        (2, "extend_correction", lambda: extend_correction(number, "het is druk", seen=seen, by=treats, at=at)),
        (1, "take_back_correction", lambda: take_back_correction(number, by=asker, at=at)),
        (2, "tell_receivers", lambda: tell_receivers(number, told, seen=seen, by=treats, at=at)),
        (1, "correct_own", lambda: correct(number, new, told, seen=seen, library=known, by=asker, at=at)),
    ]  # fmt: skip
    return [(name, run) for _, name, run in ways], [weight for weight, _, _ in ways]


def _new(world: World, request: CorrectionRequest) -> New:
    if request.about == About.APPLICATION:
        cents = world.chance.choice((60_000, 70_000, 80_000))
        return New(f"{cents // 100} euro", cents)
    name = f"Applicant {world.chance.randint(1, 99)}"
    return New(name, name if request.about == About.CONTACT else None)
