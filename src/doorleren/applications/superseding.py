"""What stands ready no longer does when something of it changes or it is withdrawn: its token is refused from then on.

So of all that an application ever stood ready with, one content at most can come in: what stands ready now.
"""

from collections.abc import Callable
from datetime import datetime
from itertools import count

from doorleren.applications.models import Application
from doorleren.applications.refusing import SUBMITTED, ApplicationRefused
from doorleren.rounds.commands.supersede import supersede
from doorleren.rounds.models import Superseded


def no_longer_ready(draft: Application, *, at: datetime) -> bool:
    """Make what stands ready a draft again; say whether that could be: it cannot where it came in meanwhile.

    Called by the command that changes or withdraws it, which has locked it, before that records anything.
    """
    if draft.frozen_at is None:
        return True
    if not supersede(draft.round_id, draft.key, draft.frozen_content, at=at):
        return False
    draft.frozen_at, draft.frozen_content = None, ""
    draft.save(update_fields=["frozen_at", "frozen_content"])
    return True


def ensure_draft(draft: Application, *, at: datetime) -> None:
    """Make what stands ready a draft again, as something of it changes. Raises ApplicationRefused where it came in meanwhile."""
    if not no_longer_ready(draft, at=at):
        raise ApplicationRefused(SUBMITTED)


def content_anew(draft: Application, content: Callable[[int], str]) -> str:
    """Give the content to stand ready with: the first of `content(0)`, `content(1)`, ... that was not superseded.

    Who changes an answer and changes it back has said the same, and yet the token of before the change stays refused.
    """
    stood = draft.freezes.values("content")
    gone = set(Superseded.objects.filter(round=draft.round_id, content__in=stood).values_list("content", flat=True))
    return next(found for found in map(content, count()) if found not in gone)
