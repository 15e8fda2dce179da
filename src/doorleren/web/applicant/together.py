"""What the pages of applying together share: the links to them, who told what last, and who wrote something meanwhile."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.applications.answers import OWN_COST, Counted
from doorleren.applications.commands.save_answers import Given
from doorleren.applications.form import Form
from doorleren.applications.models import Application, PartyKind
from doorleren.applications.offers.enrolments import TAKES_ENROLMENTS
from doorleren.applications.offers.rules import PARTNERSHIP, for_each, has_offer, not_typed
from doorleren.applications.offers.standing import with_offer
from doorleren.applications.partnerships.totals import CO_FINANCING, COSTS, LARGEST, REQUESTED, together
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import CHANGED_MEANWHILE, ApplicationRefused
from doorleren.applications.values import UNKNOWN
from doorleren.people.models import Person
from doorleren.register.funding.facts import FACTS
from doorleren.rules.profile import NA
from doorleren.rules.vocabulary import Fact
from doorleren.web import known
from doorleren.web.applicant.words import moment
from doorleren.web.public.questions import in_language, value_in_words

FROM_DIVISIONS = frozenset({CO_FINANCING, LARGEST, REQUESTED})
"""Totals that follow from the page of the costs; the others follow from the page of the members."""


def links_of(application: Application, form: Form) -> list[dict[str, str]]:
    """Give the pages beside the form that an application has: members, costs, parties (not of who applies for oneself)."""
    names = []
    if has_offer(form.track):
        names.append(("applications-offer", _("Aanbod van opleidingen")))
        if form.track.applicant == PARTNERSHIP and _enrols(application, form):
            names.append(("provider-participants", _("Deelnemers inschrijven")))
    if together(form.track):
        names.append(("applications-members", _("Leden van het samenwerkingsverband")))
        names.append(("applications-plan", _("Plan")))
    if has_cost(form):
        names.append(("applications-costs", _("Kosten verdelen")))
    if application.applicant_kind == PartyKind.ORGANISATION:
        names.append(("applications-parties", _("Partijen en collega's")))
    return [{"url": reverse(name, args=[application.pk]), "label": label} for name, label in names]


def _enrols(application: Application, form: Form) -> bool:
    return with_offer(application.pk, form.track) and state_now(application) in TAKES_ENROLMENTS


def where_told(application: Application, form: Form, fact: Fact) -> str:
    """Give the page on which a fact is told: a group of questions, or what it is computed from."""
    if fact.name not in form.elsewhere:
        return f"{reverse('applications-one', args=[application.pk])}?group={fact.table}"
    if fact.name in FACTS and form.track.applicant == "person":
        return reverse("applications-training", args=[application.pk])
    if fact.name in FACTS or fact.name in not_typed(form.track):
        return reverse("applications-offer", args=[application.pk])
    name = "applications-costs" if fact.name in FROM_DIVISIONS else "applications-members"
    return reverse(name, args=[application.pk])


def called(by: tuple[str, str], own: int | None = None) -> str:
    """Name who did something: oneself, a person by name, else in general."""
    kind, number = by
    if kind != "person" or not number.isdecimal():
        return _("het systeem")
    if int(number) == own:
        return _("uzelf")
    return Person.objects.filter(pk=int(number)).values_list("name", flat=True).first() or _("iemand")


def last_change(answers: Iterable[Counted], own: int) -> str:
    """Say who told something last, and when; nothing where nobody did."""
    last = max((one for one in answers if one.number), key=lambda one: one.number, default=None)
    if last is None:
        return ""
    return _("Laatst veranderd door %(who)s op %(when)s.") % {"who": called(last.by, own), "when": moment(last.at)}


def refused_by_field(
    refused: ApplicationRefused, answers: Sequence[Counted], given: Iterable[Given], member: int = 0
) -> dict[str, str]:  # fmt: skip
    """Say per fact why it was refused; of what another wrote meanwhile also who, when, and what one had typed oneself."""
    said, facts = in_language(refused.texts), known.library().vocabulary.facts
    if refused.texts is not CHANGED_MEANWHILE:
        return dict.fromkeys(refused.facts, said)
    later = {one.fact: one for one in answers if one.subject_number == member}
    typed = {one.fact: one.value for one in given}
    found = {}
    for name in refused.facts:
        one, more = later[name], ""
        if name in typed:
            more = _("%(who)s schreef op %(when)s: %(theirs)s. U vulde in: %(yours)s.") % {
                "who": called(one.by), "when": moment(one.at), "theirs": in_words(facts[name], one.value),
                "yours": in_words(facts[name], typed[name]),
            }  # fmt: skip
        found[name] = f"{said} {more}".strip()
    return found


def in_words(fact: Fact, value: Any) -> str:
    """Say an answer in words, also one without a value."""
    if value is UNKNOWN:
        return _("weet ik niet")
    return _("geldt niet voor mij") if value is NA else value_in_words(fact, value)


def has_cost(form: Form) -> bool:
    """Say whether an application has a cost to divide: of a partnership, or one that its rules ask."""
    if together(form.track):
        return not for_each(form.track) or bool({COSTS, LARGEST} & form.judgement.settled.facts)
    return not has_offer(form.track) and bool(set(OWN_COST) & form.judgement.settled.facts)


def field(
    name: str, label: str, value: str = "", *, error: str = "", help_: str = "",
    options: Sequence[tuple[str, str]] | None = None, short: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """Describe a field for provider/field.html: a line, or a choice where there are options."""
    return {
        "name": name, "kind": "line" if options is None else "choice", "label": label, "help": help_,
        "options": options or (), "value": value, "error": error, "needed": False, "short": short,
    }  # fmt: skip
