"""What happens where the opening of a round fails, in words: before it, as it was announced, and after two people decided on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.rounds.fell_back import FellBack
from doorleren.rules.versions import Fallback

DAY_HOURS = 24


def announced_words(rule: Fallback | None, order: str, body: str) -> list[str]:
    """Say what was announced for a failed opening; that nothing was, where it was not."""
    if rule is None:
        return [
            _("Hierover is vooraf niets bekendgemaakt."),
            _("Wie een ontvangstbewijs heeft, heeft in elk geval ingediend."),
        ]
    return [
        _("De opening is mislukt als het tijdvak op de dag van de opening niet open kan.")
        + " "
        + ngettext(
            "Of als in de eerste %(hours)s uur %(minutes)s minuut lang niemand kon indienen.",
            "Of als in de eerste %(hours)s uur ten minste %(minutes)s minuten lang niemand kon indienen.",
            rule.silent_minutes,
        )
        % {"hours": rule.within_hours, "minutes": rule.silent_minutes},
        _("Dat beslissen twee medewerkers van %(body)s samen. Het gebeurt nooit vanzelf.") % {"body": body},
        *then_words(rule, order),
    ]


def then_words(rule: Fallback, order: str) -> list[str]:
    """Say what then happens, and what becomes of who has a receipt."""
    if rule.then == "extend":
        return [
            _("Het tijdvak blijft dan langer open: ten minste zo lang als niemand kon indienen."),
            _("Hebt u een ontvangstbewijs? Dan is uw aanvraag binnen en hoeft u niets te doen."),
        ]
    anew = _("Het tijdvak gaat dan dicht en later opnieuw open. Dat is ten minste %(notice)s na het besluit.")
    return [anew % {"notice": _long(rule.notice_hours)}, *kept_words(rule, order)]


def kept_words(rule: Fallback, order: str) -> list[str]:
    """Say what becomes of who has a receipt where the round opens anew."""
    stays = _("Hebt u een ontvangstbewijs? Dan is uw aanvraag binnen en hoeft u niet opnieuw in te dienen.")
    if rule.then == "keep_places":
        return [stays, _("U houdt uw plaats. Wie na de nieuwe opening indient, is na u aan de beurt.")]
    if order == "random_present":
        return [stays, _("U doet mee in dezelfde loting als wie op tijd is bij de nieuwe opening.")]
    return [stays, _("Uw aanvraag telt net zo mee als die van wie na de nieuwe opening indient.")]


def decided_words(
    found: FellBack | None, rule: Fallback | None, order: str, moment: Callable[[datetime], str]
) -> dict[str, Any] | None:
    """Say what was decided after the opening failed, and why; None where nothing was."""
    if found is None or rule is None:
        return None
    if found.opens_at is not None:
        what = _("Het tijdvak gaat opnieuw open op %(opens)s.") % {"opens": moment(found.opens_at)}
    elif found.closes_at is not None:
        what = _("Het tijdvak blijft langer open: tot %(until)s.") % {"until": moment(found.closes_at)}
    return {
        "at": moment(found.decided_at),
        "what": what,
        "reason": found.reason,
        "kept": kept_words(rule, order) if found.opens_at else then_words(rule, order)[1:],
    }


def _long(hours: int) -> str:
    days, rest = divmod(hours, DAY_HOURS)
    if rest or not days:
        return _("%(hours)s uur") % {"hours": hours}
    return ngettext("%(days)s dag", "%(days)s dagen", days) % {"days": days}
