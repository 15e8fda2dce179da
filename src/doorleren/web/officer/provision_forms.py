"""What the forms of acts and their fields are called where a case gives no grant: a loan, a place or support (rules/provisions.py)."""

from collections.abc import Callable, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from doorleren.rules.frameworks import LOAN, PURCHASE, SERVICE
from doorleren.web.officer.case_fields import FIELDS
from doorleren.web.officer.case_form_kinds import ActForm
from doorleren.web.officer.case_forms_deciding import DECIDING
from doorleren.web.provision_words import words_of

Called = Mapping[str, tuple[str, str]]
"""By the name of a form: what it is called, and what its button says."""
_AMENDING = next(one for one in DECIDING if one.name == "amend")


def heading(form: ActForm, procedure: str) -> str:
    """Give what a form is called in a case of a procedure."""
    found = called_otherwise(procedure).get(form.name)
    return form.words() if found is None else found[0]


def button(form: ActForm, procedure: str) -> str:
    """Give what the button of a form says in a case of a procedure."""
    found = called_otherwise(procedure).get(form.name)
    return form.button() if found is None else found[1]


def label(key: str, procedure: str) -> str:
    """Give what a field (case_fields.py) is called in a case of a procedure. Raises KeyError."""
    own = _LABELS.get(procedure, dict)()
    return own.get(key) or FIELDS[key].label()


def amending(procedure: str) -> str:
    """Give what the form is called that changes what was granted, for sentences that send somebody there."""
    return heading(_AMENDING, procedure)


def called_otherwise(procedure: str) -> Called:
    """Give the forms that are called otherwise than for a grant; none for a grant."""
    own = _OTHERS.get(procedure)
    return {} if own is None else {**_of_any(procedure), **own()}


def _of_any(procedure: str) -> Called:
    return {
        "grant": (_("Toekennen"), _("Ja, ken toe")),
        "revoke": (capfirst(_("%(name)s intrekken") % words_of(procedure)), _("Ja, trek in")),
        "amend": (_("Toekenning wijzigen"), _("Ja, wijzig")),
        "uphold": (_("Bezwaar gegrond: opnieuw toekennen"), _("Ja, verklaar gegrond")),
    }


def _of_loan() -> Called:
    return {"settle": (_("Lening als afgelost noteren"), _("Ja, de lening is afgelost"))}


def _of_what_is_bought() -> Called:
    return {
        "settle": (_("Afrekenen zoals toegekend"), _("Ja, reken af")),
        "intend-lower": (_("Voornemen om lager af te rekenen"), _("Ja, stuur het voornemen")),
        "settle-lower": (_("Lager afrekenen"), _("Ja, reken lager af")),
        "settle-nil": (_("Op nihil afrekenen"), _("Ja, reken af op nihil")),
        "request-settlement": (_("Verzoek om afrekening noteren"), _("Ja, noteer dit")),
        "uphold-settlement": (_("Bezwaar gegrond: hoger afrekenen"), _("Ja, verklaar gegrond")),
    }


_OTHERS: Mapping[str, Callable[[], Called]] = {
    LOAN: _of_loan,
    PURCHASE: _of_what_is_bought,
    SERVICE: _of_what_is_bought,
}


def _labels_of_loan() -> dict[str, str]:
    return {"though": _("Waarom noteert u de lening toch als afgelost?")}


def _labels_of_what_is_bought() -> dict[str, str]:
    return {"though": _("Waarom betaalt u toch alles?"), "lower": _("Op welk bedrag rekent u af?")}


_LABELS: Mapping[str, Callable[[], dict[str, str]]] = {
    LOAN: _labels_of_loan,
    PURCHASE: _labels_of_what_is_bought,
    SERVICE: _labels_of_what_is_bought,
}
