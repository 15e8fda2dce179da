"""An alert by e-mail, on a search or on the rounds of a scheme (web/rounds/alerts.py): ask with an address, confirm and end with the links of the mails.

No account and no answers: what is kept is the address and what it is about. A link leads to a page with a button, because
mail scanners open links; only the button, and the one click that mail programs offer, change anything.
"""

from collections.abc import Callable
from datetime import datetime
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
from doorleren.web.portal.alert_pages import AlertPages, kept
from doorleren.web.portal.alert_words import ADDRESS, SEARCH, about, about_search, search_form, with_search
from doorleren.web.portal.asking import Search, search_of
from doorleren.web.portal.mailbox import mails
from doorleren.web.public.questions import in_language, language
from doorleren.web.surroundings import now

AN_HOUR_SECONDS = 3600
MAILS_SHOWN = 50


def form_of(search: Search, *, answered: bool = False) -> dict[str, Any] | None:
    """Give the form under the results, see templates/portal/alert_form.html; None where no mail can go out."""
    return search_form(kept(search), answered=answered) if settings.DOORLEREN_ALERTS else None


@csrf_exempt  # a forged request could do nothing that its sender cannot do itself: nobody's sign-in counts here
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """With GET show the form for the search in the address; with POST ask. The answer is the same for every address."""
    only_where_mail_goes_out()
    if request.method != "POST":
        search = kept(search_of(request.GET))
        return ask_page(request, about_search(search), search_form(search))
    search, typed = kept(search_of(QueryDict(request.POST.get(SEARCH, "")))), request.POST.get(ADDRESS, "")

    def again(error: str) -> HttpResponse:
        return ask_page(request, about_search(search), search_form(search, typed, error))

    return asking(
        lambda at: ask_for_alert(typed, search, language=language(), at=at),
        done=with_search("trainings-alerts-asked", search),
        again=again,
    )


def asking(act: Callable[[datetime], int | None], *, done: str, again: Callable[[str], HttpResponse]) -> HttpResponse:
    """Ask for an alert and mail the question beside the answer; `again` shows the form with what was wrong.

    `done` is the page that follows, the same whatever is known of the address.
    """
    at = now()
    try:
        number = act(at)
    except (BadAddress, ActRefused) as fault:
        reply = again(in_language(fault.texts))
        reply.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        if isinstance(fault, NobodyMayAskNow):
            reply.status_code = HTTPStatus.TOO_MANY_REQUESTS
            reply["Retry-After"] = str(AN_HOUR_SECONDS)
        return reply
    if number is not None:
        invited, pages = number, AlertPages(settings.DOORLEREN_SITE)
        beside(lambda: send_invitation(invited, pages=pages, at=at))
    return HttpResponseRedirect(done)


def ask_page(request: HttpRequest, told: dict[str, Any], form: dict[str, Any]) -> HttpResponse:
    """Show the form on a page of its own, with what was wrong."""
    errors = [{"name": ADDRESS, "text": form["error"]}] if form["error"] else []
    return render(
        request, "portal/alert.html", {"about": told, "alert": form, "errors": errors, "keeps_address": told["keeps"]}
    )


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that the mail is on its way, if the address may have one."""
    return asked_page(request, about_search(kept(search_of(request.GET))))


def asked_page(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    """Show the page after asking, the same for every address."""
    only_where_mail_goes_out()
    mailbox = reverse("demo-mail") if settings.DOORLEREN_MAILBOX else ""
    return render(
        request, "portal/alert_asked.html", {"about": told, "mailbox": mailbox, "keeps_address": told["keeps"]}
    )


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
    told = about(alert)
    context = {
        "about": told,
        "keeps_address": told["keeps"],
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
        told = about(alert)
        context |= {"about": told, "keeps_address": told["keeps"]}
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


def only_where_mail_goes_out() -> None:
    """Raise Http404 where no mail can go out."""
    if not settings.DOORLEREN_ALERTS:
        raise Http404


def _link_over(request: HttpRequest) -> HttpResponse:
    title = _("Deze link werkt niet meer")
    return render(request, "portal/alert_link_over.html", {"title": title}, status=HTTPStatus.NOT_FOUND)
