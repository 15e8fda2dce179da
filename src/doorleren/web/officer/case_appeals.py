"""Appeals in words for officials: what one is against, and how it ended."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from doorleren.cases.acts import called
from doorleren.cases.models import CaseAct
from doorleren.cases.terms.appealing import ANNULLED, APPEAL_ENDED, JUDGMENT_NOTED, LATE
from doorleren.cases.terms.facts import Done
from doorleren.core.texts import in_language
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_words import judgments, notes
from doorleren.web.public.questions import language


def appealed_words(one: Done | CaseAct | None, procedure: str) -> str:
    """Name the act that an appeal is against, with its day; one of before, which names none, is about the decision."""
    if one is None:
        return _("het besluit")
    day = written_day(one.happened_on)
    if one.act == LATE:
        return _("niet op tijd beslist, in gebreke gesteld op %(day)s") % {"day": day}
    noted = notes().get(str(one.details.get("what", "")))
    return f"{noted or in_language(called(one.act, procedure), language())}, {day}"


def appeal_told(one: CaseAct, rows: Sequence[CaseAct], procedure: str) -> list[str]:
    """Say of an appeal or its end what it was against, and how it ended; nothing of another act."""
    if one.act not in ("appeal_noted", JUDGMENT_NOTED, APPEAL_ENDED):
        return []
    against = next((row for row in rows if row.number == one.details.get("against")), None)
    judgment = str(one.details.get("judgment", ""))
    told = [_("tegen: %(what)s") % {"what": appealed_words(against, procedure)}]
    if judgment == ANNULLED and one.act == APPEAL_ENDED:
        told.append(_("de rechter vernietigde het"))
    elif judgment in judgments():
        told.append(judgments()[judgment])
    return told
