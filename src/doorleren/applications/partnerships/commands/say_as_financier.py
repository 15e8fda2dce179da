"""An organisation saying of the part that an application lets it pay: that is our share, or it is not ours."""

from datetime import datetime

from django.db import transaction

from doorleren.applications.access import ensure, may_say_as_financier
from doorleren.applications.models import Application, DivisionLine, FinancierSays, FinancierWord
from doorleren.applications.partnerships.financiers import part_of, why_closed
from doorleren.applications.partnerships.refusing import PART_CHANGED
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.acts import record
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn


def say_as_financier(
    application: int, kvk: str, cents: int, word: FinancierSays, *, by: SignedIn, at: datetime
) -> bool:
    """Keep what an organisation says of the part that it pays; gives whether that is new. It may change its mind until a decision.

    `cents`: of the part as it was shown; the applicant may have changed it since. It changes nothing of what stands ready or came in.
    Raises NotAllowed unless it is one's own organisation, DivisionLine.DoesNotExist where that pays no part, or none that it is told
    of, and ApplicationRefused where the part is another by now, and once it was withdrawn, decided on or forwarded.
    """
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
        found = part_of(row.pk, kvk)
        if found is None:
            raise DivisionLine.DoesNotExist
        ensure(may_say_as_financier(by, kvk, at=at))
        closed = why_closed(row)
        if closed is not None:
            raise ApplicationRefused(closed)
        if found.line.part != cents:
            raise ApplicationRefused(PART_CHANGED)
        if found.word is not None and found.word.word == word:
            return False
        FinancierWord.objects.create(line=found.line, word=word, by_kind=by.party.kind, by_id=by.party.id, at=at)
        details = {"organisation": Organisation.objects.get(kvk=kvk).pk, "cents": found.line.part}
        record(f"share_{word.value}", party(row), by=by.party, at=at, details=details)
    return True
