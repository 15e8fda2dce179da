"""Who looked at a file, when and why: from the log of views, by role and body and never by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.applications.models import CorrectionRequest, Document, DocumentStep
from doorleren.audit.acts import Party
from doorleren.audit.models import Act, View
from doorleren.audit.viewing import kept_days
from doorleren.cases.acts import ACTS, FAMILIES
from doorleren.cases.looking import OPEN_FOR
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.letters.models import Letter
from doorleren.payments.commands.give_account import payee_of
from doorleren.payments.models import BankAnswer, PayeeAccount, PaymentLine
from doorleren.people.absences import deputy_of
from doorleren.people.models import IN_BODY
from doorleren.people.queries import roles_in_force
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.words import moment
from doorleren.web.people.words import roles

MOST = 200
DEALT_WITH = ("assessed", *FAMILIES["decided"], "withdrawn", "forwarded")
"""Since one of these it is not true that nobody has treated an application, also where it was given to nobody."""
PAID = ("payable_case", "payment_run", "payment_file", "bank_message")
"""Looks at money: at what could be paid, at a run, its file, and what the bank answered."""


@never_cache
@require_safe
def seen(request: HttpRequest, number: int) -> HttpResponse:
    """Show who looked, the newest first."""
    found = own_file(request, number)
    rows = _looks(found, MOST + 1)
    return render(request, "applicant/file_seen.html", {
        **found.frame(_("Wie keek in uw dossier")), "rows": grouped(rows[:MOST]), "more": len(rows) > MOST, "most": MOST,
        "kept": kept_days(day_of(found.own.at)), "together": together(found),
    })  # fmt: skip


def grouped(looks: Iterable[tuple[View, dict[str, str]]]) -> list[dict[str, Any]]:
    """Tell equal looks of one and the same on a day, that follow one another, once: the moment of the last and of the first, and how often."""
    found: list[dict[str, Any]] = []
    before: tuple[object, ...] = ()
    for one, told in looks:
        about = (one.viewer_kind, one.viewer_id, day_of(one.at), told["who"], told["what"], told["why"])
        if about == before:
            found[-1] |= {"times": found[-1]["times"] + 1, "first": told["at"]}
        else:
            found.append({**told, "times": 1, "first": told["at"]})
        before = about
    return found


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looked: the role and its place in words, and whether that is one in a body."""

    words: str
    official: bool


def seen_shown(found: OwnFile) -> list[dict[str, str]]:
    """List all views of this file by others than who asks, the newest first, and why each was looked at."""
    return [told for _, told in _looks(found)]


def _looks(found: OwnFile, most: int | None = None) -> list[tuple[View, dict[str, str]]]:
    """Give the views with what is told of each. `most`: how many; None: all."""
    own = found.own.who.party
    views = View.objects.filter(_of(found)).exclude(viewer_kind=own.kind, viewer_id=own.id).order_by("-id")[:most]
    why, viewer_of, named = _Why(found), viewers(), whats()
    return [
        (one, {
            "at": moment(one.at), "who": who.words, "what": named[one.subject_kind], "why": why(one) if who.official else "",
        })
        for one in views
        for who in (viewer_of(one),)
    ]  # fmt: skip


def together(found: OwnFile) -> bool:
    """Say whether it was decided on together with others, which opens no file by itself."""
    decision = found.told.decision
    return decision is not None and decision.batch_id is not None


def _of(found: OwnFile) -> Q:
    """Ask for the views of everything that belongs to this file."""
    asked = Q()
    for kind, ids in about(found).items():
        asked |= Q(subject_kind=kind, subject_id__in=[str(one) for one in ids])
    for kind, (number, since) in _lists(found).items():
        asked |= Q(subject_kind=kind, subject_id=str(number), at__gte=since)
    return asked


def about(found: OwnFile) -> dict[str, Iterable[object]]:
    """Name what belongs to this file as the log of views names it: a kind, and the ids. A test holds the kinds to all that pages name."""
    application, case = found.application.pk, found.case.pk
    payee, lines = payee_of(found.application), PaymentLine.objects.filter(case=case)
    runs = set(lines.values_list("run", flat=True))
    answers = BankAnswer.objects.filter(line__case=case).values_list("entry__message", flat=True)
    answers = answers.union(BankAnswer.objects.filter(case=case).values_list("entry__message", flat=True))
    accounts = PayeeAccount.objects.filter(body=found.case.body_id, payee_kind=payee.kind, payee_id=payee.id)
    letters = Letter.objects.filter(about_kind="case", about_id=str(case))
    documents = Document.objects.filter(application=application)
    return {
        "case": [case], "case_name": [case], "payable_case": [case], "application": [application],
        "application_evidence": [application], "letter": letters.values_list("pk", flat=True),
        "evidence": documents.values_list("pk", flat=True), "payee_account": accounts.values_list("pk", flat=True),
        "payment_run": runs, "payment_file": runs, "bank_message": answers,
        "correction": CorrectionRequest.objects.filter(application=application).values_list("pk", flat=True),
    }  # fmt: skip


def _lists(found: OwnFile) -> dict[str, tuple[int, datetime]]:
    """Name the lists that this file stands in without a name, by kind: of what, and since when it can have stood there."""
    lists = {"case_export": (found.case.body_id, found.case.opened_at)}
    first = DocumentStep.objects.filter(document__application=found.application).order_by("pk").first()
    if first is not None:
        lists["round_evidence"] = (found.application.round_id, first.at)
    return lists


def viewers() -> Callable[[View], Viewer]:
    """Give what names the role of who viewed, for a list: it asks once for each viewer and day, however often they looked."""
    asked = cache(_role_on)

    def viewer_of(one: View) -> Viewer:
        """Name the role that somebody had in a body on that day, or in an organisation; never a person."""
        if one.viewer_kind != "person" or not one.viewer_id.isdecimal():
            return Viewer(_("de site"), official=False)
        return asked(int(one.viewer_id), day_of(one.at))

    return viewer_of


def _role_on(person: int, day: date) -> Viewer:
    held = sorted(roles_in_force(person, day), key=lambda role: (role.kind not in IN_BODY, role.pk))
    if not held:
        return Viewer(_("iemand van uw kant"), official=False)
    place = held[0].body.name if held[0].body else held[0].organisation.name if held[0].organisation else ""
    words = f"{roles()[held[0].kind]}, {place}" if place else roles()[held[0].kind]
    return Viewer(words, official=held[0].kind in IN_BODY)


class _Why:
    """Why officials looked at a file, as it stood when they did."""

    def __init__(self, found: OwnFile) -> None:
        acts = Act.objects.filter(subject_kind="case", subject_id=str(found.case.pk), act="looked_into").order_by("-id")
        self.reasons = [(Party(one.actor_kind, one.actor_id), one.at, str(one.details.get("why", ""))) for one in acts]
        given = CaseAct.objects.filter(case=found.case.pk, act="assigned").order_by("-number")
        self.given = [(one.at, int(str(one.details["to"]))) for one in given]
        done = list(
            CaseAct.objects.filter(case=found.case.pk).order_by("number").values_list("act", "at", "by_kind", "by_id")
        )
        self.over = next((at for act, at, _, _ in done if act in DEALT_WITH), None)
        self.worked = {(by, day_of(at)) for act, at, kind, by in done if kind == "person" and ACTS[act].duty}
        self.body, self.deputy = found.case.body_id, cache(deputy_of)
        self.by_kind, self.by_page = _by_kind(), _by_page()

    def __call__(self, one: View) -> str:
        """Say why somebody looked: by what it was or the page, else the reason that opened the file to them, else whose file it was."""
        said = self.by_kind.get(one.subject_kind) or self.by_page.get(one.page)
        return said or self._reason(one) or self._whose(one)

    def _reason(self, one: View) -> str:
        """Give the last reason that opened the file to this viewer and still did when they looked."""
        who = Party(one.viewer_kind, one.viewer_id)
        for by, at, code in self.reasons:
            if by == who and at <= one.at < at + OPEN_FOR:
                return reasons_in_words().get(code, "")
        return ""

    def _whose(self, one: View) -> str:
        """Say whose file it was at that moment."""
        whose = next((to for at, to in self.given if at <= one.at), 0)
        if not whose and (one.viewer_id, day_of(one.at)) in self.worked:
            return _("werkte die dag aan uw zaak")
        if not whose and self.over is not None and self.over <= one.at:
            return _("uw zaak is bij geen vaste medewerker; hiervoor vragen wij geen reden")
        if not whose:
            return _("bekeek een aanvraag die nog niemand behandelt")
        if str(whose) == one.viewer_id:
            return _("behandelt uw aanvraag")
        if str(self.deputy(whose, self.body, day_of(one.at))) == one.viewer_id:
            return reasons_in_words()["replacing"]
        return _("een collega behandelt uw aanvraag; hiervoor vragen wij geen reden")


def reasons_in_words() -> dict[str, str]:
    """Say to the person whom it is about why an official opened a file of somebody else's list."""
    return {
        "asked": _("u of een collega vroeg ernaar"), "replacing": _("verving een collega"),
        "worked_on_it": _("werkte eerder aan uw aanvraag"), "checking": _("deed een controle"),
        "contested": _("er is een bezwaar, een klacht of een rechtszaak"),
    }  # fmt: skip


def _by_kind() -> Mapping[str, str]:
    """Say why somebody looked where what they looked at tells."""
    return {
        "case_name": _("zocht een zaak op naam"), "case_export": _("haalde een lijst van zaken op"),
        "round_evidence": _("bekeek welke aanvragen bewijsstukken hebben"), "payee_account": _("keek een rekening na"),
        "correction": _("behandelt verzoeken om gegevens te verbeteren"), **dict.fromkeys(PAID, _("keek een betaling na")),
    }  # fmt: skip


def _by_page() -> Mapping[str, str]:
    """Say why somebody looked where the page tells."""
    return {
        "officer-case-money": _("keek een betaling na"), "officer-committee-case": _("geeft punten aan aanvragen"),
        "officer-letters": _("keek na of brieven aankwamen"), "officer-letters-retry": _("keek na of brieven aankwamen"),
        "officer-entered": _("bekeek aanvragen die voor iemand zijn ingevoerd"),
    }  # fmt: skip


def whats() -> dict[str, str]:
    """Say what was looked at, for every kind that belongs to a file."""
    return {
        "case": _("uw dossier"), "case_name": _("uw naam, in een lijst van zaken"), "letter": _("een brief"), "application": _("uw aanvraag"),
        "application_evidence": _("uw bewijsstukken"), "evidence": _("een bewijsstuk"),
        "payable_case": _("wat wij in uw zaak nog moeten betalen"), "payment_run": _("een lijst met betalingen, ook die in uw zaak"),
        "payment_file": _("een bestand met betalingen voor de bank, ook die in uw zaak"), "bank_message": _("een bericht van de bank over de betaling in uw zaak"),
        "payee_account": _("uw rekeningnummer"), "correction": _("uw verzoek om gegevens te verbeteren"),
        "case_export": _("een lijst van alle zaken, zonder namen"),
        "round_evidence": _("een lijst van aanvragen met bewijsstukken, zonder namen"),
    }  # fmt: skip


OF_NO_FILE: Mapping[str, str] = {
    "acts_of_person": "what somebody did, for officials about officials", "activity_prices": "prices of an activity in the register",
    "enrolled_people": "people whom a provider enrolled, before there is a file", "enrolments": "the participants of a provider's own offer",
    "log_of_views": "the whole log, by ids", "payable": "a body, beside each case of it (payable_case)",
    "person_roles": "somebody's roles", "provider_file": "a provider in the register", "record_of_acts": "the whole record, by ids",
    "registered_people": "people whom an adviser registered, before there is a file",
}  # fmt: skip
"""What pages name to the log of views that belongs to no file of an application, and what it is."""
