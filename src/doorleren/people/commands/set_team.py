"""An administrator puts an official in a team of the body, or takes them out. It gives no leave to do anything: it is for work lists."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.people.access import Thing, ensure
from doorleren.people.commands.authorise import RoleRefused
from doorleren.people.models import Role
from doorleren.people.queries import teams_of
from doorleren.people.signed_in import SignedIn

LONGEST = 60


@transaction.atomic
def set_team(role: int, team: str, *, by: SignedIn, at: datetime) -> Role:
    """Put who has this role in the team of this name; empty: in none. A name that differs in capitals alone is the same team.

    Raises NotAllowed; RoleRefused (with the field "team"); Role.DoesNotExist, also for a role outside a body.
    """
    kept = Role.objects.select_for_update(of=("self",)).get(pk=role, body__isnull=False)
    assert kept.body_id is not None
    ensure(by, "set_team", Thing("role", str(role), body=kept.body_id), at=at)
    name = " ".join(team.replace("\x00", "").split())
    if len(name) > LONGEST:
        raise RoleRefused({"team": {
            "nl": f"De naam van een team heeft hoogstens {LONGEST} tekens. U vulde er {len(name)} in.",
            "en": f"The name of a team has at most {LONGEST} characters. You filled in {len(name)}.",
        }})  # fmt: skip
    kept.team = next((one for one in teams_of(kept.body_id) if one.casefold() == name.casefold()), name)
    kept.save(update_fields=["team"])
    details = {"person": kept.person_id, "in_team": bool(name)}
    record("set_team", Party("role", str(role)), by=by.party, at=at, details=details)
    return kept
