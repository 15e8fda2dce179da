"""Aid under a ceiling over three years: asked of organisations, counted for each with the firms linked with it, said in the letter."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from doorleren.applications.answers import counted_answers, form_for, profile_of, reads_for
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import Application
from doorleren.applications.other_money import firms_in, needed_of_other_money
from doorleren.applications.partnerships.bearing import bearing
from doorleren.applications.partnerships.commands.mark_member import remove_member
from doorleren.applications.partnerships.totals import AID, LINKED
from doorleren.applications.refusing import ApplicationRefused
from doorleren.cases.models import Case
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.double_funding import Undertaking
from doorleren.decisions.earlier_grants import granted_to_firms
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import Decision
from doorleren.decisions.undertakings import linked_together
from doorleren.people.models import RoleKind
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.rules.profile import NA
from tests.applications import made as applications
from tests.applications import partners
from tests.applications.made import AT, KEY, TODAY, firm_as, signed_in
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import next_moment, said, sent
from tests.people import made as people

CAP = '\n[stacking]\nde_minimis = { cap = 1200, years = 3 }\nsource = "order"\n'
OURS, OTHER, THIRD = "90000031", "90000042", "90000053"


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The scheme gives a firm 1,000 euros, which are aid of which one may have 1,200 in three years."""
    return made.library(tmp_path, made.HARD + CAP)


def begun(known: Library, round_: Round, kvk: str, **told: Any) -> Callable[[], Case]:
    """Let a firm begin an application with answers; what comes back submits it and opens the case."""
    firm, person = people.organisation(kvk), people.person(name=f"HR {kvk} {Application.objects.count()}")
    people.mandate(person, firm)
    people.role(person, RoleKind.EMPLOYER, organisation=firm)
    one = start_draft(round_, "firm", applicant=firm_as(firm), library=known, by=signed_in(person), at=AT)
    given = [Given("employer.employees", 20), *(Given(f"employer.{name}", value) for name, value in told.items())]
    save_answers(one.pk, given, library=known, by=signed_in(person), at=AT)

    def case() -> Case:
        freeze_draft(one.pk, sensitive={}, person_key=KEY, today=TODAY, library=known, by=signed_in(person), at=AT)
        applications.submitted(one, Application.objects.count())
        while allocate(round_.pk, at=AT):
            pass
        open_cases(at=made.AT)
        return Case.objects.get(subject_kind="application", subject_id=str(one.pk))

    return case


def applied(known: Library, round_: Round, kvk: str, aid: Any = 0, linked: Any = NA) -> Case:
    """Let a firm apply, with what it says of such aid and of firms that are linked with it."""
    return begun(known, round_, kvk, de_minimis_last_3_years=aid, linked_firms=linked)()


def granted(case: Case, known: Library, staff: Any) -> Decision:
    """Let the rules assess and an official grant."""
    made.automatic(case, known, at=next_moment(case))
    at = next_moment(case)
    return sent(grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=made.UNTIL), staff)


def test_it_is_asked_though_no_rule_looks_at_it(known: Library, round_: Round) -> None:
    """Without what a firm had and which firms are linked with it nothing is put ready; a person is not asked, nor a firm without the ceiling."""
    submit = begun(known, round_, OURS)
    one = Application.objects.get()
    form = form_for(one, profile_of(counted_answers(one.pk, known)), TODAY, known)
    assert [fact.name for fact in form.to_ask] == [AID, LINKED]
    with pytest.raises(ApplicationRefused) as lacks:
        submit()
    assert lacks.value.facts == (AID, LINKED)
    version = known.schemes[made.SCHEME].versions[0]
    learner, firm = version.tracks
    assert needed_of_other_money(learner, version.stacking) == frozenset()
    assert needed_of_other_money(firm, type(version.stacking)()) == frozenset()


def test_what_it_declares_lowers_the_grant(known: Library, round_: Round, staff: Any) -> None:
    """Only what is above the ceiling is not granted, with the reason and the sums in the letter; a firm without such aid gets all."""
    assert granted(applied(known, round_, OTHER), known, staff).amount_cents == 1000_00
    decision = granted(applied(known, round_, OURS, aid=500_00), known, staff)
    assert (decision.kind, decision.amount_cents) == ("partly_granted", 700_00)
    for words in ("niet meer de-minimissteun krijgen", "1.200,00", "500,00", "700,00"):
        assert words in said(decision.act)


@pytest.mark.parametrize(("linked", "left"), [(NA, 1000_00), (THIRD, 1000_00), (f"{THIRD}, {OTHER}", 200_00)])
def test_firms_that_are_linked_are_looked_up(linked: Any, left: int, known: Library, round_: Round, staff: Any) -> None:
    """What we granted to a firm that is named as linked counts for the ceiling, and of no other firm."""
    granted(applied(known, round_, OTHER), known, staff)
    assert granted(applied(known, round_, OURS, linked=linked), known, staff).amount_cents == left


def test_numbers_of_firms_are_read() -> None:
    """Each number in an answer is one firm; what does not apply or was not told is none."""
    assert firms_in(f"{OTHER}, {THIRD} {OTHER}") == {OTHER, THIRD}
    assert firms_in(NA) == firms_in(None) == frozenset()


def test_members_that_are_linked_share_a_ceiling() -> None:
    """Linked by way of a third firm too: their parts add up, and of what each told of all of them the most counts."""
    a, b, c = (
        Undertaking(name, frozenset(firms), 1, aid)
        for name, firms, aid in (("A", "1x", 5), ("B", "2", 9), ("C", "3x2", 7))
    )
    assert linked_together((a, b)) == (a, b)
    (one,) = linked_together((a, b, c))
    assert (one.firms, one.part, one.aid) == ({"1", "2", "3", "x"}, 3, 9)


# --- a partnership


@pytest.fixture
def partnership(tmp_path: Path) -> Library:
    """A scheme for partnerships under a framework of law, whose grants are such aid up to 300,000 euros."""
    text = partners.FILE.replace("body = {", 'framework = "kaderregeling-ocw-szw-vws"\nbody = {')
    return applications.library(tmp_path / "schemes", text + CAP.replace("1200", "300000"), partners.SCHEME)


def joined(known: Library, round_: Round, aid: dict[int, int], **linked: str) -> partners.Lead:
    """Let three members stand ready to apply together; the first bears 60 and the second 40 per cent."""
    firm = people.organisation(partners.LEAD)
    person = partners.partner(firm, f"Leila {Application.objects.count()}")
    lead = partners.Lead(known, partners.draft(known, round_, firm, person), person)
    lead.whole()
    for member in (1, 2, 3):
        lead.tell(member, {AID: aid.get(member, 0), LINKED: linked.get(f"of_{member}", NA)})
    return lead


def together(lead: partners.Lead) -> Case:
    """Submit and open the case."""
    freeze_draft(lead.application.pk, sensitive={}, person_key=KEY, today=TODAY, library=lead.known, **lead.by)
    applications.submitted(lead.application, Application.objects.count())
    while allocate(lead.application.round_id, at=AT):
        pass
    open_cases(at=made.AT)
    return Case.objects.get(subject_kind="application", subject_id=str(lead.application.pk))


def test_each_member_has_a_ceiling_of_its_own(db: None, partnership: Library) -> None:
    """Of 720,000 euros the first has 432,000 and may have 250,000 more; the other keeps its 288,000, though together they have more than one ceiling."""
    round_ = partners.a_round(partnership)
    staff = made.officials(round_.body)
    decision = granted(together(joined(partnership, round_, {1: 50_000_00})), partnership, staff)
    assert decision.amount_cents == 250_000_00 + 288_000_00
    assert "182.000,00" in said(decision.act)
    matter = matter_of(decision.case)
    other: Any = SimpleNamespace(case=SimpleNamespace(pk=0), round=matter.round)
    assert [one.cents for one in granted_to_firms({partners.SECOND}, other)] == [215_200_00]
    assert [one.cents for one in granted_to_firms({partners.LEAD, partners.SECOND}, other)] == [538_000_00]
    assert [one.cents for one in granted_to_firms({partners.THIRD}, other)] == [0]
    assert granted_to_firms({partners.SECOND}, matter) == granted_to_firms({"90000064"}, other) == []


def test_linked_members_have_one_ceiling(db: None, partnership: Library) -> None:
    """Where the second names the first as linked, both together get no more than one ceiling."""
    round_ = partners.a_round(partnership)
    staff = made.officials(round_.body)
    case = together(joined(partnership, round_, {}, of_2=partners.LEAD))
    assert granted(case, partnership, staff).amount_cents == 300_000_00


def test_it_is_asked_of_each_member(db: None, partnership: Library) -> None:
    """Each member is asked for both, whatever it is; while one of them lacks, nothing is put ready."""
    lead = joined(partnership, partners.a_round(partnership), {})
    reads = reads_for(lead.application.pk, partnership)
    assert reads is not None
    assert {AID, LINKED} <= {one.name for one in reads.of_member("union", partnership.vocabulary)}
    lead.add("90000064", "union")
    with pytest.raises(ApplicationRefused) as lacks:
        together(lead)
    assert {AID, LINKED} <= set(lacks.value.facts)


def test_who_bears_what(db: None, partnership: Library) -> None:
    """As the cost was divided; once a member left that counts no more, and the cost of each does; evenly where nobody told any."""
    lead = joined(partnership, partners.a_round(partnership), {})
    number = lead.application.pk
    assert bearing(number) == {1: 6000, 2: 4000, 3: 0}
    remove_member(number, 3, **lead.by)
    assert bearing(number) == {1: 600_000_00, 2: 600_000_00}
    lead.tell(1, {"employer.eligible_costs": 0})
    lead.tell(2, {"employer.eligible_costs": 0})
    assert bearing(number) == {1: 1, 2: 1}
    assert bearing(0) == {}


def test_what_another_scheme_pays_does_not_count(db: None, partnership: Library) -> None:
    """Of 1,200,000 euros of which another scheme pays 900,000 the grant is 60 per cent of the rest, and the letter shows why."""
    round_ = partners.a_round(partnership)
    lead = joined(partnership, round_, {})
    lead.finance(scheme=180_000_00, own=120_000_00, other_scheme=900_000_00)
    decision = granted(together(lead), partnership, made.officials(round_.body))
    assert decision.amount_cents == 180_000_00
    for words in ("daarvan betaalt ander geld een deel", "1.200.000,00", "900.000,00", "300.000,00", "180.000,00"):
        assert words in said(decision.act)
