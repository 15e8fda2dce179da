"""An alert by e-mail on a search: ask with an address, confirm and end with the links of the mails.

No account and no answers: what is kept is the address and the search. A link leads to a page with a button, because
mail scanners open links; only the button, and the one click that mail programs offer, change anything.
"""

from collections.abc import Callable
from http import HTTPStatus
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.register.alerts.addresses import BadAddress
from doorleren.register.alerts.tokens import ending
from doorleren.register.answers import ActRefused
from doorleren.register.commands.ask_for_alert import NobodyMayAskNow, ask_for_alert
from doorleren.register.commands.confirm_alert import LinkOver, alert_to_confirm, confirm_alert
from doorleren.register.commands.end_alert import alert_to_end, end_alert
from doorleren.register.commands.send_alerts import send_invitation
from doorleren.web.portal.alert_pages import AlertPages, kept, words
from doorleren.web.portal.asking import Search, search_of
from doorleren.web.portal.mailbox import mails
from doorleren.web.public.questions import in_language, language
from doorleren.web.surroundings import now

SEARCH, ADDRESS = "search", "email"
AN_HOUR_SECONDS = 3600
MAILS_SHOWN = 50


def form_of(search: Search) -> dict[str, Any] | None:
    """Give the form under the results, see templates/portal/alert_form.html; None where no mail can go out."""
    return _form(kept(search)) if settings.DOORLEREN_ALERTS else None


def _form(search: str, address: str = "", error: str = "") -> dict[str, Any]:
    return {
        "action": reverse("trainings-alerts"),
        "search": search,
        "address": address,
        "error": error,
        "demo": settings.DOORLEREN_MAILBOX is not None,
    }


@csrf_exempt  # a forged request could do nothing that its sender cannot do itself: nobody's sign-in counts here
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """With GET show the form for the search in the address; with POST ask. The answer is the same for every address."""
    _only_where_mail_goes_out()
    if request.method != "POST":
        return _ask_page(request, kept(search_of(request.GET)))
    search, typed = kept(search_of(QueryDict(request.POST.get(SEARCH, "")))), request.POST.get(ADDRESS, "")
    at = now()
    try:
        number = ask_for_alert(typed, search, language=language(), at=at)
    except BadAddress as fault:
        return _ask_page(request, search, typed, in_language(fault.texts), HTTPStatus.UNPROCESSABLE_ENTITY)
    except NobodyMayAskNow as fault:
        reply = _ask_page(request, search, typed, in_language(fault.texts), HTTPStatus.TOO_MANY_REQUESTS)
        reply["Retry-After"] = str(AN_HOUR_SECONDS)
        return reply
    except ActRefused as fault:
        return _ask_page(request, search, typed, in_language(fault.texts), HTTPStatus.UNPROCESSABLE_ENTITY)
    if number is not None:
        invited, pages = number, AlertPages(settings.DOORLEREN_SITE)
        beside(lambda: send_invitation(invited, pages=pages, at=at))
    return HttpResponseRedirect(_with_search("trainings-alerts-asked", search))


def _ask_page(
    request: HttpRequest, search: str, address: str = "", error: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = _search_in_words(search) | {"alert": _form(search, address, error)}
    context["errors"] = [{"name": ADDRESS, "text": error}] if error else []
    return render(request, "portal/alert.html", context, status=status)


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that the mail is on its way, if the address may have one."""
    _only_where_mail_goes_out()
    mailbox = reverse("demo-mail") if settings.DOORLEREN_MAILBOX else ""
    context = _search_in_words(kept(search_of(request.GET))) | {"mailbox": mailbox}
    return render(request, "portal/alert_asked.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """With GET show the button, or that it is on; with POST confirm."""
    try:
        if request.method == "POST":
            confirm_alert(token, at=now())
            return HttpResponseRedirect(request.path)
        alert = alert_to_confirm(token, at=now())
    except LinkOver:
        return _link_over(request)
    context = _search_in_words(alert.search) | {
        "on": alert.confirmed_at is not None,
        "end_url": reverse("trainings-alerts-end", args=[ending(alert.pk)]),
    }
    return render(request, "portal/alert_confirm.html", context)


@csrf_exempt  # RFC 8058: the mail program of the reader posts without a cookie; the signed link is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """With GET show the button; with POST end, from the page or by the one click of a mail program. No redirect after it."""
    try:
        alert = end_alert(token, at=now()) if request.method == "POST" else alert_to_end(token)
    except LinkOver:
        return _link_over(request)
    context: dict[str, Any] = {"ended": request.method == "POST" or alert is None}
    if alert is not None:
        context |= _search_in_words(alert.search)
        context["again_url"] = _with_search("trainings-alerts", alert.search)
    return render(request, "portal/alert_end.html", context)


@never_cache
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Show the mails of a demo, which go nowhere else. Outside of the demo there is no such page."""
    if settings.DOORLEREN_MAILBOX is None:
        raise Http404
    return render(request, "portal/demo_mail.html", {"mails": mails(settings.DOORLEREN_MAILBOX, MAILS_SHOWN)})


def beside(work: Callable[[], object]) -> None:
    """Do some work after the answer: the page takes as long for an address that gets a mail as for one that does not."""

    def done() -> None:
        try:
            work()
        finally:
            connection.close()

    Thread(target=done, name="alert mail", daemon=True).start()


def _only_where_mail_goes_out() -> None:
    if not settings.DOORLEREN_ALERTS:
        raise Http404


def _search_in_words(search: str) -> dict[str, Any]:
    return {"words": words(search), "search_url": _with_search("trainings", search), "keeps_address": True}


def _with_search(name: str, search: str) -> str:
    return reverse(name) + (f"?{search}" if search else "")


def _link_over(request: HttpRequest) -> HttpResponse:
    title = _("Deze link werkt niet meer")
    return render(request, "portal/alert_link_over.html", {"title": title}, status=HTTPStatus.NOT_FOUND)
