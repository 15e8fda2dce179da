"""What the pages of payments call things, in the language of the page: standings, reasons, what the bank said, postings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from doorleren.payments.penalties import PENALTY
from doorleren.payments.queries import RunStanding
from doorleren.payments.refunds import REFUND
from doorleren.people.models import Body, Organisation, Person
from doorleren.web.officer.asked import number, table
from doorleren.web.provision_words import words_of

PayeeKey = tuple[str, str]
"""The kind and id of a payee."""
Cells = list[list[str | dict[str, Any]]]
"""The rows of a table; a cell is words, or what components/table.html reads."""


def standings() -> dict[RunStanding, tuple[str, str]]:
    """Say how a run stands: words, and the tone of its badge."""
    return {
        "waits": (_("wacht op een collega"), "maybe"), "withdrawn": (_("ingetrokken"), ""),
        "nothing_ordered": (_("vrijgegeven, niets betaald"), "no"), "released": (_("vrijgegeven"), "maybe"),
        "handed_over": (_("bij de bank"), "maybe"), "partly_answered": (_("voor een deel beantwoord"), "maybe"),
        "answered": (_("beantwoord door de bank"), "get"),
    }  # fmt: skip


def reasons() -> dict[str, str]:
    """Say why a case is not paid (payable.Reason)."""
    return {
        "suspended": _("de betaling is opgeschort"),
        "act_forbidden": _("de zaak laat nu geen betaling toe"),
        "nothing_due": _("er is niets meer te betalen"),
        "no_payee": _("geen besluit zegt aan wie wordt betaald"),
        "payee_changed": _("een later besluit noemt iemand anders"),
        "no_account": _("er is nog geen rekening in gebruik"),
        "account_differs": _("de rekening is een andere dan is voorgesteld"),
        "account_altered": _("de rekening is buiten de gewone weg om veranderd"),
        "account_changed": _("de rekening is veranderd"),
        "own_case": _("u hebt in deze zaak beoordeeld of beslist"),
        "waits_elsewhere": _("de zaak staat al op een voorstel dat wacht"),
        "set_off": _("er is een verrekening besloten die nog niet is geboekt"),
        "taken_out": _("u laat deze zaak nu weg"),
    }


def happened(event: str, reason: str) -> tuple[str, str]:
    """Say what became of a payment last: words, and the tone of its badge; with no event it still waits."""
    words = {
        "": (_("wacht op vrijgave"), "maybe"), "ordered": (_("opdracht gegeven"), "maybe"),
        "left_out": (_("niet betaald: %(why)s"), "no"), "confirmed": (_("betaald"), "get"),
        "failed": (_("niet gelukt bij de bank, code %(why)s"), "no"),
        "returned": (_("teruggekomen, code %(why)s"), "no"),
    }  # fmt: skip
    said, tone = words[event]
    return said % {"why": reasons().get(reason, reason)}, tone


def said_by_bank() -> dict[str, str]:
    """Name what an entry of the bank says (models.bank.SAYS)."""
    return {
        "booked": _("betaald"), "rejected": _("geweigerd"), "returned": _("teruggekomen"), "pending": _("onderweg"),
        "received": _("ontvangen"), "other": _("iets anders"),
    }  # fmt: skip


def outcomes() -> dict[str, tuple[str, str]]:
    """Say what we made of an entry of the bank: words, and the tone of its badge."""
    return {
        "matched": (_("geboekt"), "get"), "already": (_("was al geboekt"), ""), "noted": (_("gezien, nog niets te boeken"), ""),
        "received": (_("geboekt op een vordering of lening"), "get"),
        "unknown": (_("geen betaling van ons"), "no"), "differs": (_("een ander bedrag, of niet te begrijpen"), "no"),
        "contradicts": (_("in strijd met wat wij al weten"), "no"),
        "act_refused": (_("geboekt, maar de zaak laat de betaling niet toe"), "no"),
    }  # fmt: skip


def postings(procedure: str) -> dict[str, str]:
    """Name the events of the ledger for a case of a procedure. One that is not here is shown by its own name."""
    words = words_of(procedure)
    return {
        "set_ceiling": _("plafond gezet"), "reserve": _("gereserveerd"), "release_reservation": _("reservering vrijgevallen"),
        "grant": words["granted"], "grant_partly": _("gedeeltelijk %(granted)s") % words,
        "grant_above_ceiling": _("%(granted)s boven het plafond") % words, "amend_up": _("verhoogd"), "amend_down": _("verlaagd"),
        "grant_advance": _("%(advance)s toegezegd") % words, "settle": words["settled"], "settle_anew": _("opnieuw %(settled)s") % words,
        "lend": _("uitgeleend"), "lend_advanced": _("voorschot geboekt als lening"),
        "charge_loan_interest": _("rente op de lening"), "repay": _("afgelost"), "remit": _("van de lening kwijtgescholden"),
        "order_payment": _("opdracht tot betalen"), "confirm_payment": _("betaald door de bank"),
        "fail_payment": _("niet gelukt bij de bank"), "return_payment": _("teruggekomen"),
        "owe_again": _("opnieuw te betalen gezet"), "recover": _("teruggevorderd"), "charge_interest": _("rente berekend"),
        "receive": _("ontvangen"), "set_off": _("verrekend"), "write_off": _("afgeboekt"),
        "charge_costs": _("kosten van een aanmaning"), "pay_by_set_off": _("verrekend met een vordering in een andere zaak"),
        "receive_by_set_off": _("verrekend met geld uit een andere zaak"), "owe_penalty": _("dwangsom verschuldigd"),
        "refund": _("te veel ontvangen, wordt terugbetaald"), "owe_refund": _("terug te betalen"),
        "repay_again": _("telt weer als afgelost"), "remit_again": _("telt weer als kwijtgescholden"), "drop_loan_interest": _("rente op de lening vervallen"),
        "receive_undue": _("ontvangen vóór de terugvordering"), "let_keep": _("wordt niet meer teruggevraagd"),
        "lift_recovery": _("terugvordering vervallen na bezwaar"), "lift_interest": _("rente vervallen na bezwaar"),
        "lift_costs": _("kosten vervallen na bezwaar"), "lift_write_off": _("afboeking vervallen na bezwaar"), "restore": _("%(granting)s teruggekomen na bezwaar") % words, "pay_outside": _("buiten een betaalrun betaald"),
    }  # fmt: skip


def paid_for() -> dict[str, str]:
    """Say what a payment is of, where that is not the grant."""
    return {
        PENALTY: _("dwangsom voor te laat beslissen"),
        REFUND: _("terugbetaling van wat te veel aan ons is betaald"),
    }


def done_words(done: str) -> str:
    """Say what was just done; nothing for anything else."""
    return {
        "proposed": _("De betaalrun is voorgesteld. Een collega moet hem vrijgeven."),
        "released": _("De betaalrun is vrijgegeven. Geef nu het bestand aan de bank."),
        "withdrawn": _("De betaalrun is ingetrokken. De zaken kunnen opnieuw worden voorgesteld."),
        "taken_out": _("De gekozen zaken zijn eruit gehaald. Dit is de nieuwe betaalrun, met de rest."),
        "handed": _("Het bestand is aan de bank gegeven."),
        "again": _("Deze betaling staat opnieuw te betalen."),
        "practised": _("De verzonnen bank heeft geantwoord: een statusbericht en een afschrift. Ze zijn ingelezen."),
        "imported": _("Het bestand van de bank is ingelezen."),
        "account_proposed": _("De rekening is voorgesteld. Een collega moet haar bevestigen."),
        "account_confirmed": _("De rekening is bevestigd. Na 48 uur kan erop worden betaald."),
        "account_withdrawn": _("Het voorstel is ingetrokken."),
        "account_stopped": _("De rekening is gestopt. De ontvanger krijgt bericht, op de weg die wij al kenden."),
        "closed": _("Dat is vastgelegd."),
        "paid_back": _("Het bedrag staat klaar om terug te betalen. Het kan nu mee op een betaalrun."),
    }.get(done, "")


def names_of(payees: Iterable[PayeeKey]) -> dict[PayeeKey, str]:
    """Name payees: people and organisations as they are known, a body by its name, others by kind and number."""
    asked = set(payees)
    found = {key: f"{_kinds().get(key[0], key[0])} {key[1]}" for key in asked}
    tables: Mapping[str, Any] = {"person": Person, "organisation": Organisation, "body": Body}
    for kind, model in tables.items():
        ids = {id_: key for key in asked if key[0] == kind and (id_ := number(key[1])) is not None}
        for id_, name in model._default_manager.filter(pk__in=ids).values_list("pk", "name"):
            if name:
                found[ids[id_]] = name
    return found


def amounts(
    name: str, caption: str, columns: Sequence[str], rows: Iterable[Sequence[str | Mapping[str, Any]]], *,
    at: Collection[int],
) -> dict[str, Any]:  # fmt: skip
    """Describe a table of components/table.html of which the columns at these places are amounts."""
    made = table(name, caption, columns, rows)
    for place in at:
        made["columns"][place]["numeric"] = True
        for row in made["rows"]:
            row["cells"][place]["numeric"] = True
    return made


def ticked(
    told: dict[str, Any], name: str, values: Sequence[str], words: Sequence[str], chosen: Collection[str]
) -> dict[str, Any]:
    """Give a table of which each row can be ticked, for officer/payment_table.html; "" is a row without a box."""
    for row, value, said in zip(told["rows"], values, words, strict=True):
        row["tick"] = {"name": name, "value": value, "words": said, "chosen": value in chosen} if value else None
    return told


def once(cases: Iterable[int | None]) -> list[str]:
    """Give the values of the boxes of rows, for `ticked`: one box for each case, none where the row has none."""
    found: list[str] = []
    for case in cases:
        found.append("" if case is None or str(case) in found else str(case))
    return found


def _kinds() -> dict[str, str]:
    return {"person": _("persoon"), "organisation": _("organisatie"), "body": _("instantie")}
