"""Filing what a worked example beside a scheme tells, for any scheme: as oneself, for an organisation, as a partnership.

Nothing here knows a scheme: what is made (members, divisions, a list of trainings, documents) follows from the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from doorleren.applications.access import ROLE_TO_FILE
from doorleren.applications.answers import counted_answers, form_for, offer_now, profile_of, reads_for, told_answers
from doorleren.applications.commands.begin_document import begin_document
from doorleren.applications.commands.choose_training import choose_training
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.receive_piece import receive_piece
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.evidence.queries import asked_of
from doorleren.applications.evidence.storage import Store
from doorleren.applications.form import form_of, of_track
from doorleren.applications.grants import for_one_training
from doorleren.applications.models import Application, Financier, Freeze, Unit
from doorleren.applications.offers.commands.list_activity import list_activity
from doorleren.applications.offers.rules import Share, Weighed, by_members, for_each
from doorleren.applications.other_money import NOTHING, needed_of_other_money
from doorleren.applications.partnerships.commands.add_member import add_member
from doorleren.applications.partnerships.commands.divide_cost import finance_cost, share_cost
from doorleren.applications.partnerships.dividing import Part
from doorleren.applications.partnerships.totals import (
    CO_FINANCING,
    COSTS,
    EMPLOYER,
    LARGEST,
    LINKED,
    PARTICIPANTS,
    PARTIES,
    REQUESTED,
    SIZE,
    SME,
    SME_SHARE,
    SMES,
    SUMS,
    together,
)
from doorleren.applications.rules import filing_day
from doorleren.applications.several import PLACES, needed_of_several, of_several
from doorleren.cli.cases import cases_of
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition
from doorleren.register.funding.facts import FACTS
from doorleren.register.models import Activity, AdmissionDecision, Provider
from doorleren.rounds.announced import announced_of
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rules.cases import Case
from doorleren.rules.library import Library
from doorleren.rules.profile import NA, Profile
from doorleren.rules.versions import Round as Opened
from doorleren.rules.versions import Track, Version
from tests.applications.evidence import files
from tests.applications.made import KEY, US, firm_as, oneself, signed_in
from tests.people import made as people

LEAD, SCHOOL = "90000031", "90000042"
LONG_AGO = date(2000, 1, 1)
MILLION = 10**6
NUMBER = 3
"""For how many an organisation applies where the amount is one for each; no example says it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A round and a track in which a worked example can be filed, what it tells, and the day on which it is.

    What only the amount asks, and the example leaves open, does not apply.
    """

    version: Version
    opened: Opened
    track: Track
    profile: Profile
    asked_on: date

    @property
    def without_amount(self) -> bool:
        """Say whether nothing can be reserved: the file tells no amount, its round has a ceiling in money, and no sum is requested."""
        amount, pot = self.track.amount, announced_of(self.opened).pot
        in_money = any(one.cents is not None for one in (pot.ceiling, *pot.apart.values()))
        return amount.granted is None and amount.most is None and in_money and not of_several(self.track)

    def __str__(self) -> str:
        """Name it for a test."""
        return f"{self.version.id}-{self.version.starts}-{self.track.id}"


def examples(library: Library) -> Iterator[Example | str]:
    """Give for every track of every round that people apply in the first worked example that can be filed; its name where none can."""
    for scheme in library.schemes.values():
        cases = cases_of(library, scheme.id)
        for version in scheme.versions:
            for track in version.tracks:
                rounds = [one for one in version.rounds if track.id in one.tracks]
                if rounds and (track.applicant == "person" or track.applicant in ROLE_TO_FILE):
                    found = next(_fitting(library, version, track, rounds, cases), None)
                    yield found or f"{version.id}-{version.starts}-{track.id}"


def _fitting(
    library: Library, version: Version, track: Track, rounds: list[Opened], cases: list[Case]
) -> Iterator[Example]:
    for case in cases:
        for opened in rounds:
            day = filing_day(opened.opens, opened.closes, case.asked.day, version)
            settled = of_track(version, track.id, day, library.vocabulary, library.law)
            first = form_of(settled, case.profile, library.vocabulary)
            number = {PLACES: NUMBER} if PLACES in needed_of_several(track) else {}
            nothing = {name: NOTHING[name] for name in needed_of_other_money(track, version.stacking)}
            profile = nothing | case.profile | {fact.name: NA for fact in first.needed} | number
            form = form_of(settled, profile, library.vocabulary)
            if first.judgement.truth is True and form.judgement.truth is True and form.complete:
                yield Example(version, opened, track, profile, case.asked.day)


class Filing:
    """Somebody who files an example, from the draft to what stands ready."""

    def __init__(self, library: Library, example: Example, store: Store) -> None:
        self.library, self.example, self.store = library, example, store
        self.at = datetime.combine(example.asked_on, time(12), UTC)
        self.today = example.asked_on
        self.person = people.person(name="Nadia")
        self.by: dict[str, Any] = {"by": signed_in(self.person), "at": self.at}

    @property
    def track(self) -> Track:
        return self.example.track

    def ready(self) -> Freeze:
        """File it, with all that its form asks, and put it ready."""
        round_ = announce_from_scheme(self.library, self.example.version.id, self.example.opened.id, by=US, at=self.at)
        applicant = self._applicant()
        self.draft = start_draft(
            round_, self.track.id, applicant=applicant, library=self.library, told=self._told(), **self.by
        )
        if for_one_training(round_, self.track, self.library):
            self._choose()
        elif for_each(self.track):
            if together(self.track):
                self._join()
            self._list()
        elif together(self.track):
            self._join()
            self._divide()
        else:
            self._answer(self.draft, self.example.profile)
        self._prove()
        facts = self.library.vocabulary.facts
        sensitive = {name: value for name, value in self.example.profile.items() if facts[name].sensitive}
        return freeze_draft(
            self.draft.pk, sensitive=sensitive, person_key=KEY, today=self.today, library=self.library, **self.by
        )

    def asked(self) -> tuple[int, int]:
        """Give the least and the most cents that go with what the example says of the whole application.

        A sum that is requested or a number that is told says it; else it is what the verdict on the example gives. A list
        is of whole participants, so that it may come to less than one of them above what is requested.
        """
        profile, one = self.example.profile, self._verdict()
        requested = profile.get(REQUESTED)
        if for_each(self.track):
            whole, number = self._line().asked or 0, self._line().line.participants
            if isinstance(requested, int) and not isinstance(profile.get(PARTICIPANTS), int):
                return requested, requested + whole // number - 1
            return whole, whole
        if of_several(self.track):
            whole = requested if together(self.track) else one * NUMBER
            assert isinstance(whole, int)
            return whole, whole
        return one, one

    def _verdict(self) -> int:
        """Give what the rules say of the example, in cents: the amount, else the most; nothing where neither is told."""
        version, day = self.example.version, self.example.asked_on
        day = filing_day(self.example.opened.opens, self.example.opened.closes, day, version)
        settled = of_track(version, self.track.id, day, self.library.vocabulary, self.library.law)
        return form_of(settled, self.example.profile, self.library.vocabulary).cents or 0

    def _applicant(self) -> Any:
        if self.track.applicant == "person":
            return oneself(self.person)
        kvk = SCHOOL if self.track.applicant == "training_provider" else LEAD
        organisation = people.organisation(kvk)
        people.mandate(self.person, organisation, LONG_AGO)
        people.role(self.person, ROLE_TO_FILE[self.track.applicant], LONG_AGO, organisation=organisation)
        return firm_as(organisation)

    def _told(self) -> Profile:
        """Give what comes along from the finder where one files alone; of a partnership its members tell it."""
        return {} if together(self.track) else dict(self.example.profile)

    def _answer(self, draft: Application, told: Profile, member: int = 0) -> None:
        """Answer what the rules look at and is no fact that somebody else tells."""
        facts = self.library.vocabulary.facts
        form = form_for(draft, profile_of(told_answers(draft.pk, self.library)), self.today, self.library)
        wanted = {
            name: value for name, value in told.items()
            if name in facts and not facts[name].sensitive and not facts[name].assessed and facts[name].table != "asker"
            and (member or (name in form.used and name not in form.elsewhere))
        }  # fmt: skip
        given = [Given(name, value) for name, value in wanted.items()]
        save_answers(draft.pk, given, member=member, library=self.library, **self.by)

    def _choose(self) -> None:
        """Choose a training of the register that tells what the example does, and answer what it does not tell."""
        activity = self._registered()
        told = {name: value for name, value in self.example.profile.items() if name in FACTS}
        self.draft = choose_training(
            self.draft.pk, activity.pk, registered=told, today=self.today, library=self.library, **self.by
        )  # fmt: skip
        self._answer(self.draft, {name: value for name, value in self.example.profile.items() if name not in FACTS})

    def _registered(self, cents: int | None = None) -> Activity:
        """Put a training in the register as the example has it, long since admitted, of a recognised provider; or its price anew."""
        told = self.example.profile

        def of(name: str) -> Any:
            value = told.get(f"training.{name}")
            return None if value is NA else value

        months, price = of("duration_months"), of("price") if cents is None else cents
        routes = told.get("provider.recognition", frozenset({"ocw"}))
        provider = ProviderEntry(
            SCHOOL, "Vakschool", kvk=SCHOOL, recognitions=tuple(Recognition(one, "bewijs") for one in sorted(routes))
        )
        entry = Entry(
            SCHOOL, "vak", "Een vak", kind=of("kind"), route=of("route"), goal=of("goal"), level=of("level"),
            delivery=of("delivery"), guidance=of("guidance"), study_hours=of("study_hours"), intensity=of("intensity"),
            duration_months=None if months is None else Decimal(months) / MILLION,
            prices=(PricePart("tuition", price if price is not None else 500_00),),
        )  # fmt: skip
        receive_delivery([Received(1, entry, provider)], source="test", form="csv", by="test", at=self.at)
        if cents is not None:
            return Activity.objects.get()
        activity, decided = Activity.objects.get(), {"decided_at": self.at, "decided_by": "person:2"}
        for thing in ({"provider": Provider.objects.get()}, {"activity": activity}):
            AdmissionDecision.objects.create(act="admitted", effective_on=LONG_AGO, **thing, **decided)
        return activity

    def _join(self) -> None:
        """Add the members that make the example's totals: the first bears what the example tells, the others nothing."""
        profile, reads = self.example.profile, reads_for(self.draft.pk, self.library)
        assert reads is not None
        vocabulary = self.library.vocabulary
        for place, kind in enumerate(self._kinds()):
            kvk = SCHOOL if kind == "training_provider" and by_members(self.track) else f"9000{place:04d}"
            member = add_member(
                self.draft.pk, LEAD if not place else kvk, kind, name=f"Lid {place}", library=self.library, **self.by
            ).number  # fmt: skip
            told: dict[str, Any] = {}
            for fact in reads.of_member(kind, vocabulary):
                total = next((one for one, each in SUMS.items() if each == fact.name and one in profile), fact.name)
                value = self._cost() if total == COSTS or fact.name == SUMS[COSTS] else profile.get(total, 0)
                told[fact.name] = (0 if value is NA else value) if not place else 0
                if fact.name == LINKED:
                    told[LINKED] = NA
                if fact.name in SIZE and reads.size:
                    told[fact.name] = 10 if fact.type == "int" else 1_000_000_00
            self._answer(self.draft, told, member)
        self._answer(self.draft, profile)

    def _kinds(self) -> list[str]:
        """Give the kinds of the members: those of the example, with as many small firms as it tells."""
        profile = self.example.profile
        told = profile.get(PARTIES, frozenset())
        kinds = sorted((frozenset() if told is NA else told) - {SME}) or [EMPLOYER]
        if by_members(self.track) and "training_provider" not in kinds[1:]:  # the first leads, and offers nothing
            kinds.append("training_provider")
        smes, share = (0 if profile.get(one, 0) is NA else profile.get(one, 0) for one in (SMES, SME_SHARE))
        others = [one for one in kinds if one != EMPLOYER]
        firms = max(int(smes), EMPLOYER in kinds or SME in (told if told is not NA else ()), 0)
        while share and firms * MILLION < share * (firms + len(others)):
            firms += 1
        lead = [self.track.applicant] if self.track.applicant in others else []
        return [*lead, *[EMPLOYER] * firms, *[one for one in others if one not in lead]]

    def _divide(self) -> None:
        """Divide the cost over the members and say who pays it, as the example has it."""
        profile = self.example.profile
        form = form_for(self.draft, profile_of(told_answers(self.draft.pk, self.library)), self.today, self.library)
        cost, members = self._cost(), len(self._kinds())
        if LARGEST in form.used:
            largest = min(profile.get(LARGEST, MILLION) // 100, 10_000)
            rest = 10_000 - largest
            parts = [largest, *(rest // (members - 1) for _ in range(members - 1))] if members > 1 else [10_000]
            parts[-1] += 10_000 - sum(parts)
            share_cost(
                self.draft.pk, dict(enumerate(parts, 1)), Unit.HUNDREDTHS, library=self.library, **self.by
            )  # fmt: skip
        if {REQUESTED, CO_FINANCING} & form.used:
            own = -(-cost * self._share() // MILLION)
            asked = min(profile.get(REQUESTED, cost - own), cost - own)
            told = [Part(asked, financier=Financier.SCHEME.value), Part(cost - asked, financier=Financier.OWN.value)]
            finance_cost(self.draft.pk, [one for one in told if one.part], library=self.library, **self.by)

    def _share(self) -> int:
        """Give the share of the cost that others pay, in millionths."""
        told = self.example.profile.get(CO_FINANCING, 0)
        return 0 if told is NA else int(told)

    def _cost(self) -> int:
        """Give the cost: as told of the whole or of its firms, else what goes with the grant that is asked, else a million."""
        profile = self.example.profile
        told, asked = profile.get(COSTS, profile.get(SUMS[COSTS])), profile.get(REQUESTED)
        if isinstance(told, int):
            return told
        return -(-asked * MILLION // (MILLION - self._share())) if isinstance(asked, int) else 1_000_000_00

    def _list(self) -> None:
        """Make the list of one training, for as many participants as the example tells; others pay what it costs above."""
        activity, profile = self._registered(), self.example.profile
        self._answer(self.draft, {name: value for name, value in profile.items() if name not in FACTS})
        told: dict[str, Any] = {"today": self.today, "library": self.library, **self.by}
        list_activity(self.draft.pk, activity.pk, participants=1, **told)
        one = self._line()
        price, contribution = one.line.entry.price_cents or 0, one.contribution or 0
        if self._share() and (price - contribution) * MILLION < self._share() * price:
            self._registered(-(-contribution * MILLION // (MILLION - self._share())))  # so that others pay their share
            list_activity(self.draft.pk, activity.pk, participants=1, **told)
            one = self._line()
        asked = profile.get(REQUESTED)
        needed = -(-asked // one.asked) if isinstance(asked, int) and one.asked else 1
        shares = (Share("fund", "", one.above),) if one.above else ()
        number = profile.get(PARTICIPANTS, needed)
        list_activity(self.draft.pk, activity.pk, participants=number, shares=shares, **told)
        form = form_for(self.draft, profile_of(counted_answers(self.draft.pk, self.library)), self.today, self.library)
        self._answer(self.draft, {one.name: profile[one.name] for one in form.to_ask if one.name in profile})

    def _line(self) -> Weighed:
        """Give the one line of the list."""
        offer = offer_now(self.draft, self.library)
        assert offer is not None
        return offer.lines[0]

    def _prove(self) -> None:
        """Give a document of a kind that is asked for all evidence that a file is asked for by now."""
        for piece in asked_of(self.draft):
            if piece.uploadable:
                kind = next(one.name for one in piece.kinds if one.name in files.GOOD)
                raw = files.GOOD[kind]
                document = begin_document(
                    self.draft.pk, store=self.store, evidence=piece.evidence.id, file_name=f"stuk.{kind}", size=len(raw), **self.by
                )  # fmt: skip
                receive_piece(document.pk, raw, offset=0, store=self.store, **self.by)
