"""Appointing who scores in a round, and ending that. Ground: Kaderregeling subsidies OCW, SZW en VWS 2.3 (ranking)."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.core.days import day_of
from doorleren.decisions.access import APPOINT, ensure_may_act
from doorleren.decisions.models import CommitteeMember, Ranking
from doorleren.decisions.refusing import refused
from doorleren.people.acts import DEMANDS
from doorleren.people.queries import roles_in_force
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round


def appoint_scorer(round_: int, person: int, *, by: SignedIn, at: datetime) -> CommitteeMember:
    """Appoint an assessor of the round's body to its committee; not oneself. Raises NotAllowed, DecisionRefused, DoesNotExist."""
    with transaction.atomic():
        row = _open_round(round_)
        ensure_may_act(by, APPOINT, row.body_id, at=at)
        if person == by.person:
            raise refused("oneself", "U kunt uzelf niet benoemen.", "You cannot appoint yourself.", "person")
        roles = roles_in_force(person, day_of(at))
        if not roles.filter(body=row.body_id, kind__in=DEMANDS["score_application"].roles).exists():
            raise refused("no_role", "Deze persoon is geen beoordelaar bij deze instantie.",
                          "This person is no assessor of this body.", "person")  # fmt: skip
        if CommitteeMember.objects.filter(round=row, person=person, ended_at=None).exists():
            raise refused(
                "twice", "Deze persoon zit al in de commissie.", "This person is in the committee already.", "person"
            )
        member = CommitteeMember.objects.create(round=row, person_id=person, appointed_by_id=by.person, appointed_at=at)
        record("appointed_scorer", Party("round", str(row.pk)), by=by.party, at=at, details={"person": person})
    return member


def end_scorer(member: int, *, by: SignedIn, at: datetime) -> CommitteeMember:
    """End a membership; what the member gave already still counts, so nobody's scores go with them.

    Raises NotAllowed, DecisionRefused, DoesNotExist.
    """
    with transaction.atomic():
        row = CommitteeMember.objects.select_for_update(of=("self",)).select_related("round").get(pk=member)
        _open_round(row.round_id)
        ensure_may_act(by, APPOINT, row.round.body_id, at=at)
        if row.ended_at is not None:
            raise refused("ended", "Dit lidmaatschap is al beëindigd.", "This membership has ended already.")
        row.ended_by_id, row.ended_at = by.person, at
        row.save(update_fields=["ended_by", "ended_at"])
        record("ended_scorer", Party("round", str(row.round_id)), by=by.party, at=at, details={"person": row.person_id})
    return row


def _open_round(round_: int) -> Round:
    """Lock a round that ranks and whose scores nobody has proposed to fix. Raises DecisionRefused, DoesNotExist."""
    row = Round.objects.select_for_update(no_key=True).get(pk=round_)
    if row.order != "ranking":
        raise refused("no_ranking", "In dit tijdvak worden aanvragen niet gerangschikt.",
                      "Applications are not ranked in this round.")  # fmt: skip
    ensure_not_proposed(row)
    return row


def ensure_not_proposed(round_: Round) -> None:
    """Raise DecisionRefused where the scores of a round were proposed to be fixed, or are fixed."""
    if Ranking.objects.filter(round=round_, withdrawn_at=None).exists():
        raise refused("proposed", "De scores zijn al voorgesteld of vastgesteld. Er verandert nu niets meer.",
                      "The scores have been proposed or fixed already. Nothing changes any more.")  # fmt: skip
