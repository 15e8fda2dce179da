"""Telling a payee that another account was given for them, by the way that was known before: a letter of their case.

The letter names no account. It goes where letters to this payee went before, else to the message box. Never as word by e-mail: that
address is changed with a click, and who changes an account must not be able to change who hears of it.
"""

from datetime import datetime

from django.db.models import Q

from doorleren.applications.models import Application
from doorleren.audit.acts import Party
from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.core.days import day_of
from doorleren.decisions.commands.write_letter import LANGUAGE
from doorleren.decisions.letter_values import name_of, of_every_letter, template_for
from doorleren.decisions.matters import KIND, Matter, matter_of
from doorleren.decisions.models import Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.commands.make_letter import make_letter
from doorleren.letters.models import Channel, Letter
from doorleren.letters.queries import letters_for
from doorleren.payments.models import PayeeAccount, PayeeNotice
from doorleren.people.file_keys import Destroyed

CHANGED, STOPPED = "account_changed", "account_stopped"
"""What a payee is told: that another account comes into use, and that it does not after all."""


def tell_payee(account: PayeeAccount, *, at: datetime, template: str = CHANGED) -> Letter | None:
    """Write the letter of an account that was just confirmed, or stopped; it is sent as every letter is.

    None where nothing can be written: the body has no case of this payee, or the content of it is gone.
    """
    matter, recipient = _matter(account), _recipient(account)
    if matter is None or account.effective_at is None:
        return None
    own = (matter.application.applicant_kind, str(matter.application.applicant_number)) == (
        recipient.kind,
        recipient.id,
    )
    named = name_of(recipient.kind, int(recipient.id)) if recipient.id.isdecimal() and not own else ""
    values = of_every_letter(matter, language=LANGUAGE)
    if not own:
        values |= {"recipient": named or values["recipient"], "address": ()}
    values["in_use_from"] = day_of(account.effective_at)
    try:
        return make_letter(
            template_for(matter.case, template), values, about=party_of(matter.case), recipient=recipient, language=LANGUAGE,
            channel=_channel(recipient, matter, own), on=day_of(at), at=at,
            fixed=True,
        )  # fmt: skip
    except Destroyed:
        return None


def letter_of(notice: PayeeNotice) -> Letter | None:
    """Give the letter of a notice; None where none could be written."""
    return _letter(notice.account, CHANGED, notice.at)


def letter_of_stop(account: PayeeAccount) -> Letter | None:
    """Give the letter that said that an account was stopped; None where it was not, or none could be written."""
    return None if account.stopped_at is None else _letter(account, STOPPED, account.stopped_at)


def _letter(account: PayeeAccount, template: str, at: datetime) -> Letter | None:
    own = letters_for(_recipient(account)).filter(template=template, made_at=at)
    return own.prefetch_related("dispatches").first()


def case_of_payee(body: int, payee: Party) -> Case | None:
    """Give the case of a body of which the last decision that named this payee is, else the last case of theirs; None where there is none."""
    rows = Decision.objects.filter(case__body=body, payee_kind=payee.kind, payee_id=payee.id)
    found = rows.order_by("-pk").select_related("case__body").first()
    if found is not None:
        return found.case
    if not payee.id.isdecimal():
        return None
    number = int(payee.id)
    theirs = Application.objects.filter(
        Q(applicant_kind=payee.kind, applicant_number=number) | Q(payee_kind=payee.kind, payee_number=number)
    )
    numbers = [str(one) for one in theirs.values_list("pk", flat=True)]
    cases = Case.objects.filter(body=body, subject_kind=KIND, subject_id__in=numbers)
    return cases.order_by("-pk").select_related("body").first()


def _matter(account: PayeeAccount) -> Matter | None:
    case = case_of_payee(account.body_id, _recipient(account))
    if case is None:
        return None
    try:
        return matter_of(case)
    except DecisionRefused:
        return None


def _recipient(account: PayeeAccount) -> Party:
    return Party(account.payee_kind, account.payee_id)


def _channel(recipient: Party, matter: Matter, own: bool) -> Channel:
    before = letters_for(recipient).first()
    if own and matter.by_post:
        return Channel.PRINT
    return Channel.MESSAGE_BOX if before is None or before.channel == Channel.E_MAIL else Channel(before.channel)
