"""The people of the demo: one per role, invented, with test numbers. Plain text, so that the demo provider reads it too.

They may only exist where `server.environment` allows it: never on a server of others without being asked for by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from doorleren.people.models import IN_BODY, RoleKind

ISSUER = "demo"
"""Under which the people of the demo provider are known; its own address has another port each time."""

BODY = ("demo", "Uitvoerder van de demo")
OBJECTION = {"address": "Postbus 1, 9999 ZZ Voorbeeldstad", "objection_url": "https://uitvoerder.example/bezwaar"}
"""Where one objects to a decision of the body of the demo: invented, as all of the demo."""
STARTS_ON = date(2020, 1, 1)
PROVIDER = ("90000018", "Vakschool De Werkplaats (demo)")
"""The training provider of the demo: KvK number and name."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as: the subject at the demo provider, a name, one role, and what the broker would tell."""

    subject: str
    name: str
    role: RoleKind
    bsn: str = ""
    organisation: tuple[str, str] | None = None
    acr: str = "substantial"

    @property
    def official(self) -> bool:
        """Say whether it is an official, who signs in with a second factor."""
        return self.role in IN_BODY

    @property
    def claims(self) -> Mapping[str, object]:
        """Give the claims that a broker would tell of them."""
        told: dict[str, object] = {"name": self.name, "acr": self.acr, "amr": ["mfa"] if self.official else ["pwd"]}
        if self.bsn:
            told["bsn"] = self.bsn
        if self.organisation:
            told["kvk"], told["organisation_name"] = self.organisation
        return told


PEOPLE = (
    DemoPerson("nadia", "Nadia Bakker", RoleKind.PARTICIPANT, bsn="999990019"),
    DemoPerson("tom", "Tom de Wit", RoleKind.CAREER_ADVISER, organisation=("90000029", "Loopbaanpraktijk Wit (demo)")),
    DemoPerson("sanne", "Sanne Visser", RoleKind.PROVIDER, organisation=PROVIDER),
    DemoPerson("emre", "Emre Yılmaz", RoleKind.EMPLOYER, organisation=("90000031", "Installatiebedrijf Draad (demo)")),
    DemoPerson(
        "ilse", "Ilse Hoekstra", RoleKind.LEAD_PARTNER, organisation=("90000042", "Fonds Techniek Noord (demo)")
    ),
    DemoPerson("bram", "Bram Smit", RoleKind.DESK_ADVISER),
    DemoPerson("fatima", "Fatima el Idrissi", RoleKind.ASSESSOR),
    DemoPerson("joost", "Joost Mulder", RoleKind.DECIDER),
    DemoPerson("anouk", "Anouk Jansen", RoleKind.DECIDER),
    DemoPerson("wanda", "Wanda Peters", RoleKind.PAYMASTER),
    DemoPerson("ruben", "Ruben Willems", RoleKind.PAYMASTER),
    DemoPerson("carlo", "Carlo Dijkstra", RoleKind.AUDITOR),
    DemoPerson("mei", "Mei van Dam", RoleKind.POLICY_MAKER),
    DemoPerson("otto", "Otto Brouwer", RoleKind.ADMINISTRATOR),
    DemoPerson("lieke", "Lieke Vermeer", RoleKind.ADMINISTRATOR),
)
