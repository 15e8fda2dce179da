"""What a decision will do, in sentences, before it is taken."""

from datetime import date

from django.utils.translation import gettext as _

from doorleren.web.officer.act_form import Typed
from doorleren.web.officer.subject import Subject
from doorleren.web.portal.cards import day


def told_ahead(one: Subject, act: str, typed: Typed, today: date) -> list[str]:
    """Say what the decision does, for whom, from when, and what stays."""
    named = {"title": one.title, "day": day(typed.effective_on or today), "most": typed.grants_a_year}
    told = [text % named for text in _of_act(one, act, typed)]
    if act in ("suspended", "removed"):
        told.append(keeps_right())
    if act != "admitted":
        told.append(_("De opleider leest uw reden en de toetsen die u noemt, en hoe bezwaar maken gaat."))
    if act in ("refused", "removed"):
        told.append(_("De opleider mag zich opnieuw aanmelden."))
    return told


def keeps_right() -> str:
    """Say who keeps the right to an activity that is suspended or removed (`admission.right_of_application`)."""
    return _("Wie voor de ingangsdag al een aanvraag deed in een aanvraagtijdvak dat toen open was, houdt zijn recht.")


def _of_act(one: Subject, act: str, typed: Typed) -> list[str]:
    if one.activity is None:
        return {
            "admitted": [
                _("U laat de opleider “%(title)s” toe vanaf %(day)s. Daarna kunt u zijn opleidingen toelaten.")
            ],
            "refused": [_("U weigert vandaag de toelating van de opleider “%(title)s”.")],
            "suspended": [
                _("U schorst de opleider “%(title)s” vanaf %(day)s."),
                _("Zijn opleidingen zijn vanaf die dag ook niet toegelaten, tot de schorsing eindigt."),
            ],
            "removed": [
                _("U verwijdert de opleider “%(title)s” uit het register vanaf %(day)s."),
                _("Zijn opleidingen zijn vanaf die dag ook niet toegelaten. Wat erover bekend is, blijft bewaard."),
            ],
        }[act]
    cap = (
        _("Per jaar zijn er ten hoogste %(most)s subsidies voor deze opleiding.")
        if typed.grants_a_year
        else _("Er is geen maximum aan het aantal subsidies per jaar.")
    )
    return {
        "admitted": [_("U laat de opleiding “%(title)s” toe vanaf %(day)s."), cap],
        "refused": [_("U weigert vandaag de toelating van de opleiding “%(title)s”.")],
        "suspended": [_("U schorst de opleiding “%(title)s” vanaf %(day)s.")],
        "removed": [
            _("U verwijdert de opleiding “%(title)s” uit het register vanaf %(day)s."),
            _("Wat erover bekend is, blijft bewaard."),
        ],
    }[act]
