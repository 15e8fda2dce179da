"""Setting a plan: versions, who may, what the rules take from it, what is frozen, and adjusting after submission."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.answers import MEMBERS, PLAN, Counted, counted_answers, reads_for
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application, Freeze, Plan, PlanPath
from doorleren.applications.partnerships.refusing import NO_PARTNERSHIP
from doorleren.applications.plans import refusing
from doorleren.applications.plans.commands.set_plan import set_plan
from doorleren.applications.plans.paths import Path, digest_of
from doorleren.applications.plans.standing import adjustments, plan_applied_with
from doorleren.applications.queries import state_now, submitted_answers
from doorleren.applications.refusing import WITHDRAWN, ApplicationRefused
from doorleren.audit.models import Act
from doorleren.core.texts import Texts
from doorleren.people.access import NotAllowed
from doorleren.people.models import Organisation, RoleKind
from doorleren.rounds.models import Round
from tests.applications import made as alone
from tests.applications.made import AT, KEY, TODAY, signed_in, submitted
from tests.applications.partners import LEAD, SECOND, Lead, partner
from tests.applications.plans.made import CARE, TECH
from tests.people import made as people

PARTICIPANTS = "partnership.participants"


def told(lead: Lead, *paths: Path, seen: int | None = None, **given: Any) -> Plan | None:
    """Set the plan as who has seen the last version."""
    if seen is None:
        seen = Plan.objects.filter(application=lead.application).count()
    return set_plan(
        lead.application.pk, paths, seen=seen, library=lead.known, **({"by": lead.by["by"], "at": AT} | given)
    )


def refused(lead: Lead, paths: Sequence[Path], **given: Any) -> tuple[Texts, tuple[str, ...]]:
    """Say why it is refused, and at which field."""
    with pytest.raises(ApplicationRefused) as said:
        told(lead, *paths, **given)
    return said.value.texts, said.value.facts


def participants(lead: Lead) -> Counted | None:
    """Give what counts as the number of participants."""
    found = counted_answers(lead.application.pk, lead.known)
    return next((one for one in found if one.fact == PARTICIPANTS), None)


def frozen(lead: Lead, at: Any = AT) -> Freeze:
    """Freeze the draft."""
    return freeze_draft(
        lead.application.pk, sensitive={}, person_key=KEY, today=TODAY, library=lead.known, by=lead.by["by"], at=at
    )


@pytest.fixture
def sent(lead: Lead) -> Lead:
    """What was submitted with a plan of one path."""
    lead.whole()
    told(lead, CARE)
    frozen(lead)
    submitted(lead.application)
    return lead


def test_every_change_is_a_version(lead: Lead) -> None:
    """The last version counts, earlier ones stay as they were, and the same plan again is no version."""
    told(lead, CARE)
    told(lead, CARE, TECH, at=AT + timedelta(minutes=1))
    assert told(lead, CARE, TECH) is None
    now, then = plan_applied_with(lead.application.pk), plan_applied_with(lead.application.pk, AT)
    assert now is not None
    assert then is not None
    assert (now.number, now.paths, now.sums.fewest, now.sums.most) == (2, (CARE, TECH), 25, 62)
    assert (then.number, then.paths) == (1, (CARE,))
    acts = Act.objects.filter(act="set_plan").order_by("id")
    assert [one.details["content"] for one in acts] == [digest_of([CARE]), digest_of([CARE, TECH])]
    assert CARE.name not in str([one.details for one in acts])


@pytest.mark.parametrize("model", [Plan, PlanPath])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_insert_only(act: str, model: type[Plan | PlanPath], lead: Lead) -> None:
    """The database refuses to change or delete a version or a path of it."""
    told(lead, CARE)
    rows: Any = model._default_manager.all()
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows._raw_delete("default") if act == "delete" else rows.update(id=9)


def test_the_least_number_counts(lead: Lead) -> None:
    """The rules take the least number of the plan, from the plan; without a plan it is that of the members, as it was."""
    for number in (lead.add(LEAD), lead.add(SECOND)):
        lead.tell(number, {"employer.participants": 7})
    before = participants(lead)
    assert before is not None
    assert (before.value, before.origin) == (14, MEMBERS)
    told(lead, CARE, TECH)
    now = participants(lead)
    assert now is not None
    assert (now.value, now.origin) == (25, PLAN)
    told(lead)
    assert plan_applied_with(lead.application.pk) is None
    assert participants(lead) == before


def test_members_are_not_asked_what_the_plan_tells(lead: Lead) -> None:
    """With a plan no member is asked for its number of participants."""

    def asked() -> set[str]:
        reads = reads_for(lead.application.pk, lead.known)
        assert reads is not None
        return {one.name for one in reads.of_member("employer", lead.known.vocabulary)}

    assert "employer.participants" in asked()
    told(lead, CARE)
    assert "employer.participants" not in asked()
    assert "employer.eligible_costs" in asked()


def test_the_plan_decides_and_is_frozen(lead: Lead) -> None:
    """Too few people at least is a no although there are enough at most; another plan with the same sum is another content, and the first again is a new one."""
    lead.whole()
    told(lead, replace(CARE, fewest=19))
    with pytest.raises(ApplicationRefused) as said:
        frozen(lead)
    assert PARTICIPANTS in said.value.facts
    told(lead, CARE)
    first = frozen(lead)
    told(lead, replace(CARE, most=51))
    assert state_now(Application.objects.get(pk=lead.application.pk)) == "draft"
    assert frozen(lead).content != first.content
    told(lead, CARE)
    assert frozen(lead).content != first.content


def test_adjusting_after_submission(sent: Lead, firm: Organisation) -> None:
    """An adjustment needs a reason, is an act, and leaves what was frozen, submitted and counted as it was."""
    more, later = replace(CARE, fewest=10, most=80), AT + timedelta(days=30)
    assert refused(sent, [more]) == (refusing.REASON, ("reason",))
    assert refused(sent, [more], reason=" ") == (refusing.REASON, ("reason",))
    assert refused(sent, [more], reason="a" * 1001) == (refusing.REASON, ("reason",))
    assert refused(sent, [], reason="Geen mensen") == (refusing.NO_PATH, ("paths",))
    before = Application.objects.values().get(pk=sent.application.pk)
    assert told(sent, more, reason="Meer mensen\nwillen naar de zorg", at=later) is not None
    assert Application.objects.values().get(pk=sent.application.pk) == before
    applied = plan_applied_with(sent.application.pk)
    assert applied is not None
    assert applied.paths == (CARE,)
    [adjusted] = adjustments(sent.application.pk)
    assert (adjusted.paths, adjusted.reason, adjusted.at) == ((more,), "Meer mensen willen naar de zorg", later)
    [act] = Act.objects.filter(act="adjusted_plan")
    assert act.details == {"version": 2, "paths": 1, "content": digest_of([more])}
    counted = {one.fact: one.value for one in submitted_answers(sent.application, sent.known)}
    assert (counted[PARTICIPANTS], participants(sent).value) == (20, 20)  # type: ignore[union-attr]
    assert told(sent, more, reason="Nog eens") is None
    assert told(sent, CARE, reason="Toch niet") is not None
    assert [one.number for one in adjustments(sent.application.pk)] == [3, 2]


def test_no_adjusting_without_a_plan_or_after_withdrawing(lead: Lead) -> None:
    """What was submitted without a plan has none to adjust, and what was withdrawn cannot be adjusted."""
    lead.whole()
    for member in (1, 2, 3):
        lead.tell(member, {"employer.participants": 30})
    frozen(lead)
    submitted(lead.application)
    assert refused(lead, [CARE], reason="Nu wel") == (refusing.NONE_SUBMITTED, ())
    withdraw_application(lead.application.pk, by=lead.by["by"], at=AT)
    assert refused(lead, [CARE], reason="Nu wel") == (WITHDRAWN, ())
    assert not Plan.objects.exists()


def test_a_wrong_plan_is_refused_whole(lead: Lead) -> None:
    """Nothing is kept of a plan without paths, with a wrong path, or written over the head of a colleague."""
    assert refused(lead, []) == (refusing.NO_PATH, ("paths",))
    assert refused(lead, [CARE, replace(TECH, most=4)]) == (refusing.MOST_FIRST, ("most-1",))
    assert not Plan.objects.exists()
    told(lead, CARE)
    assert refused(lead, [TECH], seen=0) == (refusing.CHANGED_MEANWHILE, ("paths",))
    assert Plan.objects.count() == 1


def test_only_the_lead_partner(lead: Lead) -> None:
    """Nobody else sets a plan: a stranger, somebody of a member, somebody of another kind of role."""
    lead.add(LEAD)
    lead.add(SECOND)
    second = people.organisation(SECOND)
    others = [
        people.person(name="Omar"), partner(second, "Mo"), partner(second, "Mia", RoleKind.EMPLOYER),
        partner(people.organisation("90000097"), "Olga"),
    ]  # fmt: skip
    for person in others:
        with pytest.raises(NotAllowed):
            told(lead, CARE, by=signed_in(person))
    assert not Plan.objects.exists()


def test_who_applies_alone_has_no_plan(tmp_path: Any, round_: Round) -> None:
    """In a track where no partnership takes part there is no plan."""
    known = alone.library(tmp_path / "alone")
    nadia = people.person(name="Nadia")
    one = Lead(known, alone.draft(known, alone.a_round(known), nadia), nadia)
    assert refused(one, [CARE]) == (NO_PARTNERSHIP, ())
