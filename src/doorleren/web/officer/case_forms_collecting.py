"""Forms of collecting what is recovered: payment in parts, interest, set-off and a writ. What was paid comes from the ledger."""

from django.utils.translation import gettext as _

from doorleren.cases.models import Case
from doorleren.cases.stops import After, said
from doorleren.core.texts import Texts
from doorleren.decisions.commands.collect import defer, fix_interest, note_writ, set_off
from doorleren.payments.balances import standing_of
from doorleren.payments.claims import payable_elsewhere, received_on
from doorleren.web.officer.case_form_kinds import ActForm, Typed, by_letter, final
from doorleren.web.officer.official import Official
from doorleren.web.public.values import euros

RECOVERING = After(("recovery_decided",), said("Er is geen terugvordering.", "There is no recovery."))


NOT_TOO_MUCH = said(
    "Er is niet te veel betaald, of het grootboek heeft het laatste besluit nog niet verwerkt.",
    "Not too much was paid, or the ledger has not followed the last decision yet.",
)
PAID_BACK = said("Er staat geen vordering meer open.", "No claim is open any more.")


def nothing_undue(case: Case) -> Texts | None:
    """Give the sentence why there is nothing to recover, by the ledger; None where there is."""
    return None if standing_of("case", str(case.pk)).amount("undue") > 0 else NOT_TOO_MUCH


def nothing_claimed(case: Case) -> Texts | None:
    """Give the sentence why there is nothing to collect, by the ledger; None where a claim is open."""
    return None if standing_of("case", str(case.pk)).amount("recoverable") > 0 else PAID_BACK


def owed_in(case: Case) -> list[tuple[str, str]]:
    """Give the cases with whose money a claim can be set off, as (id, words)."""
    owed = payable_elsewhere(case.pk)
    rows = Case.objects.filter(pk__in=owed).order_by("pk").values_list("pk", "reference")
    return [(str(pk), f"{reference}: {euros(owed[pk])}") for pk, reference in rows]


def _deferred(case: Case, typed: Typed, asking: Official) -> object:
    return defer(
        case.pk, typed.counts["instalments"], typed.days["first_by"], interest_free=typed.says("interest_free") == "yes",
        by=asking.who, at=asking.at, received=received_on(case.pk),
    )  # fmt: skip


def _set_off(case: Case, typed: Typed, asking: Official) -> object:
    other = int(typed.says("other_case"))
    payable = payable_elsewhere(case.pk).get(other, 0)
    return set_off(
        case.pk, other, typed.cents["cents"], payable_cents=payable, open_cents=_claimed(case), by=asking.who, at=asking.at,
    )  # fmt: skip


def _claimed(case: Case) -> int:
    return standing_of("case", str(case.pk)).amount("recoverable")


COLLECTING: tuple[ActForm, ...] = (
    ActForm("defer", "recovery_decided", lambda: _("In delen laten terugbetalen"), lambda: _("Ja, geef uitstel"),
            ("instalments", "first_by", "interest_free"), _deferred, decides=True, after=(RECOVERING,),
            open=nothing_claimed, phase="afterwards"),
    ActForm("interest", "recovery_decided", lambda: _("Rente vaststellen"), lambda: _("Ja, stel de rente vast"), (),
            lambda case, typed, asking: fix_interest(
                case.pk, by=asking.who, at=asking.at, received=received_on(case.pk)),
            by_letter(lambda: _("De rente tot en met gisteren komt bij de vordering.")), decides=True, after=(RECOVERING,),
            phase="afterwards"),
    ActForm("set-off", "recovery_decided", lambda: _("Verrekenen met een andere zaak"), lambda: _("Ja, verreken"),
            ("owed_in", "cents"), _set_off, decides=True, after=(RECOVERING,),
            open=nothing_claimed, phase="afterwards"),
    ActForm("writ", "contact_noted", lambda: _("Dwangbevel noteren"), lambda: _("Ja, noteer dit"), ("on",),
            lambda case, typed, asking: note_writ(
                case.pk, _claimed(case), by=asking.who, at=asking.at, on=typed.days["on"]),
            final(lambda: _("In de zaak staat dan dat de deurwaarder het dwangbevel bracht.")), rights="recovery_decided",
            after=(RECOVERING,), open=nothing_claimed, phase="afterwards"),
)  # fmt: skip
