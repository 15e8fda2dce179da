"""Whether what an applicant made ready was put back for paper (commands/put_back.py), and how long that is told. Reads only."""

from datetime import datetime

from doorleren.applications.models import Application, Origin
from doorleren.applications.once import stands_undecided
from doorleren.applications.queries import gate_of
from doorleren.audit.models import Act


def was_put_back(application: Application, *, at: datetime) -> bool:
    """Say whether an official made what stood ready a draft again, for paper that stands in its way and is not decided on.

    No longer once the applicant went on with it: they answered something, or put it ready again. Nor where its round is closed.
    """
    if application.frozen_at is not None or application.withdrawn_at is not None:
        return False
    acts = Act.objects.filter(subject_kind="application", subject_id=str(application.pk), act="put_back")
    last = acts.order_by("-id").first()
    if last is None or gate_of(application.round).closed_at is not None:
        return False
    own = application.answers.filter(at__gt=last.at, origin=Origin.SELF).exists()
    went_on = own or application.freezes.filter(at__gt=last.at).exists()
    return not went_on and stands_undecided(int(last.details["paper"]), at=at)
