"""Applying and withdrawing, and what the site does by itself for rounds and cases. Each function draws and gives what is about to be done."""

import hashlib
from datetime import date

from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application, PartyKind
from doorleren.applications.parties import Named
from doorleren.cases.models import Case
from doorleren.decisions.commands.open_cases import follow_withdrawals, open_cases
from doorleren.decisions.jobs import assess_waiting, note_dispatches, run_batches
from doorleren.letters.jobs import send_waiting
from doorleren.payments.jobs import follow_all
from doorleren.people.models import Person
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.answers import refused
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.fill_freed import fill_freed, rounds_to_fill
from doorleren.rounds.models import NUMBER_BITS, Round, Ticket
from doorleren.simulation.world import Act, World

PRICES = ((50_000, 2_400_000), (50_000, 2_400_000), (2_400_000, 12_600_000), (10_000_000, 22_000_000))
"""What a training costs, in cents: mostly below 25,000 euros, and around each of the limits of the law."""
BORN = date(1990, 4, 1)
PERSON_KEY = hashlib.sha256(b"simulation").digest()


def apply(world: World) -> Act:
    """Let somebody apply: a draft, put ready, submitted, with a place in the round."""
    world.season.applications += 1
    number, price = world.season.applications, world.chance.randint(*world.chance.choice(PRICES))
    round_, track, at = world.season.round, world.chance.choice(world.season.tracks), world.at

    def run() -> None:
        person = Person.objects.create(name=f"Applicant {number}", created_at=at)
        _apply(world, round_, track, world.fresh(person.pk), price)

    return Act("apply", run)


def apply_again(world: World, case: int) -> Act | None:
    """Let the applicant of a case apply in the second round of the season: then there are two cases of one person."""
    round_, price = world.season.again, world.chance.randint(*world.chance.choice(PRICES))
    if round_ is None:
        return None
    by, track = world.applicant(case), world.chance.choice(world.season.tracks)
    if not by.person:  # the application was destroyed
        return None
    return Act("apply_again", lambda: _apply(world, round_, track, by, price), case)


def _apply(world: World, round_: int, track: str, by: SignedIn, price: int) -> None:
    told, known, at = {"person.birth_date": BORN, "training.price": price}, world.library, world.at
    row = Round.objects.get(pk=round_)
    draft = start_draft(
        row, track, applicant=Named(PartyKind.PERSON, by.person), told=told, library=known, by=by, at=at
    )
    frozen = freeze_draft(draft.pk, sensitive={}, person_key=PERSON_KEY, today=world.today, library=known, by=by, at=at)
    submit(draft, frozen.person, frozen.content, frozen.cents, world)
    if row.order == "arrival":
        allocate(round_, at=at)


def submit(draft: Application, person: str, content: str, cents: int, world: World) -> None:
    """Enter the ticket of a draft, as the lean intake writes it; one for each person. Raises RoundRefused."""
    if Ticket.objects.filter(round=draft.round, person=person).exists():
        raise refused("Er is al een aanvraag van deze persoon.", "There is an application of this person already.")
    before = Ticket.objects.filter(round=draft.round).count()
    id_ = draft.round_id << NUMBER_BITS | (before + 1)
    Ticket.objects.create(
        id=id_, round=draft.round, key=draft.key, person=person, content=content, cents=cents, kind="", batch=id_,
        arrived_at=world.at,
    )  # fmt: skip


def withdraw_submitted(world: World, case: int) -> Act:
    """Let an applicant withdraw what was submitted."""
    subject, by, at = int(Case.objects.get(pk=case).subject_id), world.applicant(case), world.at
    return Act("withdraw_application", lambda: withdraw_application(subject, by=by, at=at), case)


# --- what the site does by itself


def open_(world: World) -> Act:
    """Open cases for who has a place."""
    return Act("open_cases", lambda: open_cases(at=world.at))


def follow(world: World) -> Act:
    """End the cases of who withdrew, and give their places to others."""

    def run() -> None:
        follow_withdrawals(at=world.at)
        for one in rounds_to_fill():
            fill_freed(one, at=world.at)

    return Act("follow_withdrawals", run)


def assess_by_rules(world: World) -> Act:
    """Let the rules assess what just came in."""
    return Act("assess_waiting", lambda: assess_waiting(world.library, now=lambda: world.at))


def work_off(world: World) -> Act:
    """Work off batches that were released, a few cases at a time."""
    most = world.chance.randint(1, 4)
    return Act("run_batches", lambda: run_batches(now=lambda: world.at, most=most))


def post_money(world: World) -> Act:
    """Let the ledger follow decisions, settlements and recoveries."""
    return Act("follow_all", lambda: follow_all(lambda: world.at))


def send(world: World) -> Act:
    """Send the letters that wait, and note on the cases which went out."""
    most = world.chance.choice((2, 5, 50))

    def run() -> None:
        send_waiting(lambda: world.at, most=most)
        note_dispatches(now=lambda: world.at)

    return Act("send_waiting", run)
