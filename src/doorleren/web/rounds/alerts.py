"""A mail when one can apply for a scheme again: asked with an address; confirmed and ended by the links of the mails (portal/alerts.py)."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.register.commands.ask_for_alert import ask_for_alert
from doorleren.rounds.models import Round
from doorleren.web import known
from doorleren.web.portal.alert_pages import AlertPages
from doorleren.web.portal.alert_words import ADDRESS, SCHEME, about_scheme, scheme_form
from doorleren.web.portal.alerts import ask_page, asked_page, asking, only_where_mail_goes_out
from doorleren.web.public.questions import language
from doorleren.web.rounds.written import instant, name_of


@dataclass(frozen=True, slots=True)
class RoundAlertPages(AlertPages):
    """The pages of a site for the mails about rounds: those of every alert, and rounds."""

    def round_name(self, row: Round, language: str) -> str:
        """Name a round."""
        with override(language):
            return name_of(row)

    def opens(self, row: Round, language: str) -> str:
        """Write when a round opens."""
        with override(language):
            return instant(row.opens_at)

    def round_page(self, row: Round, language: str) -> str:
        """Give the address of the page of a round."""
        return self.address("rounds-one", language, row.pk)


def form_for(scheme: str) -> dict[str, Any] | None:
    """Give the form, see templates/portal/alert_form.html; None where no mail can go out, or the scheme is not known."""
    return scheme_form(scheme) if settings.DOORLEREN_ALERTS and scheme in known.library().places else None


@csrf_exempt  # a forged request could do nothing that its sender cannot do itself: nobody's sign-in counts here
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """With GET show the form for the scheme in the address; with POST ask. The answer is the same for every address."""
    only_where_mail_goes_out()
    if request.method != "POST":
        scheme = _scheme(request.GET)
        return ask_page(request, about_scheme(scheme), scheme_form(scheme))
    scheme, typed = _scheme(request.POST), request.POST.get(ADDRESS, "")

    def again(error: str) -> HttpResponse:
        return ask_page(request, about_scheme(scheme), scheme_form(scheme, typed, error))

    return asking(
        lambda at: ask_for_alert(typed, "", scheme=scheme, language=language(), at=at),
        done=f"{reverse('rounds-alerts-asked')}?{SCHEME}={scheme}",
        again=again,
    )


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that the mail is on its way, if the address may have one."""
    return asked_page(request, about_scheme(_scheme(request.GET)))


def _scheme(given: QueryDict) -> str:
    """Give the scheme that is named. Raises Http404."""
    name = given.get(SCHEME, "")
    if name not in known.library().places:
        raise Http404
    return name
