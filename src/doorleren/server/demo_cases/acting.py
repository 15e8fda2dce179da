"""What officials and recipients of the demo do in a case, each act by who may, on a day so many days ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schwifty import IBAN

from doorleren.audit.acts import Party
from doorleren.audit.viewing import note_views
from doorleren.cases.models import Case
from doorleren.decisions.commands.assess import assess
from doorleren.decisions.commands.decide import grant, refuse
from doorleren.decisions.commands.notify_intent import notify_intent
from doorleren.decisions.commands.report_delivery import Done, report_delivery, required_later
from doorleren.decisions.commands.request_settlement import request_settlement
from doorleren.decisions.commands.settle import settle_as_granted
from doorleren.decisions.grounds import grounds
from doorleren.decisions.judging import judged
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import Decision
from doorleren.decisions.rules import Ruling
from doorleren.payments.balances import standing_of
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.commands.confirm_account import confirm_account
from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.let_bank_answer import let_bank_answer
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.commands.propose_run import propose_run
from doorleren.payments.commands.release_run import PAYER, release_run
from doorleren.payments.models import PayeeAccount
from doorleren.payments.practice import BANK
from doorleren.people.models import Organisation, Person
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.server.demo_cases.proving import give_evidence
from doorleren.server.demo_cases.scene import Applied, Scene, account_code

ASSESSES, DECIDES, REVIEWS, PROPOSES, RELEASES = "fatima", "joost", "anouk", "wanda", "ruben"
"""Who of the demo does what: three different people assess, decide and pay, and a fourth decides on an objection."""
ACCOUNT_DAYS = 4
"""How long before a payment its account was set: more than its 48 hours."""
PLANNED = 10
VIEW_DAYS = 16
"""How long before a refusal the applicant is told of it."""
FOUND = "uit de stukken blijkt dat aan een voorwaarde niet is voldaan (voorbeeld)"


@dataclass(frozen=True, slots=True)
class Life:
    """A case of the demo, and what is done in it."""

    scene: Scene
    case: int
    applicant: int

    @classmethod
    def of(cls, scene: Scene, applied: Applied) -> "Life":
        """Begin with what was applied for."""
        return cls(scene, applied.case, applied.person)

    def assess(self, days: int, *, fails: bool = False) -> None:
        """Assess what nobody can compute: all of it is met, or the first is not."""
        at = self.scene.at(days)
        found = judged(matter_of(Case.objects.get(pk=self.case)), self.scene.library)
        open_ = [one.condition for one in found.results if one.met is None]
        rulings = [
            Ruling(one, not (fails and place == 0), "dit blijkt uit wat u stuurde (voorbeeld)")
            for place, one in enumerate(open_)
        ]
        by_hand = 0 if found.cents is None else None
        by = self._looks(ASSESSES, at)
        assess(self.case, rulings, library=self.scene.library, by=by, at=at, cents=by_hand)

    def grant(self, days: int, *, until: int) -> Decision:
        """Grant; the activities last until so many days ago. The letter goes out and the ledger follows."""
        at = self.scene.at(days)
        made = grant(self.case, by=self._looks(DECIDES, at), at=at, activities_until=self.scene.day(until))
        self.scene.works(days)
        return made

    def refuse(self, days: int) -> Decision:
        """Refuse for what an official found, after a notice of it to which nobody answered (Awb 4:7); the place goes on."""
        at = self.scene.at(days + VIEW_DAYS)
        ground = next(one.id for one in grounds().values() if one.given == "conditions" and one.intent)
        notify_intent(
            self.case, ground, until=self.scene.day(days + 2), by=self.scene.by(ASSESSES, at), at=at, words=FOUND
        )
        self.scene.works(days + VIEW_DAYS)
        at = self.scene.at(days)
        made = refuse(self.case, ground, by=self._looks(DECIDES, at), at=at, words=FOUND)
        if made.round_id is not None:
            fill_freed(made.round_id, at=self.scene.at(days))
        self.scene.works(days)
        return made

    def deliver(self, days: int, realised: int = PLANNED) -> None:
        """Report what was done, as an official enters it from what was sent, with the evidence of who applied."""
        matter = matter_of(Case.objects.get(pk=self.case))
        evidence = required_later(matter)
        give_evidence(self.scene, matter.application, evidence, self.applicant, days + 1)
        at = self.scene.at(days)
        done = Done(self.scene.day(days + 20), self.scene.day(days + 2), PLANNED, realised, evidence)
        report_delivery(self.case, done, by=self.scene.by(ASSESSES, at), at=at)

    def settle(self, days: int) -> None:
        """Settle as granted, asked for first where the arrangement waits for that."""
        at, decision = self.scene.at(days), Decision.objects.filter(case=self.case).latest("number")
        if decision.settle_how == "on_request":
            request_settlement(self.case, by=self.scene.by(ASSESSES, at), at=at)
        at = self.scene.at(days)
        settle_as_granted(
            self.case, words="er is gedaan wat was verleend (voorbeeld)", by=self._looks(DECIDES, at), at=at
        )
        self.scene.works(days)

    def set_account(self, days: int) -> None:
        """Let two people set the account of who is paid in this case once it is granted, unless there is one."""
        one = matter_of(Case.objects.get(pk=self.case)).application
        payee = Party(one.payee_kind or one.applicant_kind, str(one.payee_number or one.applicant_number))
        set_account(self.scene, payee, _called(payee), days)

    def _looks(self, name: str, at: datetime) -> SignedIn:
        """Let an official open the case, which the log of who viewed says as it does of a page; give who that is."""
        by = self.scene.by(name, at)
        note_views([Party("case", str(self.case))], by=by.party, page="officer-case", at=at)
        return by

    @property
    def payable(self) -> int:
        """Give the cents that the ledger still owes."""
        return standing_of("case", str(self.case)).amount("payable")


def set_account(scene: Scene, payee: Party, name: str, days: int) -> None:
    """Let two people set an account, unless there is one."""
    if PayeeAccount.objects.filter(body=scene.body, payee_kind=payee.kind, payee_id=payee.id).exists():
        return
    number = account_code(f"{payee.kind} {payee.id}")
    iban = str(IBAN.generate("NL", bank_code=BANK, account_code=number))
    at = scene.at(days)
    row = propose_account(
        payee, iban, name, body=scene.body.pk, reason="eerste rekening (voorbeeld)", by=scene.by(PROPOSES, at), at=at
    )
    at = scene.at(days)
    confirm_account(row.pk, by=scene.by(RELEASES, at), at=at)
    scene.works(days)


def account_of_body(scene: Scene, days: int) -> None:
    """Let two people set the account that the body pays from."""
    set_account(scene, Party(PAYER, str(scene.body.pk)), scene.body.name, days)


def propose(scene: Scene, lives: Sequence[Life], days: int, pay_on: date | None = None) -> int:
    """Propose to pay what is owed in these cases, to accounts that were set days before; give the run."""
    for life in lives:
        life.set_account(days + ACCOUNT_DAYS)
    at = scene.at(days)
    return propose_run(
        scene.body.pk, pay_on=next_banking_day(pay_on or scene.day(days)), by=scene.by(PROPOSES, at), at=at, rehearsal=True,
        only=[one.case for one in lives],
    ).run.pk  # fmt: skip


def pay(scene: Scene, lives: Sequence[Life], days: int) -> None:
    """Pay what is owed in these cases, if anything: two people, the file for the invented bank, and what that says of it."""
    owed = [one for one in lives if one.payable]
    if not owed:
        return
    run = propose(scene, owed, days)
    at = scene.at(days)
    release_run(run, by=scene.by(RELEASES, at), at=at)
    at = scene.at(days)
    by = scene.by(RELEASES, at)
    hand_over(run, file_of(run, by=by, at=at), by=by, at=at)
    at = scene.at(days)
    let_bank_answer(run, by=scene.by(PROPOSES, at), at=at)
    scene.works(days)


def _called(payee: Party) -> str:
    if payee.kind == "person":
        return Person.objects.values_list("name", flat=True).get(pk=int(payee.id))
    return Organisation.objects.values_list("name", flat=True).get(pk=int(payee.id))
