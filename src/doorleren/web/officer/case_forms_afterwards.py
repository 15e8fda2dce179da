"""Forms after a grant: progress, delivery and its checks, settling as granted or lower, and what must come back."""

from django.utils.translation import gettext as _

from doorleren.cases.acts import GRANTED, SETTLING
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.decisions.checkable import not_asked, not_checkable
from doorleren.decisions.collecting import debt_of
from doorleren.decisions.commands.accept_progress import REPORTED, accept_progress
from doorleren.decisions.commands.ask_delivery import ask_delivery, intend_to_settle
from doorleren.decisions.commands.check_delivery import ASKING_STOPPED, choose_check
from doorleren.decisions.commands.check_delivery import STOPPED as CHECKING_STOPPED
from doorleren.decisions.commands.recover import RECOVERED, decide_recovery, not_to_remind, remind, waive
from doorleren.decisions.commands.report_delivery import Done, report_delivery
from doorleren.decisions.commands.report_progress import report_progress
from doorleren.decisions.commands.request_settlement import request_settlement
from doorleren.decisions.commands.settle import settle_as_granted, settle_lower
from doorleren.decisions.settling import not_meant
from doorleren.payments.claims import claimed_on, paid_on, received_on
from doorleren.payments.own_account import own_account
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_form_kinds import ActForm, Typed, by_letter, final
from doorleren.web.officer.case_forms_collecting import held, nothing_claimed, on_debts
from doorleren.web.officer.case_forms_deciding import weighed
from doorleren.web.officer.case_stands import CaseStands
from doorleren.web.officer.official import Official
from doorleren.web.surroundings import now

PREPARES = "delivery_proven"
"""An act that whoever prepares a case may do."""


def _not_lower(stands: CaseStands) -> Texts | None:
    """Give the sentence why less cannot be settled: it is a loan, or an objection against the grant runs; None where it can be."""
    return stands.never_lower or stands.contested


def _not_meant(case: Case) -> Texts | None:
    """Give the sentence why nobody was told that less will be settled; None where that was done."""
    return not_meant(case, "settled_cents")


def _not_to_ask(case: Case) -> Texts | None:
    """Give the sentence why a settled grant is not asked about any more; None where it settled at once, or not yet."""
    return not_checkable(case, day_of(now()))


def _delivered(case: Case, typed: Typed, asking: Official) -> object:
    done = Done(
        typed.days["started_on"], typed.days["ended_on"], typed.counts["planned"], typed.counts["realised"],
        typed.ticked.get("evidence", ()), words=typed.says("words"),
    )  # fmt: skip
    return report_delivery(case.pk, done, by=asking.who, at=asking.at)


def _recovered(case: Case, typed: Typed, asking: Official) -> object:
    return decide_recovery(
        case.pk, typed.cents["cents"], weighed(typed), paid_cents=paid_on(case.pk), instalments=typed.counts["instalments"],
        by=asking.who, at=asking.at, pay_to=own_account(case.body_id, asking.at),
    )  # fmt: skip


def _reminded(case: Case, typed: Typed, asking: Official) -> object:
    """Remind of what the ledger claims; the command refuses more than the recovery leaves open."""
    return remind(
        case.pk, claimed_on(case.pk), by=asking.who, at=asking.at, received=received_on(case.pk),
        pay_to=own_account(case.body_id, asking.at),
    )  # fmt: skip


def _not_to_remind(case: Case) -> Texts | None:
    """Give the sentence why nobody is reminded of what is claimed: nothing is late, or a reminder was just sent."""
    return not_to_remind(debt_of(case.pk, received_on(case.pk)), day_of(now()))


AFTERWARDS: tuple[ActForm, ...] = (
    ActForm("progress", "progress_reported", lambda: _("Voortgang noteren"), lambda: _("Ja, noteer dit"), ("how_it_goes", "on"),
            lambda case, typed, asking: report_progress(
                case.pk, typed.says("words"), by=asking.who, at=asking.at, on=typed.days["on"]),
            final(lambda: _("Het verslag komt in de zaak. Er volgt vanzelf niets uit."))),
    ActForm("accept-progress", "contact_noted", lambda: _("Voortgangsverslag akkoord"), lambda: _("Ja, dit is akkoord"), (),
            lambda case, typed, asking: accept_progress(case.pk, by=asking.who, at=asking.at),
            final(lambda: _("Het deel dat hierop wacht, kan nu worden betaald.")), rights="settled_as_granted",
            after=(REPORTED,), stopped_by=SETTLING, phase="afterwards", rests=True),
    ActForm("delivered", "delivery_proven", lambda: _("Uitvoering melden voor de aanvrager"), lambda: _("Ja, noteer dit"),
            ("started_on", "ended_on", "planned", "realised", "evidence", "remarks"), _delivered,
            lambda typed: [
                _("Gedaan: %(realised)s van %(planned)s.")
                % {"realised": typed.counts["realised"], "planned": typed.counts["planned"]},
                _("Deze melding komt in de plaats van een eerdere. Voor wie het was, moet haar nog bevestigen."),
            ], after=(GRANTED,), open=not_asked),
    ActForm("ask-delivery", "contact_noted", lambda: _("Vragen wat er is gedaan"), lambda: _("Ja, stel deze vraag"),
            ("question", "asked_evidence", "until", "checking_by_asking"),
            lambda case, typed, asking: ask_delivery(
                case.pk, typed.says("question"), evidence=typed.ticked.get("evidence", ()), until=typed.days["until"],
                reason=typed.says("reason"), by=asking.who, at=asking.at),
            by_letter(lambda: _("Pas na het antwoord of de laatste dag kunt u lager vaststellen, of intrekken wat al vaststaat.")),
            decides=True, rights=PREPARES, after=(GRANTED,), stopped_by=ASKING_STOPPED, open=_not_to_ask, phase="afterwards"),
    ActForm("check", "contact_noted", lambda: _("Kiezen voor een controle"), lambda: _("Kies deze zaak"), ("checking",),
            lambda case, typed, asking: choose_check(case.pk, typed.says("reason"), by=asking.who, at=asking.at),
            harm=False, rights=PREPARES, after=(GRANTED,), stopped_by=CHECKING_STOPPED, open=_not_to_ask, phase="afterwards"),
    ActForm("request-settlement", "settlement_requested", lambda: _("Verzoek om vaststelling noteren"),
            lambda: _("Ja, noteer dit"), ("on",),
            lambda case, typed, asking: request_settlement(case.pk, by=asking.who, at=asking.at, on=typed.days["on"]),
            lambda typed: [_("De termijn om vast te stellen loopt na %(day)s.") % {"day": written_day(typed.days["on"])}]),
    ActForm("settle", "settled_as_granted", lambda: _("Vaststellen zoals verleend"), lambda: _("Ja, stel vast"),
            ("proofs", "though"),
            lambda case, typed, asking: settle_as_granted(
                case.pk, words=typed.says("words"), proofs=typed.ticked.get("proofs", ()), by=asking.who, at=asking.at),
            decides=True, stands=lambda stands: stands.not_repaid or stands.contested, rests=True),
    ActForm("intend-lower", "intent_notified", lambda: _("Voornemen tot lager vaststellen"),
            lambda: _("Ja, stuur het voornemen"), ("lower", "view_until", "why"),
            lambda case, typed, asking: intend_to_settle(
                case.pk, typed.cents["cents"], typed.says("words"), until=typed.days["until"], by=asking.who, at=asking.at),
            lambda typed: [_("De aanvrager krijgt de brief hieronder en kan tot en met %(day)s reageren.")
                           % {"day": written_day(typed.days["until"])}],
            decides=True, after=(GRANTED,), stopped_by=SETTLING, stands=lambda stands: stands.never_lower or stands.contested,
            phase="afterwards", rests=True),
    ActForm("settle-lower", "settled_lower", lambda: _("Lager vaststellen"), lambda: _("Ja, stel lager vast"),
            ("lower", "grounds", "weighing"),
            lambda case, typed, asking: settle_lower(
                case.pk, typed.cents["cents"], weighed(typed), by=asking.who, at=asking.at), decides=True, stands=_not_lower, open=_not_meant,
            rests=True),
    ActForm("settle-nil", "settled_at_nil", lambda: _("Op nihil vaststellen"), lambda: _("Ja, stel vast op nihil"),
            ("grounds", "weighing"),
            lambda case, typed, asking: settle_lower(case.pk, 0, weighed(typed), by=asking.who, at=asking.at), decides=True,
            stands=_not_lower, open=_not_meant, rests=True),
    ActForm("recover", "recovery_decided", lambda: _("Terugvorderen"), lambda: _("Ja, vorder terug"),
            ("cents", "instalments", "grounds", "weighing"), held(_recovered), decides=True,
            stands=lambda stands: stands.nothing_undue),
    ActForm("remind", "contact_noted", lambda: _("Aanmanen"), lambda: _("Ja, stuur de aanmaning"), (), held(_reminded),
            by_letter(lambda: _("De aanvrager krijgt twee weken om alsnog te betalen.")), decides=True, rights=PREPARES,
            after=(RECOVERED,), stands=nothing_claimed, open=_not_to_remind, phase="afterwards", ground=on_debts("reminded")),
    ActForm("waive", "contact_noted", lambda: _("Afzien van terugvordering"), lambda: _("Ja, zie ervan af"),
            ("cents", "weighing"),
            held(lambda case, typed, asking: waive(
                case.pk, typed.cents["cents"], typed.says("weighing"), by=asking.who, at=asking.at,
                received=received_on(case.pk))),
            final(lambda: _("Dit bedrag hoeft niet meer te worden terugbetaald.")), decides=True,
            rights="recovery_decided", after=(RECOVERED,), stands=nothing_claimed, phase="afterwards", ground=on_debts("waived")),
)  # fmt: skip
