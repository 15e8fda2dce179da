"""What a participant sees of registrations: which adviser registered them, where, and the buttons to say yes or no."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doorleren.applications.bundles.queries import registrations_for
from doorleren.applications.commands.confirm_registration import confirm_registration
from doorleren.applications.models import Registration, Word
from doorleren.web.applicant.own_word import EnteredByOthers, Words, row
from doorleren.web.applicant.words import moment, round_shown


def _rows(person: int) -> list[dict[str, Any]]:
    return [_shown(one) for one in registrations_for(person)]


def _shown(one: Registration) -> dict[str, Any]:
    word = getattr(one, "confirmation", None)
    told = _("%(firm)s heeft u aangemeld op %(at)s.") % {"firm": one.organisation.name, "at": moment(one.registered_at)}
    return row(one.pk, round_shown(one.round)["scheme"], told, word, _said(one, word.word) if word else "")


def _said(one: Registration, word: str) -> str:
    if word != Word.CONFIRMED and one.application.withdrawn_at is None:
        return _(
            "U hebt nee gezegd. Over deze registratie was al besloten. Daarom is zij niet ingetrokken; uw antwoord is bewaard."
        )
    return {
        Word.CONFIRMED.value: _("U hebt gezegd dat dit klopt."),
        Word.NOT_ME.value: _("U hebt gezegd dat u dit niet bent. De registratie is ingetrokken."),
        Word.NOT_WANTED.value: _("U hebt gezegd dat u dit niet wilt. De registratie is ingetrokken."),
    }[word]


REGISTRATIONS = EnteredByOthers(
    thing="registration",
    act="confirm_registration",
    page="applications-registrations",
    one="applications-registration",
    words=Words(
        title=gettext_lazy("Aanmeldingen voor mij"),
        lead=gettext_lazy("Een loopbaanadviseur kan u aanmelden voor een gratis advies. Hier zegt u of dat klopt."),
        once=gettext_lazy("U zegt dit één keer. Zegt u nee, dan trekken wij de aanmelding in."),
        none=gettext_lazy("Niemand heeft u aangemeld."),
        not_known=gettext_lazy(
            "Wij kennen uw burgerservicenummer niet, omdat u zonder dat nummer bent ingelogd. Aanmeldingen kunnen wij dan niet bij u zoeken."
        ),
        choose=gettext_lazy("Kies of de registratie klopt, of waarom niet."),
    ),
    rows=_rows,
    keep=confirm_registration,
)
mine, say = REGISTRATIONS.mine(), REGISTRATIONS.say()
