"""What a letter looks like: every kind that the site can send, filled with invented values. For whoever wants to know before it comes.

The templates are those that letters are made of: `law/letters/`, and `schemes/<id>/letters/` where a scheme has its own.
"""

from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.core.texts import in_language
from doorleren.letters.examples import day_of_example, examples_of
from doorleren.letters.filled import Content, fill
from doorleren.letters.html import as_html
from doorleren.letters.templates import Template, templates_of, templates_of_schemes
from doorleren.rules.frameworks import LOAN, PURCHASE, SERVICE
from doorleren.shipped import folder
from doorleren.web import known
from doorleren.web.public.questions import language

PDF = "pdf"
APPLICATION, DEBT, ACCOUNT, CORRECTION = "application", "debt", "account", "correction"
BY_NAME = {
    LOAN: ("loan_",), ACCOUNT: ("account_",), CORRECTION: ("correction_",),
    DEBT: ("debt_", "recovery_", "reminded", "waived", "deferred", "interest_", "set_off"),
}  # fmt: skip
"""What letters are about, by the beginning of their kinds; the others are about an application, or a grant."""


@non_atomic_requests  # touches no database
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters by what they say first: those for every scheme, and those that a scheme has of its own."""
    library = known.library()
    law = templates_of("", law=folder("law"), schemes=library.folders)
    own = templates_of_schemes(library.places, law=folder("law"), schemes=library.folders)
    groups = [
        (words, "", {name: one for name, one in law.items() if _about(name) == about})
        for about, words in _subjects().items()
    ]
    groups += [
        (in_language(library.scheme(one).versions[-1].name, language()), one, found)
        for one, found in sorted(own.items())
    ]
    return render(request, "letters.html", {
        "groups": [{"name": name, "letters": _listed(found, scheme)} for name, scheme, found in groups],
    })  # fmt: skip


@non_atomic_requests  # touches no database
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one letter on an example; `scheme`: in the words of that scheme, `form=pdf`: as it is sent."""
    scheme = request.GET.get("scheme", "")
    library = known.library()
    if scheme and scheme not in library.places:
        raise Http404
    found = templates_of(scheme, law=folder("law"), schemes=library.folders).get(name)
    if found is None:
        raise Http404
    content = _example(name, found)
    if request.GET.get("form") == PDF:
        return _pdf(content, name)
    return render(request, "letter.html", {
        "label": content.subject,
        "letter": mark_safe(as_html(content)),  # noqa: S308  (every text in it is escaped: letters/html.py)
        "path": f"{_folder(found, scheme)}/{found.path}",
        "pdf": f"{request.path}?form={PDF}{f'&scheme={scheme}' if scheme else ''}",
        "trail": [{"url": reverse("letters"), "label": _("Voorbeelden van brieven")}, {"label": content.subject}],
    })  # fmt: skip


def _subjects() -> dict[str, str]:
    """Name what letters are about, in the order of the list."""
    return {
        APPLICATION: _("Over uw aanvraag, en over een subsidie"), LOAN: _("Over een lening"), PURCHASE: _("Over een plek die wij inkopen"),
        SERVICE: _("Over ondersteuning"), DEBT: _("Over terugbetalen"), ACCOUNT: _("Over uw rekeningnummer"),
        CORRECTION: _("Over een verzoek om uw gegevens te verbeteren"),
    }  # fmt: skip


def _about(name: str) -> str:
    """Say what a letter is about by the name of its template."""
    kind, _dot, procedure = name.partition(".")
    if procedure:
        return procedure
    return next((about for about, names in BY_NAME.items() if kind.startswith(names)), APPLICATION)


def _folder(found: Template, scheme: str) -> str:
    """Name the folder in which the words of a letter stand: that of the schemes, or of the law."""
    return "schemes" if scheme and found.path.startswith(f"{scheme}/") else "law"


def _example(name: str, template: Template) -> Content:
    return fill(template, examples_of(name, language()), on=day_of_example(name), language=language())


def _listed(found: dict[str, Template], scheme: str) -> list[dict[str, Any]]:
    asked = f"?scheme={scheme}" if scheme else ""
    rows = [
        {"subject": _example(name, one).subject, "url": reverse("letters-one", args=[name]) + asked}
        for name, one in found.items()
    ]
    return sorted(rows, key=lambda one: one["subject"].lower())


def _pdf(content: Content, name: str) -> HttpResponse:
    from doorleren.letters.pdf import as_pdf  # loads the typesetter, which no other public page needs

    reply = HttpResponse(as_pdf(content), content_type="application/pdf")
    reply["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return reply
