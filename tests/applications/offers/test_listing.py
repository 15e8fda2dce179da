"""The offer a provider applies with: own admitted activities, their price group, co-financing to the cent, the totals."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from doorleren.applications.answers import counted_answers, form_for, offer_now, profile_of
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.models import Answer, Application, Freeze, OfferLine, OfferShare
from doorleren.applications.offers import refusing
from doorleren.applications.offers.commands.list_activity import list_activity
from doorleren.applications.offers.rules import Offer, Share
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import Organisation, Person
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.models import AdmissionDecision, ProviderRecognition
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import AT, KEY, TODAY, signed_in
from tests.applications.offers import made


class Offering:
    """Somebody of a provider at work on a draft."""

    def __init__(self, known: Library, draft: Application, person: Person) -> None:
        self.known, self.draft, self.person = known, draft, person

    def put(self, code: str, participants: int, *shares: Share) -> OfferLine:
        """Put an activity in the offer."""
        return list_activity(
            self.draft.pk, made.activity(code).pk, participants=participants, shares=shares, today=TODAY, library=self.known,
            by=signed_in(self.person), at=AT,
        )  # fmt: skip

    def tell(self, **told: Any) -> None:
        """Answer questions; two lines below in a name are a point."""
        given = [Given(name.replace("__", "."), value) for name, value in told.items()]
        save_answers(self.draft.pk, given, library=self.known, by=signed_in(self.person), at=AT)

    def freeze(self) -> Freeze:
        """Put it ready."""
        found = freeze_draft(
            self.draft.pk,
            sensitive={},
            person_key=KEY,
            today=TODAY,
            library=self.known,
            by=signed_in(self.person),
            at=AT,
        )
        self.draft.refresh_from_db()
        return found

    @property
    def offer(self) -> Offer:
        """Give the offer as it stands."""
        found = offer_now(self.draft, self.known)
        assert found is not None
        return found

    @property
    def told(self) -> dict[str, tuple[Any, str]]:
        """Give what counts, with where it comes from."""
        return {one.fact: (one.value, one.origin) for one in counted_answers(self.draft.pk, self.known)}

    def whole(self) -> None:
        """Make it complete: two activities, of which the dear one is co-financed."""
        self.put("kort", 20)
        self.put("duur", 15, FUND, OWN)
        self.tell(training__labour_market_relevant=True)


FUND, OWN = Share("fund", "Fonds voor de bouw", 100_75), Share("own", "", 50_00)


@pytest.fixture
def offering(known: Library, round_: Round, oost: Organisation, sanne: Person) -> Offering:
    """A draft of the provider."""
    return Offering(known, made.draft_of_school(known, round_, oost, sanne), sanne)


def refused(offering: Offering, *given: Any) -> ApplicationRefused:
    """Give why an activity is refused; nothing was kept."""
    before = OfferLine.objects.count()
    with pytest.raises(ApplicationRefused) as said:
        offering.put(*given)
    assert OfferLine.objects.count() == before
    return said.value


def test_group_contribution_and_totals(offering: Offering) -> None:
    """Each activity falls in its group with the scheme's amount, at most its price; the totals follow and say where from."""
    offering.whole()
    short, dear = offering.offer.lines
    assert (short.group.id, dear.group.id) == ("2", "2") if short.group and dear.group else False
    assert (short.contribution, short.asked, short.lacking) == (300_00, 20 * 200_00, 0)
    assert (dear.contribution, dear.above, dear.lacking, dear.asked) == (300_00, 150_75, 0, 15 * 300_00)
    assert offering.told["partnership.participants"] == (35, "offer")
    assert offering.told["partnership.requested"] == (8_500_00, "offer")
    assert offering.told["training.free_for_participant"] == (True, "offer")
    assert offering.told["training.price_group"] == ("2", "register")
    assert offering.told["provider.recognition"] == (frozenset({"ocw"}), "register")


def test_the_amount_that_stands_ready_is_that_of_the_list(offering: Offering) -> None:
    """Putting it ready asks nothing of a participant, and reserves what the list comes to; another number is another content."""
    offering.whole()
    first = offering.freeze()
    assert (first.cents, state_now(offering.draft)) == (8_500_00, "ready")
    offering.put("kort", 21)
    offering.draft.refresh_from_db()
    assert state_now(offering.draft) == "draft"
    second = offering.freeze()
    assert (second.cents, second.content != first.content) == (8_700_00, True)


def test_another_group_fails_by_the_schemes_own_condition(offering: Offering) -> None:
    """One activity of another group decides for the whole: the verdict is no, and its own condition is named at that activity."""
    offering.whole()
    offering.put("lang", 5)
    assert [[one.condition.id for one in each.failing] for each in offering.offer.lines] == [[], [], ["group_2"]]
    form = form_for(
        offering.draft, profile_of(counted_answers(offering.draft.pk, offering.known)), TODAY, offering.known
    )
    assert form.judgement.truth is False
    assert offering.told["training.price_group"] == ("3", "register")
    offering.put("lang", 0)
    assert "lang" not in {one.line.entry.code for one in offering.offer.lines}
    assert offering.freeze().cents == 8_500_00


def test_fewer_participants_than_the_scheme_asks(offering: Offering) -> None:
    """The total of the list is what the rule of the scheme reads: 29 is too few, 30 is enough."""
    offering.put("kort", 29)
    offering.tell(training__labour_market_relevant=True)
    with pytest.raises(ApplicationRefused) as said:
        offering.freeze()
    assert "partnership.participants" in said.value.facts
    offering.put("kort", 30)
    assert offering.freeze().cents == 6_000_00


@pytest.mark.parametrize(
    ("shares", "off"),
    [((FUND,), "50,00"), ((FUND, replace(OWN, cents=50_01)), "0,01"), ((replace(FUND, cents=150_74),), "0,01")],
)
def test_others_pay_to_the_cent(shares: tuple[Share, ...], off: str, offering: Offering) -> None:
    """One cent too few or too much is refused, and the sentence says how much."""
    said = refused(offering, "duur", 15, *shares)
    assert said.facts == ("shares",)
    assert f"€ {off}" in said.texts["nl"]


def test_nobody_pays_yet(offering: Offering) -> None:
    """A dear activity may be listed before anybody pays; then it is not free, and the draft cannot be put ready."""
    offering.put("duur", 40)
    offering.tell(training__labour_market_relevant=True)
    assert offering.told["training.free_for_participant"] == (False, "offer")
    with pytest.raises(ApplicationRefused, match="€ 150,75"):
        offering.freeze()


@pytest.mark.parametrize(
    "share", [Share("scheme", "", 150_75), Share("other_scheme", "", 150_75), Share("bank", "", 150_75), Share("own", "", 0),
              Share("own", "x" * 201, 150_75)]
)  # fmt: skip
def test_who_may_pay(share: Share, offering: Offering) -> None:
    """The scheme itself, another scheme and who is not on the list do not co-finance; nothing is no amount."""
    assert refused(offering, "duur", 15, share).texts == refusing.FINANCIER


@pytest.mark.parametrize("number", [-1, 1_000_001])
def test_numbers(number: int, offering: Offering) -> None:
    """A number of participants has its limits."""
    assert refused(offering, "kort", number).facts == ("participants",)


def test_only_own_activities(offering: Offering) -> None:
    """An activity of another provider is refused by the field."""
    made.other_school()
    assert refused(offering, "ander", 30).texts == refusing.NOT_OWN


def test_only_admitted_activities(offering: Offering) -> None:
    """What is not admitted today is refused when it is listed, and what was suspended since when it is put ready."""
    offering.whole()
    AdmissionDecision.objects.create(
        activity=made.activity("kort"), act="suspended", effective_on=TODAY, decided_at=AT + timedelta(hours=1),
        decided_by="person:2", reason="klacht",
    )  # fmt: skip
    assert refused(offering, "kort", 30).texts == refusing.NOT_ADMITTED
    with pytest.raises(ApplicationRefused, match="Rekenen voor de baan: Deze opleiding is vandaag niet toegelaten"):
        offering.freeze()


def test_only_with_a_price(offering: Offering) -> None:
    """Without a price nothing can add up."""
    receive(replace(made.SHORT, prices=()))
    assert refused(offering, "kort", 30).texts == refusing.NO_PRICE


def test_what_changed_in_the_register(offering: Offering) -> None:
    """The list keeps what the register said then; putting it ready asks to look again."""
    offering.whole()
    receive(replace(made.SHORT, title="Rekenen"))
    assert offering.offer.lines[0].line.entry.title == "Rekenen voor de baan"
    with pytest.raises(ApplicationRefused, match="in het scholingsregister veranderd"):
        offering.freeze()
    offering.put("kort", 20)
    assert offering.freeze().cents == 8_500_00


def test_a_provider_that_fails_the_quality_rule(offering: Offering) -> None:
    """Without a recognition nothing can be awarded; the sentence has the name of the check, its claim and the reason."""
    offering.whole()
    ProviderRecognition.objects.all().delete()
    with pytest.raises(ApplicationRefused) as said:
        offering.freeze()
    words = str(said.value)
    assert "provider_is_recognised" in words
    assert "de opleider is erkend" in words
    assert "geen erkenning" in words


def test_before_there_is_a_list_nothing_of_a_training_is_asked(offering: Offering) -> None:
    """What each training in the list will tell is no question and is not typed; what the register does not tell is asked."""
    form = form_for(
        offering.draft, profile_of(counted_answers(offering.draft.pk, offering.known)), TODAY, offering.known
    )
    assert [one.name for one in form.to_ask] == ["training.labour_market_relevant"]
    with pytest.raises(ApplicationRefused) as refused:
        offering.tell(training__price_group="2")
    assert refused.value.facts == ("training.price_group",)


def test_an_empty_offer(offering: Offering) -> None:
    """Without any activity it is not put ready, whatever else is known."""
    offering.tell(training__labour_market_relevant=True)
    with pytest.raises(ApplicationRefused) as said:
        offering.freeze()
    assert said.value.texts == refusing.EMPTY


@pytest.mark.parametrize("fact", ["partnership.participants", "partnership.requested", "provider.recognition"])
def test_what_follows_is_not_typed(fact: str, offering: Offering) -> None:
    """A total and a recognition are refused when typed, by their fact."""
    value: Any = frozenset({"ocw"}) if fact == "provider.recognition" else 5
    with pytest.raises(ApplicationRefused) as said:
        save_answers(
            offering.draft.pk, [Given(fact, value)], library=offering.known, by=signed_in(offering.person), at=AT
        )
    assert (said.value.texts, said.value.facts) == (refusing.FROM_OFFER, (fact,))
    assert not Answer.objects.exists()


def test_the_same_again(offering: Offering) -> None:
    """The same line again is the same row."""
    assert offering.put("duur", 15, FUND, OWN).pk == offering.put("duur", 15, FUND, OWN).pk


def test_only_with_a_track_of_providers(known: Library, round_: Round, oost: Organisation, nadia: Person) -> None:
    """A person's application has no offer."""
    draft = made.draft_of_learner(known, round_, nadia)
    assert offer_now(draft, known) is None
    with pytest.raises(ApplicationRefused) as said:
        Offering(known, draft, nadia).put("kort", 3)
    assert said.value.texts == refusing.NO_OFFER


def test_who_may_not(offering: Offering, nadia: Person) -> None:
    """Who does not act for the provider may not change its offer."""
    with pytest.raises(NotAllowed):
        Offering(offering.known, offering.draft, nadia).put("kort", 3)


def test_insert_only(offering: Offering) -> None:
    """Lines and shares are never changed."""
    offering.whole()
    for model in (OfferLine, OfferShare):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
            model.objects.update(id=F("id"))


def receive(*entries: Any) -> None:
    """Deliver activities anew."""
    rows = [Received(row, one, made.SCHOOL) for row, one in enumerate(entries, 1)]
    receive_delivery(rows, source="school", form="csv", by="test", at=AT + timedelta(minutes=1))
