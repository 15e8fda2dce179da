"""A scheme for partnerships that no code has ever seen, its round, and organisations that apply together."""

from pathlib import Path
from typing import Any

from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import Application, Financier, Unit
from doorleren.applications.partnerships.commands.add_member import add_member
from doorleren.applications.partnerships.commands.divide_cost import finance_cost, share_cost
from doorleren.applications.partnerships.dividing import Part
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.made import AT, firm_as, signed_in
from tests.people import made as people

SCHEME, ROUND = "samenproef", "zomer"
LEAD, SECOND, THIRD = "90000031", "90000042", "90000053"
FUND = "90000075"
NAMED = {"fund": FUND, "employer": "90000086", "public": "90000108"}

FILE = """
id = "samenproef"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Samenproef leren", en = "Trial scheme for partnerships" }
body = { executes = "Proefbureau" }
[source]
order = { cite = "Staatscourant 2026, 2", weight = "binding" }
[procedure]
kind = "grant_settle"
[[parameter]]
id = "part"
unit = "share"
values = [{ from = 2026-01-01, value = 0.6, source = "order" }]
[[parameter]]
id = "fewest_costs"
unit = "euro"
values = [{ from = 2026-01-01, value = 1000, source = "order" }]
[[parameter]]
id = "largest"
unit = "share"
values = [{ from = 2026-01-01, value = 0.7, source = "order" }]
[[parameter]]
id = "co_financed"
unit = "share"
values = [{ from = 2026-01-01, value = 0.25, source = "order" }]

[[track]]
id = "joint"
applicant = "partnership"
beneficiary = "partnership"
payee = "partnership"
reporter = "training_provider"
[track.amount]
kind = "share"
is = "partnership.eligible_costs * part"
[[track.condition]]
id = "two_firms"
when = "partnership.smes >= 2"
nl = "er doen minstens twee mkb-bedrijven mee"
source = "order"
[[track.condition]]
id = "with_a_union"
when = 'any_of(partnership.parties, {"union"})'
nl = "er doet een vakbond mee"
source = "order"
[[track.condition]]
id = "really_together"
when = "partnership.largest_share <= largest"
nl = "niemand draagt meer dan 70 procent van de kosten"
source = "order"
[[track.condition]]
id = "worth_it"
when = "partnership.eligible_costs >= fewest_costs"
nl = "de kosten zijn minstens 1.000 euro"
source = "order"
[[track.condition]]
id = "pays_itself"
when = "partnership.co_financing_share >= co_financed"
nl = "minstens een kwart betaalt u zelf"
source = "order"
[[track.condition]]
id = "sectors"
when = "partnership.surplus_sector"
nl = "er doet een sector mee waar mensen hun baan kunnen verliezen"
source = "order"

[[round]]
id = "zomer"
opens = 2026-03-01T09:00:00+01:00
closes = 2026-06-30T17:00:00+02:00
ceiling_money = 1000000
source = "order"
"""

FIRM = {"employer.employees": 10, "employer.turnover": 1_000_000_00, "employer.eligible_costs": 600_000_00}


def library(folder: Path) -> Library:
    """Open the library with the scheme in a folder of its own."""
    return applications.library(folder, FILE, SCHEME)


def a_round(known: Library) -> Round:
    """Announce the round and open it."""
    return applications.a_round(known, SCHEME, ROUND, opened=True)


def partner(organisation: Organisation, name: str, kind: RoleKind = RoleKind.LEAD_PARTNER) -> Person:
    """Somebody with a role and a mandate in an organisation."""
    person = people.person(name=name)
    people.mandate(person, organisation)
    people.role(person, kind, organisation=organisation)
    return person


def draft(known: Library, round_: Round, lead: Organisation, person: Person, **given: Any) -> Application:
    """Start a draft of a partnership with this lead partner."""
    told = {"applicant": firm_as(lead), "library": known, "by": signed_in(person), "at": AT} | given
    return start_draft(round_, "joint", **told)


class Lead:
    """Somebody of the lead partner at work on a draft."""

    def __init__(self, known: Library, application: Application, person: Person) -> None:
        self.known, self.application, self.person = known, application, person
        self.by = {"by": signed_in(person), "at": AT}

    def add(self, kvk: str, kind: str = "employer", name: str = "Een bedrijf") -> int:
        """Add a member and give its number."""
        return add_member(self.application.pk, kvk, kind, name=name, library=self.known, **self.by).number

    def tell(self, member: int, told: dict[str, Any]) -> None:
        """Tell facts of a member, or of the application itself (0)."""
        given = [Given(fact, value) for fact, value in told.items()]
        save_answers(self.application.pk, given, member=member, library=self.known, **self.by)

    def share(self, parts: dict[int, int], unit: Unit = Unit.HUNDREDTHS) -> None:
        """Divide the cost over the members."""
        share_cost(self.application.pk, parts, unit, library=self.known, **self.by)

    def finance(self, **parts: int) -> None:
        """Say who pays what, in cents per kind of financier; what always is an organisation is named."""
        told = [
            Part(part, financier=Financier(kind).value, kvk=NAMED.get(kind, ""), name=kind if kind in NAMED else "")
            for kind, part in parts.items()
        ]
        finance_cost(self.application.pk, told, library=self.known, **self.by)

    def whole(self) -> None:
        """Make it complete: three members, one of them a union, and both divisions."""
        for number in (self.add(LEAD), self.add(SECOND)):
            self.tell(number, FIRM)
        self.tell(self.add(THIRD, "union"), {"employer.eligible_costs": 0})
        self.share({1: 6000, 2: 4000, 3: 0})
        self.finance(scheme=720_000_00, own=480_000_00)
        self.tell(0, {"partnership.surplus_sector": True})
