"""Granted cases with payees who have accounts, paymasters, and what a bank would answer; through the product's own commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F

from doorleren.applications.models import Application
from doorleren.audit.acts import Party
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.models import Decision
from doorleren.payments.balances import standing_of
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.commands.confirm_account import confirm_account
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.commands.propose_run import Proposed, propose_run, run_ahead
from doorleren.payments.commands.release_run import PAYER, Released, release_run
from doorleren.payments.jobs import follow_decisions
from doorleren.payments.models import PayeeAccount, PaymentLine, PaymentRun
from doorleren.payments.payable import Reason
from doorleren.people.models import Body, Person, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions import made as decisions
from tests.payments.made import checked_at_commit, run
from tests.people import made as people

DECIDED = decisions.AT
PAID = DECIDED + timedelta(days=3)
DAY: date = day_of(PAID)
PAY_ON = next_banking_day(DAY)
"""The day that was decided on three days ago is a Sunday; the bank pays the day after."""
LATER = PAID.replace(year=PAID.year + 7) + timedelta(days=2)
"""When the books of that payment are kept no longer."""
PAYERS_IBAN = "NL91ABNA0417164300"
IBANS = ("NL20INGB0001234567", "NL44RABO0123456789", "DE89370400440532013000")


@dataclass(frozen=True)
class Scene:
    """A round with granted cases of which an advance is to be paid, and the officials of its body."""

    round: Round
    staff: dict[str, Person]
    cases: tuple[Case, ...]

    @property
    def body(self) -> Body:
        """Who pays."""
        return self.round.body

    def by(self, name: str, minutes: int = 0) -> SignedIn:
        """An official, signed in on the day of payment."""
        return people.signed_in(self.staff[name], at=PAID + timedelta(minutes=minutes))

    def propose(self, name: str = "paymaster", **other: Any) -> Proposed:
        """Propose to pay what is owed."""
        told: dict[str, Any] = {"pay_on": PAY_ON, "by": self.by(name), "at": PAID}
        return propose_run(self.body.pk, **told | other)

    def ahead(self, name: str = "paymaster") -> dict[int, Reason]:
        """Give what would not be on a run that somebody proposes, with why."""
        return dict(run_ahead(self.body.pk, by=self.by(name), at=PAID).not_on_it)

    def release(self, run: PaymentRun, name: str = "other", minutes: int = 1) -> Released:
        """Release a run by another."""
        return release_run(run.pk, by=self.by(name, minutes), at=PAID + timedelta(minutes=minutes))

    def payable(self, case: Case) -> int:
        """What the ledger still owes in a case."""
        return standing_of("case", str(case.pk)).amount("payable")


def granted(known: Library, round_: Round, staff: dict[str, Person], name: str, payee: Party | None = None) -> Case:
    """A case that was applied for, assessed and granted; to be paid to who applied, or to another payee."""
    case = decisions.a_case(known, round_, name)
    if payee is not None:
        application = Application.objects.filter(pk=int(case.subject_id))
        application.update(payee_kind=payee.kind, payee_number=int(payee.id))
    decisions.assessed(case, known, staff["assessor"])
    at = decisions.later()
    grant(case.pk, by=decisions.by(staff["decider"], at), at=at, activities_until=decisions.UNTIL)
    return case


def account(scene_body: Body, payee: Party, iban: str, staff: dict[str, Person], at: Any = DECIDED) -> PayeeAccount:
    """An account that two people set, in use two days later."""
    first, second = (people.signed_in(staff[name], at=at) for name in ("paymaster", "other"))
    row = propose_account(payee, iban, "Näme of the Payee & Co", body=scene_body.pk, reason="r", by=first, at=at)
    return confirm_account(row.pk, by=second, at=at)


def payee_of(case: Case) -> Party:
    """Whom the decision pays."""
    one = Decision.objects.get(case=case)
    return Party(one.payee_kind, one.payee_id)


def a_scene(known: Library, round_: Round, number: int = 3) -> Scene:
    """Cases that were granted, followed in the ledger, and whose payees have accounts; the body has one too."""
    staff = decisions.officials(round_.body)
    staff["other"] = people.person(name="other")
    people.role(staff["other"], RoleKind.PAYMASTER, body=round_.body)
    cases = tuple(granted(known, round_, staff, f"Nadia {place}") for place in range(number))
    follow_decisions(lambda: decisions.later(5))
    account(round_.body, Party(PAYER, str(round_.body_id)), PAYERS_IBAN, staff)
    for place, case in enumerate(cases):
        account(round_.body, payee_of(case), IBANS[place % len(IBANS)], staff)
    return Scene(round_, staff, cases)


@contextmanager
def guards_off(*tables: str) -> Iterator[None]:
    """Take the triggers off tables, as somebody could who owns them."""
    checked_at_commit()
    for table in tables:
        run(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    yield
    for table in tables:
        run(f"ALTER TABLE {table} ENABLE TRIGGER ALL")


def gone(case: Case) -> None:
    """Let a case and its application have been destroyed, as their own retention does (applications/retention)."""
    with guards_off("cases_case", "applications_application"):
        Case.objects.filter(pk=case.pk).update(closed_at=F("last_act_at"), destroyed_at=F("last_act_at"))
        Application.objects.filter(pk=int(case.subject_id)).update(
            applicant_number=0, payee_kind="", payee_number=None, beneficiary_kind="", beneficiary_number=None,
            reporter_kind="", reporter_number=None, salt="0" * 64, destroyed_at=LATER,
        )  # fmt: skip


def status(lines: list[PaymentLine], code: str, reason: str = "", version: str = "10") -> bytes:
    """A pain.002 that gives each of these payments a status."""
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{one.end_to_end}</OrgnlEndToEndId><TxSts>{code}</TxSts>{why}</TxInfAndSts>"
        for one in lines
    )
    return _document(
        f"pain.002.001.{version}",
        f"<CstmrPmtStsRpt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-03-15T10:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>x</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>x</OrgnlPmtInfId>{told}</OrgnlPmtInfAndSts></CstmrPmtStsRpt>",
    )


def entry(end_to_end: str, cents: int, *, debit: bool = True, back: str = "", currency: str = "EUR", booked: str = "BOOK") -> str:  # fmt: skip
    """An entry of a statement about one payment."""
    amount = f'<Amt Ccy="{currency}">{cents // 100}.{cents % 100:02d}</Amt>'
    why = f"<RtrInf><Rsn><Cd>{back}</Cd></Rsn></RtrInf>" if back else ""
    side = f"<CdtDbtInd>{'DBIT' if debit else 'CRDT'}</CdtDbtInd>"
    return (
        f"<Ntry>{amount}{side}<Sts><Cd>{booked}</Cd></Sts><BookgDt><Dt>2026-03-15</Dt></BookgDt><BkTxCd/><NtryDtls>"
        f"<TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>{amount}{side}{why}</TxDtls></NtryDtls></Ntry>"
    )


def batch(message: str, cents: int) -> str:
    """An entry of a statement about a whole file, booked as one sum."""
    return (
        f'<Ntry><Amt Ccy="EUR">{cents // 100}.{cents % 100:02d}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>2026-03-15</Dt></BookgDt><BkTxCd/><NtryDtls><Btch><PmtInfId>{message}</PmtInfId></Btch></NtryDtls></Ntry>"
    )


def statement(*entries: str, version: str = "08") -> bytes:
    """A camt.053 with these entries."""
    return _document(
        f"camt.053.001.{version}",
        "<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-03-15T10:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>1</Id>{''.join(entries)}</Stmt></BkToCstmrStmt>",
    )


def _document(schema: str, inside: str) -> bytes:
    return (
        f'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{schema}">{inside}</Document>'.encode()
    )
