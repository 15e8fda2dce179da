"""What the bank of a simulation writes: pain.002 with a status per payment, camt.053 with what was booked and came back. Pure."""

from collections.abc import Iterable

from doorleren.simulation.outside import Payment, Receipt

_STATUS = {"paid": "ACSC", "returned": "ACSC", "rejected": "RJCT", "ordered": "PDNG"}


def status(payments: Iterable[Payment]) -> bytes:
    """Write a pain.002 that gives each payment its status."""
    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{one.id}</OrgnlEndToEndId><TxSts>{_STATUS[one.state]}</TxSts></TxInfAndSts>"
        for one in payments
    )
    return _document(
        "pain.002.001.10",
        "<CstmrPmtStsRpt><GrpHdr><MsgId>1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>x</OrgnlMsgId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>x</OrgnlPmtInfId>{told}</OrgnlPmtInfAndSts></CstmrPmtStsRpt>",
    )


def statement(payments: Iterable[Payment], day: str, receipts: Iterable[Receipt] = ()) -> bytes:
    """Write a camt.053 of a day: a debit for what was paid, a credit with a reason for what came back, and what was paid in."""
    entries = "".join(_entry(one, day, back=back) for one in payments for back in _sides(one.state))
    entries += "".join(_received(one, day) for one in receipts)
    return _document(
        "camt.053.001.08",
        f"<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>{entries}</Stmt></BkToCstmrStmt>",
    )


def _sides(state: str) -> tuple[bool, ...]:
    return {"paid": (False,), "returned": (False, True)}.get(state, ())


def _entry(one: Payment, day: str, *, back: bool) -> str:
    amount = f'<Amt Ccy="EUR">{one.cents // 100}.{one.cents % 100:02d}</Amt>'
    side = f"<CdtDbtInd>{'CRDT' if back else 'DBIT'}</CdtDbtInd>"
    why = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" if back else ""
    return (
        f"<Ntry>{amount}{side}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><BkTxCd/><NtryDtls>"
        f"<TxDtls><Refs><EndToEndId>{one.id}</EndToEndId></Refs>{amount}{side}{why}</TxDtls></NtryDtls></Ntry>"
    )


def _received(one: Receipt, day: str) -> str:
    amount = f'<Amt Ccy="EUR">{one.cents // 100}.{one.cents % 100:02d}</Amt>'
    return (
        f"<Ntry>{amount}<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><BkTxCd/>"
        f"<NtryDtls><TxDtls><Refs><AcctSvcrRef>{one.id}</AcctSvcrRef></Refs>{amount}<CdtDbtInd>CRDT</CdtDbtInd>"
        f"<RmtInf><Ustrd>terug {one.names}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def _document(schema: str, inside: str) -> bytes:
    return (
        f'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{schema}">{inside}</Document>'.encode()
    )
