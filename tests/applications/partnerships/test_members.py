"""Members: who may add them, what is asked, and how their totals become the facts of the application."""

from datetime import date, timedelta
from typing import Any

import pytest

from doorleren.applications.answers import MEMBERS, counted_answers, form_for, profile_of, reads_for
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.models import Answer, Application, Member, MemberMark
from doorleren.applications.partnerships.commands.mark_member import confirm_member, put_back_member, remove_member
from doorleren.applications.partnerships.standing import standings
from doorleren.applications.prefilling import told_earlier
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.people.access import NotAllowed
from doorleren.people.models import Organisation, RoleKind
from doorleren.rules.library import Library
from tests.applications.made import AT, KEY, TODAY, firm_as, signed_in, stood_ready
from tests.applications.made import draft as for_oneself
from tests.applications.partners import FIRM, LEAD, SECOND, THIRD, Lead, partner
from tests.people import made as people

TOTALS = {
    "partnership.smes": 2, "partnership.eligible_costs": 1_200_000_00, "partnership.largest_share": 600_000,
    "partnership.co_financing_share": 400_000, "partnership.requested": 720_000_00,
}  # fmt: skip


def known_of(lead: Lead) -> dict[str, Any]:
    """Give what is known of the application."""
    return profile_of(counted_answers(lead.application.pk, lead.known))


def freeze(lead: Lead) -> Any:
    """Put it ready."""
    return freeze_draft(
        lead.application.pk, sensitive={}, person_key=KEY, today=TODAY, library=lead.known, **lead.by
    )  # fmt: skip


def test_totals_become_facts_with_their_origin(lead: Lead) -> None:
    """What the members say together is known of the application, came from the members, and no row was typed for it."""
    lead.whole()
    assert known_of(lead).items() >= TOTALS.items()
    origins = {
        one.fact: one.origin for one in counted_answers(lead.application.pk, lead.known) if not one.subject_number
    }
    assert {origins[name] for name in TOTALS} == {MEMBERS}
    assert (
        not Answer.objects.filter(fact__startswith="partnership.", subject_number=0)
        .exclude(fact="partnership.surplus_sector")
        .exists()
    )


def test_what_is_asked_of_a_member(lead: Lead) -> None:
    """The rules ask costs of everybody and the size of employers only; a total is never a question of the form."""
    reads = reads_for(lead.application.pk, lead.known)
    assert reads is not None
    vocabulary = lead.known.vocabulary
    assert [fact.name for fact in reads.of_member("union", vocabulary)] == ["employer.eligible_costs"]
    assert {fact.name for fact in reads.of_member("employer", vocabulary)} == {
        "employer.employees", "employer.turnover", "employer.balance_total", "employer.eligible_costs",
    }  # fmt: skip
    form = form_for(lead.application, {}, TODAY, lead.known)
    assert [fact.name for fact in form.to_ask] == ["partnership.surplus_sector"]
    assert "partnership.smes" in [fact.name for fact in form.needed]


def test_a_total_is_never_typed(lead: Lead) -> None:
    """A total that is posted is refused with its name, and one from the finder does not count."""
    with pytest.raises(ApplicationRefused) as refused:
        save_answers(lead.application.pk, [Given("partnership.smes", 9)], library=lead.known, **lead.by)
    assert refused.value.facts == ("partnership.smes",)
    Answer.objects.create(
        application=lead.application,
        fact="partnership.smes",
        whole=9,
        origin="self",
        by_kind="person",
        by_id="1",
        at=AT,
    )
    assert "partnership.smes" not in known_of(lead)


def test_ready_and_then_a_member_leaves(lead: Lead) -> None:
    """A whole partnership stands ready for its exact amount; without a member it is a draft again, and its shares lack."""
    lead.whole()
    assert freeze(lead).cents == 720_000_00
    remove_member(lead.application.pk, 3, **lead.by)
    lead.application.refresh_from_db()
    assert state_now(lead.application) == "draft"
    assert "partnership.largest_share" not in known_of(lead)
    with pytest.raises(ApplicationRefused):
        freeze(lead)
    put_back_member(lead.application.pk, 3, **lead.by)
    assert known_of(lead).items() >= TOTALS.items()
    again = freeze(lead)
    assert again.cents == 720_000_00


def test_what_is_frozen_names_the_members(lead: Lead) -> None:
    """The same totals with other shares are another content."""
    lead.whole()
    first = freeze(lead)
    lead.share({1: 4000, 2: 6000, 3: 0})
    assert freeze(lead).content != first.content


def test_totals_as_they_were(lead: Lead) -> None:
    """Who reads the answers as of a moment gets the members and totals of that moment."""
    lead.whole()
    lead.by = lead.by | {"at": AT + timedelta(hours=1)}
    lead.tell(2, {"employer.eligible_costs": 1})
    then = profile_of(counted_answers(lead.application.pk, lead.known, AT))
    assert then["partnership.eligible_costs"] == 1_200_000_00
    assert known_of(lead)["partnership.eligible_costs"] == 600_000_01


@pytest.mark.parametrize(
    ("kvk", "kind", "name", "field"),
    [
        ("1234567", "employer", "A", "kvk"), ("1234567x", "employer", "A", "kvk"), ("00000000", "employer", "A", "kvk"),
        (SECOND, "sme", "A", "kind"), (SECOND, "", "A", "kind"), (SECOND, "employer", "  ", "name"),
        (SECOND, "employer", "A" * 201, "name"),
    ],
    ids=["short", "letter", "zeros", "size as kind", "no kind", "no name", "long name"],
)  # fmt: skip
def test_a_member_is_refused_by_field(kvk: str, kind: str, name: str, field: str, lead: Lead) -> None:
    """Bad input names its field and adds nobody."""
    with pytest.raises(ApplicationRefused) as refused:
        lead.add(kvk, kind, name)
    assert (refused.value.facts, Member.objects.count()) == ((field,), 0)


def test_one_organisation_once(lead: Lead) -> None:
    """The number is read without spaces and points, the name is that of the register, and the second time is refused."""
    people.organisation(SECOND)
    assert lead.add("9000.00 42", name="Zelf bedacht") == 2
    assert Member.objects.get().name == f"Bedrijf {SECOND}"
    with pytest.raises(ApplicationRefused) as refused:
        lead.add(SECOND)
    assert refused.value.facts == ("kvk",)
    assert (lead.add(LEAD), lead.add(THIRD)) == (1, 3)


def test_removing_twice_is_once(lead: Lead) -> None:
    """Taking out and back do nothing when it stands so; the lead partner stays; a number that nobody has is not found."""
    lead.add(LEAD)
    lead.add(SECOND)
    number = lead.application.pk
    assert [remove_member(number, 2, **lead.by) for _ in range(2)] == [True, False]
    assert [put_back_member(number, 2, **lead.by) for _ in range(2)] == [True, False]
    assert MemberMark.objects.count() == 2
    with pytest.raises(ApplicationRefused):
        remove_member(number, 1, **lead.by)
    with pytest.raises(Member.DoesNotExist):
        remove_member(number, 9, **lead.by)


def test_confirming(lead: Lead) -> None:
    """Only who acts for the member confirms, it leaves what stands ready alone, and who was taken out and back is asked anew."""
    lead.whole()
    freeze(lead)
    number, other = lead.application.pk, partner(people.organisation(SECOND), "Mo", RoleKind.EMPLOYER)
    for stranger in (lead.person, people.person(name="Piet")):
        with pytest.raises(NotAllowed):
            confirm_member(number, 2, by=signed_in(stranger), at=AT)
    told = {"by": signed_in(other), "at": AT}
    assert [confirm_member(number, 2, **told) for _ in range(2)] == [True, False]
    lead.application.refresh_from_db()
    assert state_now(lead.application) == "ready"
    assert [one.confirmed_at for one in standings(number)] == [None, AT, None]
    remove_member(number, 2, **lead.by)
    with pytest.raises(Member.DoesNotExist):
        confirm_member(number, 2, **told)
    put_back_member(number, 2, **lead.by)
    assert standings(number)[1].confirmed_at is None


def test_a_member_may_not_change(lead: Lead) -> None:
    """Who acts for a member, or for nobody, may neither add nor take out, and nothing is kept."""
    lead.add(SECOND)
    other = partner(people.organisation(SECOND), "Mo")
    for person in (other, people.person(name="Piet")):
        stranger = Lead(lead.known, lead.application, person)
        with pytest.raises(NotAllowed):
            stranger.add(THIRD)
        with pytest.raises(NotAllowed):
            remove_member(lead.application.pk, 2, **stranger.by)
        with pytest.raises(NotAllowed):
            stranger.tell(2, FIRM)
    assert (Member.objects.count(), MemberMark.objects.count(), Answer.objects.count()) == (1, 0, 0)


def test_who_applies_alone_has_no_members(tmp_path: Any, lead: Lead, round_: Any) -> None:
    """In a track where no partnership takes part nobody can be added."""
    from tests.applications import made

    known = made.library(tmp_path / "alone")
    nadia = people.person(name="Nadia")
    alone = Lead(known, for_oneself(known, made.a_round(known), nadia), nadia)
    with pytest.raises(ApplicationRefused):
        alone.add(SECOND)
    with pytest.raises(ApplicationRefused):
        alone.share({1: 10_000})


def test_a_next_application_starts_without_totals(lead: Lead, firm: Organisation) -> None:
    """What the lead partner told is taken along to its next application, what followed from the members is not."""
    lead.whole()
    stood_ready(lead.application)
    used = frozenset(lead.known.vocabulary.facts)
    carried = {one.fact for one in told_earlier(firm_as(firm), used, lead.known, AT)}
    assert carried == {"partnership.surplus_sector"}


def test_every_change_is_in_the_record(lead: Lead) -> None:
    """Adding, taking out and dividing are acts in the record, without a name or a KvK number."""
    lead.whole()
    remove_member(lead.application.pk, 3, **lead.by)
    acts = Act.objects.filter(subject_kind="application")
    assert {"added_member", "member_removed", "divided_shares", "divided_financing"} <= {one.act for one in acts}
    assert not [one for one in acts if SECOND in str(one.details)]


def test_the_day_does_not_matter(lead: Lead, known: Library, draft: Application) -> None:
    """What is asked of members is the same on every day of the round."""
    forms = [form_for(draft, {}, day, known).elsewhere for day in (date(2026, 3, 2), date(2026, 6, 30))]
    assert forms[0] == forms[1] != frozenset()
