"""The plan of an advance as the party reads it: its parts, from when each is paid, and how it stands."""

from django.utils.translation import gettext as _

from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.core.money import euros
from doorleren.payments.advances import How, parts_now
from doorleren.web.public.values import day_in_words
from doorleren.web.surroundings import now


def advance_shown(case: Case) -> list[dict[str, str]]:
    """List the parts of the advance of a case; none where it is paid at once, or there is none."""
    said: dict[How, str] = {
        "given": _("toegekend"), "due": _("wordt nu toegekend"), "later": _("komt nog"),
        "progress": _("komt als uw voortgangsverslag akkoord is"), "stopped": _("staat nu stil"),
    }  # fmt: skip
    return [
        {
            "label": _("Deel %(number)s, vanaf %(day)s") % {"number": one.number, "day": day_in_words(one.due_on)}
            if one.due_on is not None else _("Deel %(number)s, na uw voortgangsverslag") % {"number": one.number},
            "amount": euros(one.cents), "stands": said[one.how],
        }
        for one in parts_now(case, day_of(now()))
    ]  # fmt: skip
