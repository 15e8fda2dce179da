"""The chart of accounts: every kind of account of the ledger, in one table, and which side means what.

Two halves, which each add up to zero in every transaction. `commitments`: each cent of a ceiling stands in one place,
from available to settled. `money`: what is owed, what the bank paid and got, and what is to come back. Debit is above
zero, credit below; an account stands on its own `side`, so that its amount reads as a number of 0 or more.
Read by the events, the sums and the check; the database knows the kinds by `KINDS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from doorleren.core.texts import Texts

Half = Literal["commitments", "money"]
Side = Literal[1, -1]

DEBIT: Side = 1
CREDIT: Side = -1


@dataclass(frozen=True, slots=True)
class AccountKind:
    """One kind of account: the half it is in, the side it stands on, and its name in the field's own words."""

    code: str
    half: Half
    side: Side
    texts: Texts


def _kind(code: str, half: Half, side: Side, nl: str, en: str) -> tuple[str, AccountKind]:
    return code, AccountKind(code, half, side, {"nl": nl, "en": en})


KINDS: Mapping[str, AccountKind] = MappingProxyType(dict((
    _kind("ceiling", "commitments", CREDIT, "subsidieplafond", "ceiling"),
    _kind("above_ceiling", "commitments", CREDIT, "boven het plafond door bezwaar", "above the ceiling by objection"),
    _kind("available", "commitments", DEBIT, "beschikbaar", "available"),
    _kind("reserved", "commitments", DEBIT, "gereserveerd", "reserved"),
    _kind("obligation", "commitments", DEBIT, "verplichting", "obligation"),
    _kind("settled", "commitments", DEBIT, "vastgesteld", "settled"),
    _kind("released", "commitments", DEBIT, "vrijgevallen", "released"),
    _kind("expense", "money", DEBIT, "subsidielasten", "grant expense"),
    _kind("advance", "money", DEBIT, "voorschot", "advance"),
    _kind("payable", "money", CREDIT, "te betalen", "payable"),
    _kind("in_transit", "money", CREDIT, "betaling onderweg", "in transit"),
    _kind("paid", "money", CREDIT, "uitbetaald", "paid"),
    _kind("received", "money", DEBIT, "ontvangen", "received"),
    _kind("suspense", "money", CREDIT, "tussenrekening retouren", "suspense for returns"),
    _kind("undue", "money", DEBIT, "onverschuldigd betaald", "unduly paid"),
    _kind("kept", "money", DEBIT, "onverschuldigd betaald en niet teruggevraagd", "unduly paid and not asked back"),
    _kind("recoverable", "money", DEBIT, "vordering", "recoverable"),
    _kind("interest", "money", CREDIT, "rente", "interest"),
    _kind("costs", "money", CREDIT, "kosten van aanmaningen", "reminder fees"),
    _kind("set_off_paid", "money", CREDIT, "verrekend met een vordering elders", "set off against a claim elsewhere"),
    _kind("set_off_received", "money", DEBIT, "ontvangen door verrekening elders", "received by set-off elsewhere"),
    _kind("penalty", "money", DEBIT, "dwangsom wegens te laat beslissen", "penalty for a late decision"),
    _kind("written_off", "money", DEBIT, "buiten invordering gesteld", "written off"),
    _kind("loan", "money", DEBIT, "uitstaande lening", "outstanding loan"),
    _kind("repaid", "money", DEBIT, "afgelost op een lening", "repaid on a loan"),
    _kind("remitted", "money", DEBIT, "kwijtgescholden van een lening", "remitted of a loan"),
    _kind("loan_interest", "money", CREDIT, "rente op een lening", "interest on a loan"),
)))  # fmt: skip
"""All kinds, by their name in code."""

GRANTED = ("obligation", "settled", "released")
"""All that was ever granted stands on one of these: not settled yet, settled, or no longer needed."""

USED = ("reserved", *GRANTED)
"""What a ceiling was used for."""
