"""What a file of the bank says of payments: pain.002 (status per line) and camt.053 (statement of an account). Pure.

Field names as in ISO 20022; the versions of both that banks use differ in nothing that is read here. Names, accounts and
remittance texts are passed over; of what came in only the reference of a case is read from them.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from doorleren.cases.references import ALPHABET, NotAReference, read_reference
from doorleren.core.money import NotExact, scaled
from doorleren.payments.bank_xml import Element, NotReadable, read_xml

Says = Literal["booked", "rejected", "returned", "pending", "received", "other"]

REJECTED = ("RJCT", "CANC")
BOOKED = ("ACSC", "ACCC")
"""Settlement was completed, at our bank or at the payee's."""
LONGEST_ID = 35
_OURS = re.compile(r"[0-9a-fA-F]{32}")
"""How the id of a payment of ours looks; money that comes in with one is about that payment."""
_WRITTEN = re.compile(rf"(?<![A-Z0-9])[{ALPHABET}]{{3}}[ .–-]?[{ALPHABET}]{{4}}(?![A-Z0-9])")
_NAMESPACE = re.compile(r":(pain\.002|camt\.053)\.001\.\d\d$")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the bank says. `batch`: the id of a whole batch that it is about, where it names no payment.

    `cents` None: no amount in euros is given. `code`: status or reason as the bank gives it. received: money came in;
    `reference` is that of the one case that its text names, and `end_to_end` what the bank calls the booking.
    """

    says: Says
    end_to_end: str
    cents: int | None = None
    day: date | None = None
    code: str = ""
    batch: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A file of the bank."""

    kind: str
    said: tuple[Said, ...]


def read_message(content: bytes) -> Message:
    """Read a file. Raises NotReadable, which says what is wrong and what is allowed."""
    root, namespace = read_xml(content)
    found = _NAMESPACE.search(namespace)
    if root.name != "Document" or found is None:
        given = namespace[-60:] or repr(root.name)
        raise NotReadable(
            f"gegeven is {given}, toegestaan zijn pain.002.001 en camt.053.001",
            f"given is {given}, allowed are pain.002.001 and camt.053.001",
        )
    kind = found[1]
    return Message(kind, tuple(_statuses(root) if kind == "pain.002" else _statements(root)))


def _statuses(root: Element) -> Iterator[Said]:
    """Give the status of each payment; where only the batch or the whole file has one, that."""
    for report in root.all("CstmrPmtStsRpt"):
        group = report.first("OrgnlGrpInfAndSts/OrgnlMsgId")
        batches = report.all("OrgnlPmtInfAndSts")
        if not any(one.all("TxInfAndSts") or one.all("PmtInfSts") for one in batches):
            yield _status("", group, report.first("OrgnlGrpInfAndSts/GrpSts"), _reason(report, "OrgnlGrpInfAndSts/"))
        for batch in batches:
            payments = batch.all("TxInfAndSts")
            if not payments and batch.all("PmtInfSts"):
                yield _status("", batch.first("OrgnlPmtInfId"), batch.first("PmtInfSts"), _reason(batch))
            for one in payments:
                yield _status(one.first("OrgnlEndToEndId"), "", one.first("TxSts"), _reason(one))


def _status(end_to_end: str, batch: str, status: str, reason: str) -> Said:
    says: Says = "rejected" if status in REJECTED else "booked" if status in BOOKED else "pending"
    return Said(says, _id(end_to_end), None, None, (reason or status)[:10], _id(batch))


def _reason(element: Element, before: str = "") -> str:
    return element.first(f"{before}StsRsnInf/Rsn/Cd", f"{before}StsRsnInf/Rsn/Prtry")


def _statements(root: Element) -> Iterator[Said]:
    for statement in root.all("BkToCstmrStmt/Stmt"):
        for entry in statement.all("Ntry"):
            yield from _entry(entry)


def _entry(entry: Element) -> Iterator[Said]:
    """Give what an entry says: of each payment in it, or of the batch that was booked as one."""
    day = _day(entry.first("BookgDt/Dt", "BookgDt/DtTm"))
    booked = entry.first("Sts/Cd", "Sts") == "BOOK"
    details = entry.all("NtryDtls/TxDtls")
    if not details:
        batch = entry.first("NtryDtls/Btch/PmtInfId", "NtryDtls/Btch/MsgId")
        says: Says = "pending" if not booked else "booked" if _debit(entry) and batch else "other"
        yield Said(says, "", _cents(entry, "Amt"), day, _code(entry), _id(batch))
        return
    for one in details:
        cents = _cents(one, "AmtDtls/TxAmt/Amt", "Amt")
        if cents is None and len(details) == 1:
            cents = _cents(entry, "Amt")
        back = bool(one.all("RtrInf")) or entry.first("RvslInd") == "true"
        debit = _debit(one if one.all("CdtDbtInd") else entry)
        says = (
            "pending"
            if not booked
            else "returned"
            if back and not debit
            else "booked"
            if debit and not back
            else "received"
            if not debit and not _OURS.fullmatch(one.first("Refs/EndToEndId"))
            else "other"
        )
        batch = "" if one.all("Refs/EndToEndId") else one.first("Refs/PmtInfId")
        code = one.first("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry")[:10] or _code(entry)
        if says == "received":
            booking = one.first("Refs/AcctSvcrRef") or (entry.first("AcctSvcrRef") if len(details) == 1 else "")
            yield Said(says, _id(booking), cents, day, code, reference=_reference(one))
            continue
        yield Said(says, _id(one.first("Refs/EndToEndId")), cents, day, code, _id(batch))


def _reference(one: Element) -> str:
    """Give the reference of a case that the remittance text names; empty where it names none, or more than one."""
    texts = [text.text for path in ("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref") for text in one.all(path)]
    found = set()
    for given in _WRITTEN.findall(" ".join(texts).upper()):
        with suppress(NotAReference):
            found.add(read_reference(given))
    return found.pop() if len(found) == 1 else ""


def _debit(element: Element) -> bool:
    return element.first("CdtDbtInd") == "DBIT"


def _code(entry: Element) -> str:
    return entry.first("BkTxCd/Domn/Fmly/SubFmlyCd", "BkTxCd/Prtry/Cd")[:10]


def _cents(element: Element, *paths: str) -> int | None:
    """Give an amount in euros as cents; None where there is none, or in another currency. Raises NotReadable."""
    for path in paths:
        for one in element.all(path):
            if one.told.get("Ccy") != "EUR":
                return None
            try:
                return scaled(one.text, 2)
            except NotExact as error:
                raise NotReadable(
                    f"een bedrag is {one.text[:20]!r}, toegestaan is een getal met ten hoogste 2 decimalen",
                    f"an amount is {one.text[:20]!r}, allowed is {error}",
                ) from error
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError as error:
        raise NotReadable(
            f"een dag is {text[:20]!r}, toegestaan is bijvoorbeeld 2026-03-02",
            f"a day is {text[:20]!r}, allowed is such as 2026-03-02",
        ) from error


def _id(text: str) -> str:
    return text if len(text) <= LONGEST_ID and text.isprintable() else ""
