"""The invented life that the examples of letters are about: on which day each is written, and what it says on that day.

Somebody applies on 5 January 2026, gets a part on 2 March, objects on 16 March and waits too long for the answer; ends the training later,
gets less in the end, and pays back. Only what differs from the examples of the variables stands here, in both languages.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from doorleren.letters.variables import Reason, Sum


class Said(NamedTuple):
    """A value in both languages."""

    nl: Any
    en: Any


def _rows(*rows: tuple[str, str, int]) -> Said:
    """Write a calculation; the last row is what it comes to."""
    last = len(rows) - 1
    dutch = tuple(Sum(nl, cents, place == last) for place, (nl, _, cents) in enumerate(rows))
    return Said(dutch, tuple(Sum(en, cents, place == last) for place, (_, en, cents) in enumerate(rows)))


DAYS: Mapping[str, date] = {
    "received": date(2026, 1, 6), "asked_to_complete": date(2026, 1, 12), "forwarded": date(2026, 1, 12),
    "intent": date(2026, 1, 19), "correction_extended": date(2026, 1, 26), "correction_made": date(2026, 2, 2),
    "correction_in_part": date(2026, 2, 2), "correction_refused": date(2026, 2, 2), "correction_completed": date(2026, 2, 2),
    "left_out": date(2026, 2, 9), "correction_objected": date(2026, 2, 16), "extended": date(2026, 2, 23),
    "granted": date(2026, 3, 2), "partly_granted": date(2026, 3, 2), "refused": date(2026, 3, 2),
    "account_changed": date(2026, 3, 2), "account_stopped": date(2026, 3, 3), "slip_corrected": date(2026, 3, 9),
    "payment_suspended": date(2026, 3, 16), "objection_received": date(2026, 3, 17),
    "objection_repair_asked": date(2026, 3, 18), "hearing": date(2026, 3, 24), "correction_upheld": date(2026, 3, 30),
    "correction_upheld_in_part": date(2026, 3, 30), "correction_rejected": date(2026, 3, 30),
    "correction_inadmissible": date(2026, 3, 30), "correction_more_time": date(2026, 4, 13),
    "payment_released": date(2026, 4, 20), "objection_extended": date(2026, 5, 11), "amended": date(2026, 6, 1),
    "budget_reservation": date(2026, 6, 1), "answered": date(2026, 6, 8), "objection_upheld": date(2026, 8, 12),
    "objection_partly_upheld": date(2026, 8, 12), "objection_rejected": date(2026, 8, 12),
    "objection_inadmissible": date(2026, 8, 12), "penalty_decided": date(2026, 8, 13), "loan_plan": date(2027, 1, 4),
    "claim_reminded": date(2027, 2, 8), "proof_asked": date(2027, 3, 8), "loan_reminded": date(2027, 3, 8),
    "withdrawn_by_authority": date(2027, 4, 5), "settled_as_granted": date(2027, 5, 3), "settled_lower": date(2027, 5, 3),
    "settled_at_nil": date(2027, 5, 3), "recovery_decided": date(2027, 5, 10), "deferred": date(2027, 5, 31),
    "loan_remitted": date(2027, 6, 7), "reminded": date(2027, 6, 28), "debt_objection_upheld": date(2027, 7, 5),
    "waived": date(2027, 7, 19), "set_off": date(2027, 7, 19), "interest_fixed": date(2027, 8, 2),
    "settled_as_granted.loan": date(2028, 1, 3),
}  # fmt: skip
"""On which day each letter is written, by its kind, or by its name where that of a procedure comes later."""
_OLD_ENOUGH = (
    Reason("de deelnemer is 18 jaar of ouder", True, "geboren op 1 april 1985", "Voorbeeldregeling, art. 5"),
    Reason("the participant is 18 or older", True, "born on 1 April 1985", "Voorbeeldregeling, art. 5"),
)
_MET = Said(
    (_OLD_ENOUGH[0], Reason("de opleiding begint binnen 3 maanden", True, "de opleiding begint op 1 april 2026")),
    (_OLD_ENOUGH[1], Reason("the training begins within 3 months", True, "the training begins on 1 April 2026")),
)
_NOT_MET = Said(
    (_OLD_ENOUGH[0], Reason("de opleiding begint binnen 3 maanden", False, "de opleiding begint op 1 september 2026")),
    (_OLD_ENOUGH[1], Reason("the training begins within 3 months", False, "the training begins on 1 September 2026")),
)
_NOT_DONE = Said(
    (_OLD_ENOUGH[0], Reason("u volgt de opleiding tot het einde", False, "u volgde 6 van de 7 lesdagen")),
    (_OLD_ENOUGH[1], Reason("you follow the training to the end", False, "you followed 6 of the 7 days of lessons")),
)
_TOO_LATE = Said("de opleiding begint niet binnen 3 maanden", "the training does not begin within 3 months")
_LESS_DONE = Said("u volgde niet alle lesdagen", "you did not follow all days of lessons")
_PRICE = Said(
    "de prijs van uw opleiding is lager dan u vroeg: € 699,95", "the price of your training is lower than you asked: €699.95"
)  # fmt: skip
_SETTLED = _rows(("toegekend", "granted", 65_000), ("u krijgt", "you receive", 60_000))
_NIL = _rows(("toegekend", "granted", 65_000), ("u krijgt", "you receive", 0))
_LATER: dict[str, Any] = {
    "granted_cents": 65_000, "advance_cents": 65_000, "activities_until": date(2027, 2, 28),
    "calculation": _rows(("eerder toegekend", "granted before", 69_995), ("u krijgt", "you receive", 65_000)),
    "advance_parts": Said((Sum("deel 1, vanaf 01-07-2026", 65_000), Sum("het voorschot", 65_000, True)),
                          (Sum("part 1, from 01-07-2026", 65_000), Sum("the advance", 65_000, True))),
}  # fmt: skip
_CORRECTING: dict[str, Any] = {"question": Said("mijn e-mailadres klopt niet", "my e-mail address is wrong")}
_NO_PROOF: dict[str, Any] = {
    "grounds": Said("u liet ons niet zien dat het anders is", "you did not show us that it is otherwise")
}
_DEBT_SAID = (
    "ons besluit van 10 mei 2027 over geld dat u moet terugbetalen",
    "our decision of 10 May 2027 on money that you must pay back",
)

ATTACHED = frozenset({
    "granted", "partly_granted", "refused", "hearing", "objection_upheld", "objection_partly_upheld", "objection_rejected",
    "settled_as_granted", "settled_lower", "settled_at_nil", "withdrawn_by_authority",
})  # fmt: skip
"""The kinds that documents go along with (decisions/attachments.py)."""

OWN: Mapping[str, Mapping[str, Any]] = {
    "received": {"respond_until": date(2026, 3, 2)},
    "forwarded": {"grounds": Said("over deze regeling beslist een andere instantie", "another authority decides on this scheme")},
    "intent": {"respond_until": date(2026, 2, 2), "grounds": _TOO_LATE, "reasons": _NOT_MET, "calculation": ()},
    "extended": {
        "new_until": date(2026, 4, 13),
        "grounds": Said("wij wachten nog op informatie van de opleider", "we still wait for information from the provider"),
    },
    "granted": {"reasons": _MET},
    "partly_granted": {"reasons": _MET, "grounds": _PRICE},
    "refused": {"reasons": _NOT_MET, "grounds": _TOO_LATE},
    "slip_corrected": {"grounds": Said("uw achternaam stond er met een fout in", "your surname was misspelt in it")},
    "payment_released": {"grounds": Said("u liet zien dat u de opleiding volgt", "you showed that you follow the training")},
    "objection_received": {"respond_until": date(2026, 5, 26)},
    "objection_repair_asked": {
        "respond_until": date(2026, 4, 1),
        "question": Said("schrijf op waarom u het niet eens bent met ons besluit", "write why you disagree with our decision"),
    },
    "objection_extended": {
        "new_until": date(2026, 7, 7),
        "grounds": Said("wij willen eerst met uw opleider praten", "we want to talk to your provider first"),
    },
    "amended": _LATER | {
        "grounds": Said("u vroeg ons om later klaar te zijn, en de prijs is lager geworden",
                        "you asked us to end later, and the price became lower"),
    },
    "budget_reservation": _LATER | {
        "grounds": Said("het parlement stelde minder geld vast dan wij dachten", "parliament adopted less money than we expected"),
    },
    "answered": {
        "question": Said("u kunt het bewijs van deelname sturen als de opleiding klaar is",
                         "you can send the proof of participation when the training has ended"),
    },
    "objection_upheld": {
        "reasons": _MET, "grounds": Said("de factuur laat zien dat de opleiding € 1.000,00 kost", "the invoice shows that the training costs €1,000.00"),
        "calculation": _rows(("prijs van de opleiding", "price of the training", 100_000), ("u krijgt", "you receive", 100_000)),
    },
    "objection_partly_upheld": {
        "reasons": _MET, "grounds": Said("de factuur laat zien dat de opleiding € 850,00 kost", "the invoice shows that the training costs €850.00"),
        "calculation": _rows(("prijs van de opleiding", "price of the training", 85_000), ("u krijgt", "you receive", 85_000)),
    },
    "objection_rejected": {"reasons": _MET, "grounds": Said("ook op de factuur staat € 699,95", "the invoice says €699.95 too")},
    "objection_inadmissible": {
        "reasons": (), "calculation": (),
        "grounds": Said("u schreef niet waarom u het niet eens bent met ons besluit, ook niet nadat wij het vroegen",
                        "you did not write why you disagree with our decision, also not after we asked"),
    },
    "penalty_decided": {
        "pay_by": date(2026, 9, 24),
        "calculation": _rows(("14 dagen van 23 euro", "14 days at 23 euros", 32_200), ("6 dagen van 35 euro", "6 days at 35 euros", 21_000),
                             ("u krijgt", "you receive", 53_200)),
    },
    "loan_plan": {
        "calculation": _rows(("u leende", "you borrowed", 69_995), ("rente", "interest", 978), ("u betaalt", "you pay", 70_973)),
    },
    "loan_reminded": {"open_cents": 5_915, "pay_by": date(2027, 3, 22)},
    "loan_remitted": {"left_cents": 21_046},
    "claim_reminded": {"respond_until": date(2027, 2, 22)},
    "proof_asked": {
        "respond_until": date(2027, 3, 22), "missing": Said(("het bewijs van deelname",), ("the proof of participation",)),
    },
    "withdrawn_by_authority": {
        "grounds": Said("u volgde de opleiding niet", "you did not follow the training"),
        "weighing": Said("u liet ons niet weten waarom", "you did not tell us why"), "calculation": _NIL,
    },
    "settled_as_granted": {"reasons": _MET, "settled_cents": 65_000, "pay_by": date(2027, 6, 14),
                           "calculation": _rows(("toegekend", "granted", 65_000), ("u krijgt", "you receive", 65_000))},
    "settled_as_granted.loan": {"settled_cents": 69_995},
    "settled_lower": {"pay_by": date(2027, 6, 14), "reasons": _NOT_DONE, "grounds": _LESS_DONE, "calculation": _SETTLED},
    "settled_at_nil": {"reasons": _NOT_DONE, "grounds": _LESS_DONE, "settled_cents": 0, "calculation": _NIL},
    "recovery_decided": {
        "grounds": _LESS_DONE, "pay_by": date(2027, 6, 21),
        "calculation": _rows(("betaald", "paid", 69_995), ("daarvan mag u houden", "of which you may keep", 60_000),
                             ("u betaalt terug", "you pay back", 9_995)),
    },
    "deferred": {
        "calculation": _rows(("deel 1, uiterlijk 01-07-2027", "part 1, by 01-07-2027", 4_998),
                             ("deel 2, uiterlijk 01-08-2027", "part 2, by 01-08-2027", 4_997), ("samen", "together", 9_995)),
    },
    "reminded": {"recovered_cents": 4_998, "open_cents": 5_798, "pay_by": date(2027, 7, 12)},
    "debt_objection_upheld": {
        "this_objection": Said("uw bezwaar van 17 mei 2027", "your objection of 17 May 2027"), "decision": Said(*_DEBT_SAID),
        "grounds": Said("uw opleider laat weten dat u alle lesdagen volgde", "your provider tells that you followed all days of lessons"),
        "calculation": _rows(("teruggevorderd", "recovered", 9_995), ("dit vervalt", "this falls away", 9_995),
                             ("u betaalt terug", "you pay back", 0)),
    },
    "waived": {"recovered_cents": 5_000, "open_cents": 4_995},
    "set_off": {"paid_cents": 20_000, "open_cents": 4_995},
    "interest_fixed": {
        "pay_by": date(2027, 9, 13),
        "calculation": _rows(("wettelijke rente over € 49,98, 42 dagen", "legal interest over €49.98, 42 days", 23),
                             ("u betaalt", "you pay", 23)),
    },
    "correction_extended": _CORRECTING | {
        "new_until": date(2026, 4, 7), "grounds": Said("wij zoeken het nog uit", "we are still looking into it"),
    },
    "correction_made": _CORRECTING, "correction_completed": _CORRECTING, "correction_in_part": _CORRECTING | _NO_PROOF,
    "correction_refused": _CORRECTING | _NO_PROOF, "correction_objected": _CORRECTING | {"new_until": date(2026, 4, 28)},
    "correction_more_time": _CORRECTING | {
        "new_until": date(2026, 6, 9), "grounds": Said("wij willen nog met u praten", "we still want to talk to you"),
    },
    "correction_upheld": _CORRECTING | {"grounds": Said("u liet zien dat het adres anders is", "you showed that the address is another one")},
    "correction_upheld_in_part": _CORRECTING | _NO_PROOF, "correction_rejected": _CORRECTING | _NO_PROOF,
    "correction_inadmissible": _CORRECTING | {"grounds": Said("uw bezwaar kwam na de laatste dag", "your objection came after the last day")},
}  # fmt: skip
"""By kind, or by name for one procedure: what is other than the example of the variable."""

ENGLISH: Mapping[str, Any] = {
    "plan_says": "the same amount each month, on the last day of the month",
    "rate": "2.57%",
    "service": "Example help: guidance to other work",
    "parts": (Sum("part 1, by 21-06-2027", 4_998), Sum("part 2, by 21-07-2027", 4_997)),
    "reasons": _NOT_MET.en,
    "calculation": (Sum("price of the training", 69_995), Sum("at most", 100_000), Sum("you receive", 69_995, True)),
    "missing": ("the proof of enrolment",),
    "attachments": ("Annex 1: pieces that the decision rests on",),
    "obligations": ("you follow the training", "you keep the proof of participation"),
    "heard_at": "Tuesday 7 April 2026 at 10:00",
    "grounds": "it seems that the training was not followed",
    "question": "Did you follow the training?",
    "weighing": "we took into account that you followed a part of the training",
    "penalty_days": "20 days",
    "late_with": "your objection of 16 March 2026 to our decision of 2 March 2026 to grant a part of your application",
    "this_objection": "your objection of 16 March 2026",
    "decision": "our decision of 2 March 2026 to grant a part of your application",
    "objection_where": ("in My applications", "by letter to the organisation above"),
    "objected_on": "16 March 2026",
    "court": "the court in the place where you live",
    "advance_parts": (Sum("part 1, from 01-04-2026", 69_995), Sum("the advance", 69_995, True)),
    "financing": (Sum("this grant", 69_995), Sum("training fund", 30_005), Sum("the cost", 100_000, True)),
}
"""The examples of variables in English, where they are words."""
