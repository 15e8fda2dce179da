"""Fixing the scores of a round by two officials who gave none: one proposes, another fixes. Then the list follows (rank_round).

Not before the last day on which paper of before the closing can be entered (applications/late_paper.py): whoever applied on
paper is scored as everybody else, and the list never has to be made anew for them (C16).

Fixing decides who comes first: both have a hand in deciding in every case of the round, and assess nor pay in it.
"""

from datetime import datetime

from django.db import transaction

from doorleren.applications.late_paper import last_day_for_paper
from doorleren.audit.acts import Party, record
from doorleren.cases.access import barred, hands_in
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.locking import to_lock
from doorleren.core.days import day_of, written_day
from doorleren.decisions.access import FIX, ensure_may_act
from doorleren.decisions.commands.appoint_scorer import ensure_not_proposed
from doorleren.decisions.committee.scores import Committee, committee_of
from doorleren.decisions.models import CommitteeMember, Ranking
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round


def propose_scores(round_: int, *, by: SignedIn, at: datetime) -> Ranking:
    """Propose to fix what the committee gave, once all is in, also on paper; from then on no score changes.

    Raises NotAllowed, DecisionRefused.
    """
    with transaction.atomic():
        row = _round(round_, by, at)
        ensure_not_proposed(row)
        committee = committee_of(row)
        _ensure_done(committee, at)
        _ensure_other_hands(committee, by.person)
        made = Ranking.objects.create(round=row, digest=committee.digest(), proposed_by_id=by.person, proposed_at=at)
        record("proposed_scores", _about(row), by=by.party, at=at, details={
            "ranking": made.pk, "cases": len(committee.cases), "digest": made.digest,
        })  # fmt: skip
    return made


def fix_scores(ranking: int, seen: str, *, by: SignedIn, at: datetime) -> Ranking:
    """Fix the scores that another proposed; `seen` is the hash of what was looked at. Raises NotAllowed, DecisionRefused.

    Every case of the round is locked before it is asked who has a hand in one, as whoever gets a hand locks that case.
    """
    with transaction.atomic():
        held = _locked(ranking)
        made, row = _waiting(ranking, by, at)
        if made.proposed_by_id == by.person:
            raise NotAllowed(Refused("oneself"))
        committee = committee_of(row)
        _ensure_done(committee, at)
        _ensure_other_hands(committee, by.person)
        _ensure_proposer(committee, made)
        if seen != made.digest or committee.digest() != made.digest or not held.issuperset(_numbers(committee)):
            raise refused("other_scores", "Dit zijn niet de scores die zijn voorgesteld.",
                          "These are not the scores that were proposed.")  # fmt: skip
        made.fixed_by_id, made.fixed_at = by.person, at
        made.save(update_fields=["fixed_by", "fixed_at"])
        keep_hands(_numbers(committee), "decide", (made.proposed_by_id, by.person), cause=f"ranking/{made.pk}")
        record("fixed_scores", _about(row), by=by.party, at=at, details={"ranking": made.pk, "digest": made.digest})
    return made


def withdraw_scores(ranking: int, *, by: SignedIn, at: datetime) -> Ranking:
    """Withdraw a proposal that waits, so that members can score again. Raises NotAllowed, DecisionRefused."""
    with transaction.atomic():
        made, row = _waiting(ranking, by, at)
        made.withdrawn_at = at
        made.save(update_fields=["withdrawn_at"])
        record("withdrew_scores", _about(row), by=by.party, at=at, details={"ranking": made.pk})
    return made


def _round(round_: int, by: SignedIn, at: datetime) -> Round:
    """Lock a round for somebody who may fix its scores and gave none of them. Raises NotAllowed, DoesNotExist."""
    row = Round.objects.select_for_update(no_key=True).get(pk=round_)
    ensure_may_act(by, FIX, row.body_id, at=at)
    if CommitteeMember.objects.filter(round=row, person=by.person).exists():
        raise NotAllowed(Refused("assessed_it"))
    return row


def _locked(ranking: int) -> frozenset[int]:
    """Lock the cases of the round of a proposal, before the round as scoring does; give their numbers. Raises DoesNotExist."""
    found = _numbers(committee_of(Ranking.objects.select_related("round").get(pk=ranking).round))
    return frozenset(one.pk for one in to_lock().filter(pk__in=found).order_by("pk"))


def _numbers(committee: Committee) -> list[int]:
    return [one.case.pk for one in committee.cases]


def _ensure_other_hands(committee: Committee, person: int) -> None:
    """Raise NotAllowed for who had a hand in a case of the round that keeps from deciding in it, such as assessing it."""
    for hands in hands_in(_numbers(committee)).values():
        other = barred("decide", hands, (person,))
        if other is not None:
            raise NotAllowed(other)


def _ensure_proposer(committee: Committee, made: Ranking) -> None:
    """Raise DecisionRefused where who proposed had such a hand in a case since: fixing makes them one of the two who decide."""
    try:
        _ensure_other_hands(committee, made.proposed_by_id)
    except NotAllowed as barred_now:
        raise refused(
            "proposer", "Wie de scores voorstelde, beoordeelde daarna een aanvraag. Trek het voorstel in. Een ander stelt de scores dan voor.",
            "Whoever proposed the scores assessed an application after that. Withdraw the proposal. Somebody else then proposes the scores.",
        ) from barred_now  # fmt: skip


def _waiting(ranking: int, by: SignedIn, at: datetime) -> tuple[Ranking, Round]:
    made = Ranking.objects.select_for_update().get(pk=ranking)
    row = _round(made.round_id, by, at)
    if not made.waits:
        raise refused("not_waiting", "Dit voorstel wacht niet meer.", "This proposal no longer waits.")
    return made, row


def why_not_yet(committee: Committee, *, at: datetime) -> DecisionRefused | None:
    """Give what is lacking before the scores of a round can be proposed; None where they can be."""
    try:
        _ensure_done(committee, at)
    except DecisionRefused as fault:
        return fault
    return None


def _ensure_done(committee: Committee, at: datetime) -> None:
    """Raise DecisionRefused, saying what is lacking, unless the round is closed, nobody can come in on paper, and every case is scored."""
    last = last_day_for_paper(committee.round)
    if last is None:
        raise refused("open", "Het aanvraagtijdvak is nog open.", "The round is still open.")
    if day_of(at) <= last:
        nl, en = (written_day(last, language) for language in ("nl", "en"))
        raise refused(
            "paper",
            f"Tot en met {nl} kan een aanvraag op papier van vóór het sluiten nog worden ingevoerd. Geef die ook punten, en stel "
            "de scores daarna voor.",
            f"Until {en} an application on paper of before the closing can still be entered. Score those too, and propose the "
            "scores after that day.",
        )
    if committee.without_a_case:
        raise refused("no_case", f"{committee.without_a_case} aanvragen hebben nog geen zaak. Probeer het zo weer.",
                      f"{committee.without_a_case} applications have no case yet. Try again shortly.")  # fmt: skip
    if lacking := sum(one.case.state == "incomplete" for one in committee.cases):
        raise refused("incomplete", f"{lacking} aanvragen zijn nog niet compleet. Wacht tot zij zijn aangevuld, of laat ze buiten "
                      "behandeling.", f"{lacking} applications are not complete yet. Wait until they are completed, or leave them "
                      "out of treatment.")  # fmt: skip
    if not committee.done:
        number = sum(not one.done for one in committee.cases)
        raise refused("not_done", f"Nog niet alle scores zijn er: bij {number} aanvragen ontbreekt er iets.",
                      f"Not all scores are in: something lacks for {number} applications.")  # fmt: skip


def _about(row: Round) -> Party:
    return Party("round", str(row.pk))
