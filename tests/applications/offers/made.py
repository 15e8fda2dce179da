"""A scheme with offers that no code has ever seen, its round, a provider with activities, and somebody who applies."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import Application
from doorleren.people.models import Organisation, Person, RoleKind
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition
from doorleren.register.models import Activity, AdmissionDecision, Provider
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.made import AT, TODAY, firm_as, oneself, signed_in
from tests.people import made as people

SCHEME, ROUND = "aanbodproef", "voorjaar"
KVK, OTHER_KVK = "90000031", "90000042"
SCHOOL = ProviderEntry(KVK, "Vakschool Oost", kvk=KVK, recognitions=(Recognition("ocw", "BRIN 01AA"),))
SHORT = Entry(
    KVK, "kort", "Rekenen voor de baan", prices=(PricePart("tuition", 200_00),), study_hours=20, duration_months=Decimal(1),
    delivery="online", guidance=True,
)  # fmt: skip
DEAR = replace(SHORT, code="duur", title="Rekenen met een meester", prices=(PricePart("tuition", 450_75),))
LONG = replace(SHORT, code="lang", title="Een heel vak", study_hours=400, duration_months=Decimal(6))

FILE = """
id = "aanbodproef"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Aanbodproef leren", en = "Trial scheme for offers" }
body = { executes = "Proefbureau" }
[source]
order = { cite = "Staatscourant 2026, 3", weight = "binding" }
[procedure]
kind = "grant_settle"
[[parameter]]
id = "contribution"
unit = "euro"
values = [{ from = 2026-01-01, value = 300, source = "order" }]
[[parameter]]
id = "fewest"
unit = "person"
values = [{ from = 2026-01-01, value = 30, source = "order" }]
[[parameter]]
id = "highest"
unit = "euro"
values = [{ from = 2026-01-01, value = 100000, source = "order" }]

[[track]]
id = "middle"
name = { nl = "cursussen in groep 2", en = "courses in group 2" }
applicant = "training_provider"
beneficiary = "person"
payee = "training_provider"
reporter = "training_provider"
[track.amount]
kind = "band"
per = "activity"
max = "contribution"
[[track.condition]]
id = "group_2"
when = 'training.price_group == "2"'
nl = "de scholing hoort bij prijsgroep 2"
source = "order"
[[track.condition]]
id = "free"
when = "training.free_for_participant"
nl = "de deelnemer betaalt niets"
source = "order"
[[track.condition]]
id = "useful"
when = "training.labour_market_relevant"
nl = "de scholing helpt om werk te vinden"
source = "order"
[[track.condition]]
id = "adult"
when = "age(person.birth_date) >= 18"
nl = "de deelnemer is 18 jaar of ouder"
source = "order"
[[track.condition]]
id = "tie"
when = "person.labour_market_link"
nl = "de deelnemer heeft een band met de arbeidsmarkt"
source = "order"
[[track.condition]]
id = "enough"
of = "provider"
when = "partnership.participants >= fewest"
nl = "de aanvraag is voor ten minste 30 deelnemers"
source = "order"
[[track.condition]]
id = "not_too_much"
of = "provider"
when = "partnership.requested <= highest"
nl = "de aanvraag is niet hoger dan 100.000 euro"
source = "order"
[[track.condition]]
id = "recognised"
of = "provider"
when = 'any_of(provider.recognition, {"ocw", "quality_mark"})'
nl = "de opleider is erkend"
source = "order"

[[track]]
id = "learner"
name = { nl = "voor wie leert", en = "for who learns" }
applicant = "person"
beneficiary = "person"
payee = "training_provider"
[track.amount]
kind = "share"
is = "min(contribution, training.price)"
[[track.condition]]
id = "priced"
when = "applies(training.price)"
nl = "de opleiding heeft een prijs"
source = "order"
[[track.condition]]
id = "listed"
when = "training.in_register"
nl = "de opleiding staat in het scholingsregister"
source = "order"

[[round]]
id = "voorjaar"
opens = 2026-03-01T09:00:00+01:00
closes = 2026-06-30T17:00:00+02:00
ceiling_money = 1000000
source = "order"

[[evidence]]
id = "enrolment_proof"
nl = "het aanmeldingsbewijs van de opleider"
en = "the proof of enrolment from the provider"
proves = "eligibility"
stage = "application"
types = ["pdf"]
source = "order"
"""


def library(folder: Path, text: str = FILE) -> Library:
    """Open the library with the scheme in a folder of its own."""
    return applications.library(folder, text, SCHEME)


def a_round(known: Library, *, opened: bool = True) -> Round:
    """Announce the round and open it."""
    return applications.a_round(known, SCHEME, ROUND, opened=opened)


def school(entry: ProviderEntry = SCHOOL, *entries: Entry, admit: bool = True) -> Organisation:
    """A provider with activities in the register, all of it admitted, and its organisation."""
    rows = [Received(row, one, entry) for row, one in enumerate(entries or (SHORT, DEAR, LONG), 1)]
    receive_delivery(rows, source="school", form="csv", by="test", at=AT)
    made = {"act": "admitted", "effective_on": TODAY, "decided_at": AT, "decided_by": "person:2"}
    if admit:
        provider = Provider.objects.get(code=entry.code)
        AdmissionDecision.objects.create(provider=provider, **made)
        for one in Activity.objects.filter(provider=provider):
            AdmissionDecision.objects.create(activity=one, **made)
    return people.organisation(entry.kvk)


def other_school() -> Organisation:
    """Another provider, with one activity of its own."""
    entry = replace(SCHOOL, code=OTHER_KVK, kvk=OTHER_KVK, name="Andere school")
    return school(entry, replace(SHORT, provider=OTHER_KVK, code="ander"))


def teacher(organisation: Organisation, name: str = "Sanne") -> Person:
    """Somebody with the role of provider and a mandate in an organisation."""
    person = people.person(name=name)
    people.mandate(person, organisation)
    people.role(person, RoleKind.PROVIDER, organisation=organisation)
    return person


def activity(code: str) -> Activity:
    """An activity by its code."""
    return Activity.objects.get(code=code)


def draft_of_learner(known: Library, round_: Round, person: Person, code: str = "kort", **given: Any) -> Application:
    """A draft of somebody who applies for oneself, for an activity of the register."""
    told = {"training.price": 200_00, "training.in_register": True}
    return start_draft(
        round_, "learner", applicant=oneself(person), activity=activity(code).pk, registered=told | given, library=known,
        by=signed_in(person), at=AT,
    )  # fmt: skip


def draft_of_school(known: Library, round_: Round, organisation: Organisation, person: Person) -> Application:
    """A draft of a provider."""
    return start_draft(
        round_, "middle", applicant=firm_as(organisation), library=known, by=signed_in(person), at=AT
    )  # fmt: skip
