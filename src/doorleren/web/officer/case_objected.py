"""An objection for who answers it: what it is against, whether it came too late, and what became of the letter that its term runs from."""

from django.utils.translation import gettext as _

from doorleren.cases.acts import called
from doorleren.decisions.late_objections import Contested, contested_by
from doorleren.decisions.models import Objection
from doorleren.decisions.objections import objections_open
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.public.questions import in_language


def objected_facts(one: Objection, hand: AtHand) -> list[tuple[str, str]]:
    """Describe an objection in facts, with its number and whether it came too late."""
    found, against = contested_by(one, hand.acts), one.against
    facts = [
        (_("Bezwaar"), str(one.number)),
        (_("Tegen"), f"{in_language(called(against.act, hand.case.procedure))}, {written_day(against.happened_on)}"),
        (_("Ontvangen"), written_day(one.received_on)),
    ]
    if found.last_day:
        facts.append((_("Kon tot en met"), written_day(found.last_day)))
    facts.append((_("Te laat"), _("ja (Awb artikel 6:7)") if found.late else _("nee")))
    if found.back:
        facts.append((_("Brief van het besluit"), _letter(found)))
    return facts


def _letter(found: Contested) -> str:
    """Say when the letter of the decision was sent, came back and went again."""
    told = [
        _("verzonden op %(day)s") % {"day": written_day(found.sent)} if found.sent else "",
        _("teruggekomen op %(day)s") % {"day": written_day(found.back)},
        _("opnieuw verzonden op %(day)s") % {"day": written_day(found.again)} if found.again else _("niet opnieuw verzonden"),
    ]  # fmt: skip
    return ", ".join(one for one in told if one)


def late_by_a_letter_that_came_back(hand: AtHand) -> str:
    """Warn who leaves an objection untreated as too late that the letter of the decision came back; nothing where it did not."""
    late = ((one, contested_by(one, hand.acts)) for one in objections_open(hand.case.pk) if one.late)
    backs = [(one.number, found) for one, found in late if found.late and found.back]
    if not backs:
        return ""
    number, found = backs[0]
    return _(
        "Bezwaar %(number)s kwam te laat, maar de brief van het besluit kwam op %(day)s terug. Ging die naar een verkeerd adres, dan liep "
        "de bezwaartermijn nog niet (Awb artikel 6:8). Kijk dat eerst na, en stuur de brief zo nodig opnieuw."
    ) % {"number": number, "day": written_day(found.back)}
