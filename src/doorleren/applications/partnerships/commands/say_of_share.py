"""An organisation saying of the part that an application lets it pay: that is our share, or it is not ours."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_say_of_share
from doorleren.applications.models import Application, DivisionLine, FinancierWord, ShareWord
from doorleren.applications.own_case import case_of
from doorleren.applications.partnerships.financiers import part_of
from doorleren.applications.partnerships.refusing import DECIDED
from doorleren.applications.recording import party
from doorleren.applications.refusing import WITHDRAWN, ApplicationRefused
from doorleren.audit.acts import record
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn


def say_of_share(application: int, kvk: str, word: ShareWord, *, by: SignedIn, at: datetime) -> bool:
    """Keep what an organisation says of the part that it pays; gives whether that is new. It may change its mind until a decision.

    It changes nothing of what stands ready or came in. Raises NotAllowed unless it is one's own organisation,
    DivisionLine.DoesNotExist where that pays no part, ApplicationRefused once it was withdrawn or decided on.
    """
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
        found = part_of(row.pk, kvk)
        if found is None:
            raise DivisionLine.DoesNotExist
        ensure(may_say_of_share(by, kvk, at=at))
        ensure_undecided(row)
        if found.word is not None and found.word.word == word:
            return False
        FinancierWord.objects.create(line=found.line, word=word, by_kind=by.party.kind, by_id=by.party.id, at=at)
        details = {"organisation": Organisation.objects.get(kvk=kvk).pk, "cents": found.line.part}
        record(f"share_{word.value}", party(row), by=by.party, at=at, details=details)
    return True


def ensure_undecided(application: Application) -> None:
    """Raise ApplicationRefused once an application was withdrawn, or decided on."""
    if application.withdrawn_at is not None:
        raise ApplicationRefused(WITHDRAWN)
    case = case_of(application)
    if case is None:
        return
    if case.decided_at is not None:
        raise ApplicationRefused(DECIDED)
    if case.state in ("withdrawn", "closed", "forwarded"):
        raise ApplicationRefused(WITHDRAWN if case.state == "withdrawn" else DECIDED)
