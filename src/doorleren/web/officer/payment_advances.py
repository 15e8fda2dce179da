"""The plan of an advance on the page of the money of a case: its parts, from when each is paid, and how it stands."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from doorleren.payments.advances import How, PartNow, parts_now
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.payment_words import amounts
from doorleren.web.provision_words import words_of
from doorleren.web.public.values import euros


def advances_shown(found: AtHand) -> dict[str, Any] | None:
    """Describe the parts of the advance as a table; None where it is paid at once, or there is none."""
    parts = parts_now(found.case, found.asking.today)
    if not parts:
        return None
    columns = [_("Deel"), _("Bedrag"), _("Vanaf"), _("Stand")]
    rows: list[list[str | Mapping[str, Any]]] = [
        [str(one.number), euros(one.cents), _from(one), _stands()[one.how]] for one in parts
    ]
    return amounts(
        "advances",
        capfirst(_("%(advance)s in delen") % words_of(found.case.procedure)),
        columns,
        rows,
        at=(1,),
    )


def _from(one: PartNow) -> str:
    return _("als het voortgangsverslag akkoord is") if one.due_on is None else written_day(one.due_on)


def _stands() -> dict[How, dict[str, str]]:
    return {
        "given": {"text": _("in het grootboek"), "badge": "get"},
        "due": {"text": _("gaat nu naar het grootboek"), "badge": "maybe"},
        "later": {"text": _("nog niet zover"), "badge": "quiet"},
        "progress": {"text": _("wacht op akkoord"), "badge": "maybe"},
        "stopped": {"text": _("staat stil"), "badge": "warning"},
    }
