"""Declaring, per case and before scoring it, whether one has a conflict of interest. Ground: Awb 2:4 (recalled)."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import record
from doorleren.cases.recording import party_of
from doorleren.decisions.access import SCORE, ensure_may_act
from doorleren.decisions.commands.appoint_scorer import ensure_not_proposed
from doorleren.decisions.committee.scores import INTEREST
from doorleren.decisions.matters import Matter, matter_held
from doorleren.decisions.models import CONFLICTS, CommitteeMember, ConflictDeclaration
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content, seal
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round

LONGEST = 2000


def declare_interest(
    case: int, *, conflict: bool, kind: str = "", words: str = "", by: SignedIn, at: datetime
) -> ConflictDeclaration:  # fmt: skip
    """Declare that one has no conflict of interest in a case, or one of a kind, explained in `words`; the last one counts.

    What the member gave the case before no longer counts while there is a conflict. Raises NotAllowed, DecisionRefused.
    """
    with transaction.atomic():
        matter, member = scoring(case, by, at)
        if conflict and kind not in CONFLICTS:
            raise refused("kind", "Kies wat voor belang het is.", "Choose what kind of interest it is.", "kind")
        if conflict and not 0 < len(words.strip()) <= LONGEST:
            raise refused("words", f"Leg uit wat uw belang is, in hoogstens {LONGEST} tekens.",
                          f"Explain your interest, in at most {LONGEST} characters.", "words")  # fmt: skip
        number = ConflictDeclaration.objects.filter(member=member, case=matter.case).count() + 1
        name = f"{INTEREST}-{member.pk}-{number}"
        content = seal(Content(words=words.strip(), told={"kind": kind}), matter.case, name, at) if conflict else None
        made = ConflictDeclaration.objects.create(
            member=member, case=matter.case, number=number, conflict=conflict,
            content=content, at=at,
        )  # fmt: skip
        record("declared_interest", party_of(matter.case), by=by.party, at=at, details={
            "round": matter.round.pk, "number": number, "conflict": conflict,
        })  # fmt: skip
    return made


def scoring(case: int, by: SignedIn, at: datetime) -> tuple[Matter, CommitteeMember]:
    """Lock a case for one of its scorers, and give what it is about and the membership; while scores may still change.

    The round is locked too, so that its scores are not proposed meanwhile. Raises NotAllowed, DecisionRefused.
    """
    matter = matter_held(case)
    ensure_may_act(by, SCORE, matter.round.body_id, at=at)
    Round.objects.select_for_update(no_key=True).get(pk=matter.round.pk)
    ensure_not_proposed(matter.round)
    member = CommitteeMember.objects.filter(round=matter.round, person=by.person, ended_at=None).first()
    if member is None:
        raise refused("not_a_member", "U zit niet in de commissie van dit tijdvak.",
                      "You are not in the committee of this round.")  # fmt: skip
    return matter, member
