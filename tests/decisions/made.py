"""A scheme under a framework of law, people who applied in its round, and their cases; through the product's own commands."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from doorleren.applications.models import Application, Document, DocumentStep
from doorleren.cases.models import Case
from doorleren.decisions.commands.assess import assess, assess_automatically
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.models import Assessment
from doorleren.decisions.rules import Ruling
from doorleren.people.models import Body, Person, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.test_draft import freeze
from tests.people import made as people

AT = datetime(2026, 3, 12, 9, tzinfo=UTC)
"""A Thursday, two days after the applications of the tests came in."""
SCHEME = applications.SCHEME
EVIDENCE = applications.FILE[applications.FILE.index("[[evidence]]") :]
UNRESERVED = applications.FILE.replace("body = {", 'framework = "kaderregeling-ocw-szw-vws"\nbody = {')
UNDER_LAW = UNRESERVED.replace('kind = "grant_settle"', 'kind = "grant_settle"\nbudget_reservation = true')
"""Under a framework of law; a grant is on condition of enough money on the budget."""
HARD = UNDER_LAW.replace(EVIDENCE, "")
"""Without evidence: nothing needs to be read."""
TIGHT = HARD.replace(
    'ceiling_money = 100000\nring_fenced = { for = "employer", money = 40000 }', 'ceiling_money = 1000\nlast = "partly"'
)
"""With a ceiling that the second application no longer fits in whole."""
LOAN = HARD.replace('kind = "grant_settle"\nbudget_reservation = true', """kind = "loan"
repay_from = "new_year"
repay_within = "years"
repay_interest = "rate"
[[parameter]]
id = "years"
unit = "year"
values = [{ from = 2026-01-01, value = 1, source = "order" }]
[[parameter]]
id = "rate"
unit = "share"
values = [{ from = 2026-01-01, value = 0.04, source = "order" }, { from = 2027-01-01, value = 0.12, source = "order" }]""")  # fmt: skip
"""The scheme of the tests as a loan, repaid in a year; the interest is that of the first day of repayment."""
_numbers = count(1)


def library(folder: Any, text: str = HARD) -> Library:
    """Open the library with the scheme."""
    return applications.library(folder / "schemes", text)


def applied(known: Library, round_: Round, name: str = "Nadia", **told: Any) -> Application:
    """Let somebody apply, submit and get a place."""
    person = people.person(name=name)
    one = applications.draft(known, round_, person)
    applications.answer(known, one, person, applications.WHOLE | told)
    freeze(known, one, person)
    frozen, number = one.freezes.get(), next(_numbers)
    id_ = round_.pk << 32 | number
    Ticket.objects.create(
        id=id_, round=round_, key=one.key, person=frozen.person, content=frozen.content, cents=frozen.cents,
        kind=frozen.kind, batch=id_, arrived_at=applications.AT,
    )  # fmt: skip
    while round_.order == "arrival" and allocate(round_.pk, at=applications.AT):
        pass
    return one


def a_case(known: Library, round_: Round, name: str = "Nadia", **told: Any) -> Case:
    """Let somebody apply and open the case."""
    one = applied(known, round_, name, **told)
    open_cases(at=AT)
    return Case.objects.get(subject_kind="application", subject_id=str(one.pk))


def of_the_same(one: Case, first: Case) -> None:
    """Let a case be of the same recipient as another: who applied, for whom it is, and who is paid."""
    person = Application.objects.get(pk=int(first.subject_id)).applicant_number
    Application.objects.filter(pk=int(one.subject_id)).update(
        applicant_number=person,
        beneficiary_kind="person",
        beneficiary_number=person,
        payee_kind="person",
        payee_number=person,
    )


def officials(body: Body) -> dict[str, Person]:
    """Give an official for each duty, and a second decider."""
    kinds = {"assessor": RoleKind.ASSESSOR, "decider": RoleKind.DECIDER, "second": RoleKind.DECIDER,
             "paymaster": RoleKind.PAYMASTER}  # fmt: skip
    found = {}
    for name, kind in kinds.items():
        found[name] = people.person(name=name)
        people.role(found[name], kind, body=body)
    return found


def by(who: Person, at: datetime = AT) -> SignedIn:
    """Let somebody be signed in just now."""
    return people.signed_in(who, at=at)


YES = Ruling("honest", True, "de offerte is van na de aanvraag")
"""What an assessor says of the one condition that nobody can compute."""


def document(case: Case, name: str = "offerte.pdf", *, withdrawn: bool = False) -> Document:
    """Let a document of the application of a case be there: received, checked and found clean, and withdrawn where that is asked."""
    row = Document.objects.create(
        application_id=int(case.subject_id), evidence="offer", file_name=name, size=9, kept=f"{next(_numbers):032x}",
        by_kind="person", at=AT,
    )  # fmt: skip
    about: dict[str, Any] = {"document": row, "at": AT}
    DocumentStep.objects.create(step="received", kind="pdf", content="e" * 64, by_kind="person", **about)
    DocumentStep.objects.create(step="checked", scan="clean", by_kind="site", **about)
    if withdrawn:
        DocumentStep.objects.create(step="withdrawn", by_kind="person", **about)
    return row


def assessed(case: Case, known: Library, who: Person, *rulings: Ruling, at: datetime = AT, **other: Any) -> Assessment:
    """Let an official assess: all is met, but for what is said."""
    return assess(case.pk, rulings or (YES,), library=known, by=by(who, at), at=at, **other)


def automatic(case: Case, known: Library, at: datetime = AT) -> Assessment:
    """Let the rules assess."""
    made = assess_automatically(case.pk, library=known, at=at)
    assert made is not None
    return made


def later(minutes: int = 1) -> datetime:
    """Give a moment after AT."""
    return AT + timedelta(minutes=minutes)


UNTIL = date(2026, 9, 30)
