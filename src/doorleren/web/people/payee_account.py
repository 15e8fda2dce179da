"""Stopping another account for money that one is paid, within its 48 hours: for who gets the money, whether they applied or not."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.payments.commands.stop_account import stop_account_as_payee
from doorleren.payments.payees import coming_for
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import Thing, ensure
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Tell that another account comes into use and from when; with POST stop it. One of another payee is not found."""
    at, who = now(), signed_in(request)
    who = ensure(who, "view_account", Thing("account", "", person=who.person if who else None), at=at)
    account = reverse("account")
    row = next((one for one in coming_for(who, at) if one.pk == number), None)
    if row is None:
        raise Http404
    if request.method != "POST":
        trail = [{"url": account, "label": _("Mijn account")}, {"label": _("Stop de andere rekening")}]
        return render(request, "people/payee_account.html", {"begins": row.effective_at, "body": row.body.name, "trail": trail})  # fmt: skip
    try:
        stop_account_as_payee(row.pk, by=who, at=at)
    except PaymentRefused as refused:
        context = {"reason": in_language(refused.texts), "back": account}
        return render(request, "applicant/refused.html", context, status=409)
    return HttpResponseRedirect(f"{account}?done=account_stopped")
