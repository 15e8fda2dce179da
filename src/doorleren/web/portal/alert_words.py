"""What the pages of an alert say, by what it is about: a search of trainings, or the rounds of a scheme."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.register.models import Alert
from doorleren.web.portal.alert_pages import scheme_named, words
from doorleren.web.public.questions import language

SEARCH, SCHEME, ADDRESS = "search", "scheme", "email"


def about(alert: Alert) -> dict[str, Any]:
    """Give the words and links of an alert, for the pages of templates/portal/alert*.html."""
    return about_scheme(alert.scheme) if alert.scheme else about_search(alert.search)


def about_search(search: str) -> dict[str, Any]:
    """Give those of an alert on a search, as it is kept."""
    return {
        "title": _("E-mail bij nieuwe opleidingen"),
        "lead": _("Uw zoekvraag: %(words)s") % {"words": words(search)},
        "question": _("Wilt u een e-mail als er nieuwe opleidingen zijn bij deze zoekvraag? Hoogstens één per dag."),
        "on": _("U krijgt een e-mail als er nieuwe opleidingen zijn, hoogstens één per dag. In elke e-mail staat hoe u stopt."),
        "ends": _("U krijgt dan geen e-mails meer over deze zoekvraag, en uw e-mailadres is hier meteen weg."),
        "ended": _("Uw e-mailadres is hier weg. U krijgt geen e-mails meer over deze zoekvraag."),
        "back_url": with_search("trainings", search),
        "back": _("Naar de opleidingen"),
        "again_url": with_search("trainings-alerts", search),
        "keeps": _("Hier bewaren wij alleen uw e-mailadres en uw zoekvraag."),
    }  # fmt: skip


def about_scheme(scheme: str) -> dict[str, Any]:
    """Give those of an alert on the rounds of a scheme."""
    return {
        "title": _("E-mail bij een nieuw aanvraagtijdvak"),
        "lead": _("Regeling: %(name)s") % {"name": scheme_named(scheme, language())},
        "question": _("Wilt u een e-mail als er een nieuw aanvraagtijdvak van deze regeling bekend is, en als het opengaat?"),
        "on": _("U krijgt een e-mail als een nieuw aanvraagtijdvak bekend is, en als het opengaat. In elke e-mail staat hoe u stopt."),
        "ends": _("U krijgt dan geen e-mails meer over deze regeling, en uw e-mailadres is hier meteen weg."),
        "ended": _("Uw e-mailadres is hier weg. U krijgt geen e-mails meer over deze regeling."),
        "back_url": reverse("schemes-one", args=[scheme]),
        "back": _("Naar de regeling"),
        "keeps": _("Hier bewaren wij alleen uw e-mailadres en om welke regeling het gaat."),
        "again_url": f"{reverse('rounds-alerts')}?{SCHEME}={scheme}",
    }  # fmt: skip


def search_form(search: str, address: str = "", error: str = "", *, answered: bool = False) -> dict[str, Any]:
    """Give the form for an alert on a search, see templates/portal/alert_form.html. `answered`: the visitor told answers."""
    kept = [_("Wij bewaren alleen uw e-mailadres en deze zoekvraag. Uw antwoorden en uw situatie bewaren wij niet.")]
    if answered:
        kept.append(_("In de e-mails tellen uw antwoorden dus niet mee."))
    return _form(reverse("trainings-alerts"), SEARCH, search, address, error) | {
        "title": _("Mail mij nieuwe opleidingen bij deze zoekvraag"),
        "promise": _("U krijgt hoogstens één e-mail per dag, en alleen als er iets nieuws is. Stoppen kan in elke e-mail met één klik."),
        "kept": " ".join(kept),
    }  # fmt: skip


def scheme_form(scheme: str, address: str = "", error: str = "") -> dict[str, Any]:
    """Give the form for an alert on the rounds of a scheme."""
    return _form(reverse("rounds-alerts"), SCHEME, scheme, address, error) | {
        "title": _("Mail mij als ik hier kan aanvragen"),
        "promise": _("U krijgt een e-mail als een nieuw aanvraagtijdvak bekend is, en als het opengaat. Stoppen kan in elke e-mail met één klik."),
        "kept": _("Wij bewaren alleen uw e-mailadres en om welke regeling het gaat."),
    }  # fmt: skip


def _form(action: str, name: str, value: str, address: str, error: str) -> dict[str, Any]:
    return {
        "action": action, "name": name, "value": value, "address": address, "error": error,
        "demo": settings.DOORLEREN_MAILBOX is not None,
    }  # fmt: skip


def with_search(name: str, search: str) -> str:
    """Give the address of a page by its name, with a search as it is kept."""
    return reverse(name) + (f"?{search}" if search else "")
