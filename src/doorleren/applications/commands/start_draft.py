"""Starting a draft: for oneself, or for an organisation that one may file for (Awb 4:1, 4:2)."""

import secrets
from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ROLE_TO_FILE, ensure, may_file
from doorleren.applications.answers import used_by
from doorleren.applications.commands.save_answers import insert
from doorleren.applications.grants import for_one_training, grants_for
from doorleren.applications.models import Application, PartyKind
from doorleren.applications.offers.rules import for_each
from doorleren.applications.once import told_of_grants
from doorleren.applications.one_training import GRANTS
from doorleren.applications.parties import Named, parties_of
from doorleren.applications.prefilling import known_at_start
from doorleren.applications.queries import gate_of, tracks_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import CLOSED, NO_TRACK, NOT_FOR_YOU, ApplicationRefused
from doorleren.applications.regions import facts_of_region
from doorleren.audit.acts import record
from doorleren.core.days import day_of
from doorleren.people.models import Role
from doorleren.people.queries import in_force
from doorleren.people.signed_in import SignedIn
from doorleren.register.funding.facts import FACTS
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.versions import Track


def start_draft(
    round_: Round, track: str, *, applicant: Named, activity: int | None = None, told: Profile | None = None,
    registered: Profile | None = None, library: Library, by: SignedIn, at: datetime,
) -> Application:  # fmt: skip
    """Start a draft in a round that has not closed. Raises NotAllowed or ApplicationRefused.

    What is known goes in at once: `told` (the applicant's answers in the finder), `registered` (what the register tells
    of the activity, which goes before, as does the region of a municipality), and what the same applicant told in earlier
    applications (prefilling.py).
    """
    ensure(may_file(by, applicant, at=at))
    chosen = next((one for one in tracks_of(round_) if one.id == track), None)
    if chosen is None:
        raise ApplicationRefused(NO_TRACK)
    if not _fits(chosen, applicant, by, at):
        raise ApplicationRefused(NOT_FOR_YOU)
    if gate_of(round_).closed_at is not None:
        raise ApplicationRefused(CLOSED)
    used = used_by(round_, chosen, day_of(at), library)
    by_register = facts_of_region(applicant, used) | told_of_grants(round_, chosen, applicant, used, at=at)
    by_register |= registered or {}
    if activity is not None and GRANTS in used:
        by_register[GRANTS] = grants_for(round_, [activity], library=library, at=at).get(activity, 0)
    told = told or {}
    by_training = for_one_training(round_, chosen, library) or for_each(chosen)
    if by_training:  # the register tells of it; what was told before may be of another training
        told = {name: value for name, value in told.items() if name not in FACTS}
    known = known_at_start(applicant, used, told=told, registered=by_register, library=library, at=at)
    with transaction.atomic():
        made = Application.objects.create(
            round=round_, track=chosen.id, key=secrets.token_urlsafe(24), salt=secrets.token_hex(32),
            activity_id=activity, started_at=at, **parties_of(chosen, applicant).columns(),
        )  # fmt: skip
        insert(made, known, library=library, by=by.party, at=at)
        record("started", party(made), by=by.party, at=at, details={"round": round_.pk})
    return made


def _fits(track: Track, applicant: Named, by: SignedIn, at: datetime) -> bool:
    """Say whether this kind of applicant files in a track: a person, or an organisation by the role one has there."""
    if track.applicant == "person":
        return applicant.kind == PartyKind.PERSON
    kind = ROLE_TO_FILE.get(track.applicant)
    if kind is None or applicant.kind != PartyKind.ORGANISATION:
        return False
    held = Role.objects.filter(in_force(day_of(at)), person=by.person, organisation=applicant.number, kind=kind)
    return held.exists()
