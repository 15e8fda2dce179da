"""Giving a role, in two steps: the form says who, what and from when; then one sees who that is, and says yes."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.people.commands.authorise import RoleRefused, give_role
from doorleren.people.models import IN_ORGANISATION, Body, Organisation, Person, RoleKind
from doorleren.people.queries import mandates_in_force, organisation_of, people_called, roles_in_force
from doorleren.register.intake.faults import Misread
from doorleren.web.officer.asked import field, given, typed_day, written_day
from doorleren.web.officer.official import Official, page
from doorleren.web.officer.roles import KINDS, ask_again, own_bodies, sentences, to_list
from doorleren.web.people.words import roles as words_of_roles
from doorleren.web.public.questions import in_language
from doorleren.web.viewing import viewed

FIELD_OF = {"person": "who", "organisation": "kvk"}
"""Which field of the form an argument of the command is typed in; the others have the same name."""


class _Form:
    """What was typed, what it means, and what is wrong with it by field."""

    def __init__(self, told: dict[str, str], asking: Official) -> None:
        self.told, self.asking, self.errors = told, asking, dict[str, str]()
        self.bodies = own_bodies(asking)
        self.people: list[Person] = []
        self.organisation: Organisation | None = None
        self.starts_on: date = asking.today
        self.ends_on: date | None = None
        self.kind: RoleKind | None = None

    @property
    def body(self) -> Body:
        """Give the body that was chosen, the first of one's own where none was."""
        return next((one for one in self.bodies if one.code == self.told.get("body")), self.bodies[0])

    def read(self) -> None:
        """Read everything typed."""
        self.people = people_called(self.told.get("who", ""))
        if not self.people:
            self.errors["who"] = _(
                "Wij kennen niemand met dit nummer of precies deze naam. Laat deze persoon eerst een keer inloggen."
            )
        if self.told.get("kind") in KINDS:
            self.kind = RoleKind(self.told["kind"])
        else:
            self.errors["kind"] = _("Kies een rol.")
        if self.kind in IN_ORGANISATION:
            self.organisation = organisation_of(self.told.get("kvk", ""))
            if self.organisation is None:
                self.errors["kvk"] = _(
                    "Wij kennen geen organisatie met dit KvK-nummer. Een KvK-nummer heeft acht cijfers."
                )
        elif self.told.get("kvk"):
            self.errors["kvk"] = _("Een rol van een ambtenaar hoort bij de instantie. Laat dit veld leeg.")
        self.starts_on = self._day("starts_on") or self.asking.today
        self.ends_on = self._day("ends_on")

    def _day(self, name: str) -> date | None:
        try:
            return typed_day(self.told.get(name, ""), self.asking.today)
        except Misread as wrong:
            self.errors[name] = _("Vul een dag in: %(allowed)s.") % {"allowed": in_language(wrong.allowed)}
            return None

    def give(self) -> bool:
        """Give the role to the one person that is meant; says whether it was given, else `errors` says why not."""
        assert self.kind is not None
        try:
            give_role(
                self.kind, self.people[0].pk, for_body=self.body.pk,
                organisation=self.organisation.pk if self.organisation else None, starts_on=self.starts_on,
                ends_on=self.ends_on, by=self.asking.who, at=self.asking.at,
            )  # fmt: skip
        except RoleRefused as refused:
            self.errors |= {FIELD_OF.get(name, name): in_language(said) for name, said in refused.faults.items()}
        except ValidationError as refused:
            self.errors |= {FIELD_OF.get(name, name): said for name, said in sentences(refused).items()}
        return not self.errors

    def fields(self) -> list[dict[str, Any]]:
        """Describe the form."""
        words, told = words_of_roles(), self.told
        fields = [
            field("who", "line", _("Wie krijgt de rol?"), told, needed=True, help=_(
                "De volledige naam, of het nummer van deze persoon op deze site. Een deel van een naam is niet genoeg.")),
            field("kind", "choice", _("Welke rol?"), told, needed=True, options=[(one.value, words[one]) for one in KINDS]),
            field("kvk", "line", _("KvK-nummer van de organisatie"), told, short=True, help=_(
                "Alleen voor een opleider, werkgever, loopbaanadviseur of penvoerder. De persoon moet vandaag een machtiging "
                "van deze organisatie hebben. Die komt van de inlogdienst.")),
            field("starts_on", "line", _("Eerste dag"), told, short=True, help=_("Leeg is vandaag. Bijvoorbeeld: 1-9-2026")),
            field("ends_on", "line", _("Laatste dag"), told, short=True, help=_("Leeg is zonder einde.")),
        ]  # fmt: skip
        if len(self.bodies) > 1:
            options = [(one.code, one.name) for one in self.bodies]
            fields.insert(2, field("body", "choice", _("Bij welke instantie?"), told, options=options))
        return [one | {"error": self.errors.get(one["name"], "")} for one in fields]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Show the form; with POST what would be given to whom, and with `step=give` give it."""
    told = given(request.POST if request.method == "POST" else request.GET)
    asking = ask_again(request, "give_role", told)
    if isinstance(asking, HttpResponse):
        return asking
    form = _Form(told, asking)
    if request.method != "POST":
        return _page(request, form)
    form.read()
    if form.errors:
        return _page(request, form)
    if told.get("step") == "give" and len(form.people) == 1 and form.give():
        return to_list("given")
    return _page(request, form) if form.errors else _confirm(request, form)


def _page(request: HttpRequest, form: _Form) -> HttpResponse:
    return render(request, "officer/role_give.html", {
        "fields": form.fields(),
        "body": form.body if len(form.bodies) == 1 else None,
        "errors": [{"name": name, "text": text} for name, text in form.errors.items()],
        "trail": _trail(),
    }, status=422 if form.errors else 200)  # fmt: skip


def _confirm(request: HttpRequest, form: _Form) -> HttpResponse:
    """Show who is meant, what they are already and what they would get: one form for each person of that name."""
    viewed(request, "person_roles", *(one.pk for one in form.people))
    place = form.organisation or form.body
    kept = {name: form.told.get(name, "") for name in ("kind", "body", "kvk", "starts_on", "ends_on")}
    return render(request, "officer/role_give_confirm.html", {
        "people": [_person(one, form) for one in form.people],
        "several": len(form.people) > 1,
        "role": words_of_roles()[form.kind or ""],
        "place": place.name,
        "starts_on": written_day(form.starts_on),
        "ends_on": written_day(form.ends_on),
        "kept": kept,
        "trail": _trail(),
    })  # fmt: skip


def _person(one: Person, form: _Form) -> dict[str, Any]:
    """Describe somebody by what an administrator may know: roles in one's own bodies, and organisations acted for."""
    words, own = words_of_roles(), {body.pk for body in form.bodies}
    held = [role for role in roles_in_force(one.pk, form.asking.today) if role.body_id in own or role.organisation_id]
    both = {RoleKind.ASSESSOR, RoleKind.DECIDER}
    same = {role.kind for role in held if role.body_id == form.body.pk} | {form.kind}
    return {
        "number": one.pk,
        "name": one.name or _("zonder naam"),
        "roles": [f"{words[role.kind]}, {(role.body or role.organisation).name}" for role in held],  # type: ignore[union-attr]
        "mandates": [mandate.organisation.name for mandate in mandates_in_force(one.pk, form.asking.today)],
        "both": form.kind in both and both <= same,
    }


def _trail() -> list[dict[str, str]]:
    return [{"url": reverse("officer-roles"), "label": _("Rollen en machtigingen")}, {"label": _("Een rol geven")}]
