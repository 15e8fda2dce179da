"""Forms of collecting what is recovered: payment in parts, interest, set-off and a writ. What was paid comes from the ledger."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from doorleren.cases.acts import GRANTED
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.decisions.commands.collect import defer, fix_interest, note_writ, set_off
from doorleren.decisions.commands.recover import RECOVERED
from doorleren.decisions.law_of_debts import law_of_debts
from doorleren.payments.claims import claimed_on, payable_elsewhere, received_on
from doorleren.payments.commands.hold_claim import claim_held
from doorleren.payments.commands.remit_loan import NO_REMISSION, remit_loan, why_not_remitted
from doorleren.payments.commands.tell_of_loan import NOT_LATE, nothing_late, remind_of_loan
from doorleren.payments.own_account import own_account
from doorleren.rules.frameworks import LOAN
from doorleren.web.officer.case_form_kinds import ActForm, Typed, by_letter, final
from doorleren.web.officer.case_stands import CaseStands
from doorleren.web.officer.official import Official
from doorleren.web.public.values import euros
from doorleren.web.surroundings import now

Do = Callable[[Case, Typed, Official], object]


def held(do: Do) -> Do:
    """Do an act with the claim held, so that what is read of the ledger for it is so when it is decided."""

    def done(case: Case, typed: Typed, asking: Official) -> object:
        with claim_held(case.pk):
            return do(case, typed, asking)

    return done


def on_debts(what: str) -> Callable[[], str]:
    """Give the article of law/money-debts.toml on which an act of collecting rests."""
    return lambda: law_of_debts().articles[what]


def nothing_claimed(stands: CaseStands) -> Texts | None:
    """Give the sentence why there is nothing to collect; None where a claim is open."""
    return stands.nothing_claimed


def nothing_lent(case: Case) -> Texts | None:
    """Give the sentence why nobody is reminded of a loan; None where an instalment is late."""
    return nothing_late(case, day_of(now())) if case.procedure == LOAN else NOT_LATE


def not_to_remit(case: Case) -> Texts | None:
    """Give the sentence why nothing of a loan is remitted; None where it can be."""
    return why_not_remitted(case, day_of(now())) if case.procedure == LOAN else NO_REMISSION


def owed_in(case: Case) -> list[tuple[str, str]]:
    """Give the cases with whose money a claim can be set off, as (id, words)."""
    owed = payable_elsewhere(case.pk)
    rows = Case.objects.filter(pk__in=owed).order_by("pk").values_list("pk", "reference")
    return [(str(pk), f"{reference}: {euros(owed[pk])}") for pk, reference in rows]


def _deferred(case: Case, typed: Typed, asking: Official) -> object:
    return defer(
        case.pk, typed.counts["instalments"], typed.days["first_by"], interest_free=typed.says("interest_free") == "yes",
        by=asking.who, at=asking.at, received=received_on(case.pk), pay_to=own_account(case.body_id, asking.at),
    )  # fmt: skip


def _set_off(case: Case, typed: Typed, asking: Official) -> object:
    other = int(typed.says("other_case"))
    payable = payable_elsewhere(case.pk).get(other, 0)
    return set_off(
        case.pk, other, typed.cents["cents"], payable_cents=payable, open_cents=claimed_on(case.pk), by=asking.who, at=asking.at,
    )  # fmt: skip


COLLECTING: tuple[ActForm, ...] = (
    ActForm("defer", "recovery_decided", lambda: _("In delen laten terugbetalen"), lambda: _("Ja, geef uitstel"),
            ("instalments", "first_by", "interest_free"), held(_deferred), decides=True, after=(RECOVERED,),
            stands=nothing_claimed, phase="afterwards", ground=on_debts("deferred")),
    ActForm("interest", "recovery_decided", lambda: _("Rente vaststellen"), lambda: _("Ja, stel de rente vast"), (),
            held(lambda case, typed, asking: fix_interest(
                case.pk, by=asking.who, at=asking.at, received=received_on(case.pk),
                pay_to=own_account(case.body_id, asking.at))),
            by_letter(lambda: _("De rente tot en met gisteren komt bij de vordering.")), decides=True, after=(RECOVERED,),
            phase="afterwards", ground=on_debts("interest")),
    ActForm("set-off", "recovery_decided", lambda: _("Verrekenen met een andere zaak"), lambda: _("Ja, verreken"),
            ("owed_in", "cents"), held(_set_off), decides=True, after=(RECOVERED,),
            stands=nothing_claimed, phase="afterwards", ground=on_debts("set_off")),
    ActForm("writ", "contact_noted", lambda: _("Dwangbevel noteren"), lambda: _("Ja, noteer dit"), ("on",),
            held(lambda case, typed, asking: note_writ(
                case.pk, claimed_on(case.pk), by=asking.who, at=asking.at, on=typed.days["on"])),
            final(lambda: _("In de zaak staat dan dat de deurwaarder het dwangbevel bracht.")), rights="recovery_decided",
            after=(RECOVERED,), stands=nothing_claimed, phase="afterwards", ground=on_debts("writ")),
    ActForm("remind-of-loan", "contact_noted", lambda: _("Aanmanen over de lening"), lambda: _("Ja, stuur de aanmaning"), (),
            lambda case, typed, asking: remind_of_loan(case.pk, by=asking.who, at=asking.at),
            by_letter(lambda: _("De aanvrager krijgt twee weken om te betalen wat te laat is.")), decides=True,
            rights="delivery_proven", after=(GRANTED,), open=nothing_lent, phase="afterwards", ground=on_debts("reminded"), procedure=LOAN),
    ActForm("remit-loan", "contact_noted", lambda: _("Lening kwijtschelden"), lambda: _("Ja, scheld dit kwijt"),
            ("cents", "weighing"),
            lambda case, typed, asking: remit_loan(
                case.pk, typed.cents["cents"], typed.says("weighing"), by=asking.who, at=asking.at),
            by_letter(lambda: _("Dit deel van de lening hoeft niet te worden terugbetaald.")), decides=True,
            rights="settled_as_granted", after=(GRANTED,), open=not_to_remit, phase="afterwards", ground=on_debts("waived"), procedure=LOAN),
)  # fmt: skip
