"""How I get letters: in the message box, or with word by e-mail; or as each body does by itself."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.people.access import Thing, ensure
from doorleren.people.commands.choose_letters import LONGEST, WayRefused, choose_letters
from doorleren.people.models import LetterWay, Person
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Show the choice; with POST keep it. It is changed back the same way."""
    who, at = signed_in(request), now()
    who = ensure(who, "choose_letters", Thing("account", "", person=who.person if who else None), at=at)
    person = Person.objects.get(pk=who.person)
    way, address, errors = person.letters_by, person.notice_email, dict[str, str]()
    if request.method == "POST":
        way, address = request.POST.get("way", ""), request.POST.get("address", "")[: LONGEST + 1].strip()
        try:
            choose_letters(way, address, by=who, at=at)
            return HttpResponseRedirect(f"{reverse('account')}?done=letters")
        except WayRefused as refused:
            errors = {refused.field: in_language(refused.texts)}
    return render(request, "people/letters.html", {
        "question": {
            "name": "way", "kind": "one", "question": _("Waar komt een brief?"), "value": way,
            "error": errors.get("way", ""), "options": _options(),
        },
        "field": {
            "name": "address", "kind": "line", "label": _("E-mailadres"), "value": address, "error": errors.get("address", ""),
            "help": _("Wij mailen alleen dat er een brief is, en nooit wat erin staat."),
        },
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "trail": [{"url": reverse("account"), "label": _("Mijn account")}, {"label": _("Brieven")}],
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)  # fmt: skip


def _options() -> list[dict[str, str]]:
    return [
        {"value": "", "label": _("Geen voorkeur"), "hint": _("De instantie kiest. In uw dossier staan uw brieven altijd.")},
        {"value": LetterWay.MESSAGE_BOX, "label": _("In mijn berichtenbox")},
        {"value": LetterWay.E_MAIL, "label": _("In mijn dossier, met een e-mail als er een brief is"),
         "hint": _("U leest de brief als u bent ingelogd.")},
    ]  # fmt: skip
