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
from doorleren.letters.filled import Content, fill
from doorleren.letters.html import as_html
from doorleren.letters.templates import Template, templates_of, templates_of_schemes
from doorleren.letters.variables import examples
from doorleren.shipped import folder
from doorleren.web import known
from doorleren.web.public.questions import language

PDF = "pdf"


@non_atomic_requests  # touches no database
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters by what they say first: those for every scheme, and those that a scheme has of its own."""
    library = known.library()
    law = templates_of("", law=folder("law"), schemes=library.folders)
    own = templates_of_schemes(library.places, law=folder("law"), schemes=library.folders)
    groups = [(_("Voor alle regelingen"), "", law)]
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
    content = _example(found)
    if request.GET.get("form") == PDF:
        return _pdf(content, name)
    return render(request, "letter.html", {
        "label": content.subject,
        "letter": mark_safe(as_html(content)),  # noqa: S308  (every text in it is escaped: letters/html.py)
        "path": found.path,
        "pdf": f"{request.path}?form={PDF}{f'&scheme={scheme}' if scheme else ''}",
        "trail": [{"url": reverse("letters"), "label": _("Voorbeelden van brieven")}, {"label": content.subject}],
    })  # fmt: skip


def _example(template: Template) -> Content:
    return fill(template, examples(), on=known.today(), language=language())


def _listed(found: dict[str, Template], scheme: str) -> list[dict[str, Any]]:
    asked = f"?scheme={scheme}" if scheme else ""
    rows = [
        {"subject": _example(one).subject, "url": reverse("letters-one", args=[name]) + asked}
        for name, one in found.items()
    ]
    return sorted(rows, key=lambda one: one["subject"].lower())


def _pdf(content: Content, name: str) -> HttpResponse:
    from doorleren.letters.pdf import as_pdf  # loads the typesetter, which no other public page needs

    reply = HttpResponse(as_pdf(content), content_type="application/pdf")
    reply["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return reply
