"""Whose file this is: the way in for every page of a file. Somebody else's, or one that there is not, is not found.

What one may read but not do is refused with the reason.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.applications.access import ensure
from doorleren.applications.models import Application
from doorleren.applications.own_case import case_of, may_act, may_open
from doorleren.cases.models import Case
from doorleren.web.applicant.file.told import Told, told_of
from doorleren.web.applicant.own import Asking, application_of
from doorleren.web.applicant.words import applicant_shown, round_shown


@dataclass
class OwnFile:
    """One file and who asks for it; `told` is what the party was told so far."""

    application: Application
    case: Case
    own: Asking

    @cached_property
    def told(self) -> Told:
        """Read the acts that the party was told of."""
        return told_of(self.case)

    @cached_property
    def may_act(self) -> bool:
        """Say whether who asks may do something here, and not only look."""
        return bool(may_act(self.own.who, self.application, at=self.own.at))

    def url(self, name: str = "", *more: object) -> str:
        """Give the address of a page of this file."""
        return reverse(f"applications-file{name}", args=[self.application.pk, *more])

    def frame(self, label: str = "") -> dict[str, object]:
        """Give what every page of a file shows; `label` names a page below the file."""
        trail = [
            {"url": reverse("applications"), "label": _("Mijn aanvragen")},
            {"url": self.url(), "label": _("Dossier %(reference)s") % {"reference": self.case.reference}},
        ]
        return {
            "application": self.application,
            "case": self.case,
            "round": round_shown(self.application.round),
            "for": applicant_shown(self.application),
            "file": self.url(),
            "trail": [*trail, {"label": label}] if label else trail,
            "label": label,
        }


def own_file(request: HttpRequest, number: int, *, act: bool = False) -> OwnFile:
    """Give a file that who asks may read, or act in. Raises Http404 for what is not theirs, NotAllowed."""
    application, own = application_of(request, number)
    case = case_of(application) if may_open(own.who, application, at=own.at) else None
    if case is None:
        raise Http404
    if act:
        ensure(may_act(own.who, application, at=own.at))
    return OwnFile(application, case, own)
