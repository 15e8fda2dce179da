"""What people see of enrolments: an applicant the two numbers for the provider, a participant who enrolled them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doorleren.applications.answers import Counted
from doorleren.applications.models import Application, Enrolment, Word
from doorleren.applications.offers.commands.enrol_participant import answer_enrolment
from doorleren.applications.offers.enrolments import enrolments_for
from doorleren.applications.offers.proofs import TOLD_BY_PROOF, enrolment_of
from doorleren.web import known
from doorleren.web.applicant.own_word import EnteredByOthers, Words, row
from doorleren.web.applicant.words import moment, round_shown
from doorleren.web.public.questions import label, value_in_words


def enrolment_shown(application: Application, answers: Iterable[Counted] = ()) -> dict[str, Any] | None:
    """Describe the enrolment for applicant/offers_proof.html; None where the scheme asks none."""
    found = enrolment_of(application, answers)
    if found is None:
        return None
    facts, proof = known.library().vocabulary.facts, found.proof
    told = {} if proof is None else {name: getattr(proof, column) for name, column in TOLD_BY_PROOF.items()}
    return {
        "key": found.key,
        "activity": found.activity,
        "confirmed": proof is not None,
        "needed": found.needed,
        "by": proof.organisation.name if proof else "",
        "at": moment(proof.at) if proof else "",
        "told": [
            {"label": label(facts[name]), "value": value_in_words(facts[name], value),
             "other": _("U hebt iets anders ingevuld.") if name in found.others else ""}
            for name, value in told.items() if value is not None and name in facts
        ],
    }  # fmt: skip


def _rows(person: int) -> list[dict[str, Any]]:
    return [_shown(one) for one in enrolments_for(person)]


def _shown(one: Enrolment) -> dict[str, Any]:
    word = getattr(one, "said", None)
    told = _("%(firm)s heeft u ingeschreven op %(at)s, met %(scheme)s.") % {
        "firm": one.organisation.name, "at": moment(one.at), "scheme": round_shown(one.round)["scheme"],
    }  # fmt: skip
    title = one.activity.current.title if one.activity.current else one.activity.code
    free = _("Meedoen kost u niets.")
    if getattr(one, "lapsed", False):
        gone = _("Deze inschrijving telt niet meer mee. U bent daarna ergens anders ingeschreven.")
        return row(one.pk, title, told, None, gone)
    return row(one.pk, title, f"{told} {free}", word, _said()[word.word] if word else "")


def _said() -> dict[str, str]:
    return {
        Word.CONFIRMED.value: _("U hebt gezegd dat dit klopt."),
        Word.NOT_ME.value: _("U hebt gezegd dat u dit niet bent. De inschrijving telt niet mee."),
        Word.NOT_WANTED.value: _("U hebt gezegd dat u dit niet wilt. De inschrijving telt niet mee."),
    }


ENROLMENTS = EnteredByOthers(
    thing="enrolment",
    act="answer_enrolment",
    page="applications-enrolments",
    one="applications-enrolment",
    words=Words(
        title=gettext_lazy("Inschrijvingen voor mij"),
        lead=gettext_lazy("Een opleider kan u inschrijven voor een gratis opleiding. Hier zegt u of dat klopt."),
        once=gettext_lazy("U zegt dit één keer. Zegt u nee, dan telt de inschrijving niet mee."),
        none=gettext_lazy("Niemand heeft u ingeschreven."),
        not_known=gettext_lazy(
            "Wij kennen uw burgerservicenummer niet, omdat u zonder dat nummer bent ingelogd. Inschrijvingen kunnen wij dan niet bij u zoeken."
        ),
        choose=gettext_lazy("Kies of de inschrijving klopt, of waarom niet."),
    ),
    rows=_rows,
    keep=answer_enrolment,
)
mine, say = ENROLMENTS.mine(), ENROLMENTS.say()
