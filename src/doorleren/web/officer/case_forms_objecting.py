"""Forms of objection and appeal: received by post, repaired, extended, heard, decided on in four ways, withdrawn; and the court."""

from django.utils.translation import gettext as _

from doorleren.cases.acts import FIXED, OBJECTED
from doorleren.cases.appeals import none_running, nothing_to_appeal
from doorleren.cases.commands.note_appeal import note_appeal, note_judgment
from doorleren.cases.models import Case
from doorleren.cases.terms.appealing import ANNULLED
from doorleren.decisions.commands.decide_objection import Heard, dismiss, reject, uphold
from doorleren.decisions.commands.extend_objection import extend_objection
from doorleren.decisions.commands.hear_objection import call_to_hearing, hear_objection
from doorleren.decisions.commands.receive_objection import receive_objection, withdraw_objection
from doorleren.decisions.commands.recover import RECOVERED
from doorleren.decisions.commands.repair_objection import ask_to_repair, repair_objection
from doorleren.decisions.commands.uphold_debts import SUSPENDED, uphold_penalty, uphold_recovery, uphold_suspension
from doorleren.decisions.commands.uphold_revocation import REVOKED, uphold_revocation
from doorleren.decisions.commands.uphold_settlement import uphold_settlement
from doorleren.web.officer.case_form_kinds import ActForm, Typed, by_letter, final
from doorleren.web.officer.official import Official

JUDGING = ("which_objection", "why_decided", "upheld_unheard", "excused")


def _received(case: Case, typed: Typed, asking: Official) -> object:
    return receive_objection(
        case.pk, typed.says("words"), by=asking.who, at=asking.at, against=int(typed.says("against")),
        received_on=typed.days["received_on"], posted_on=typed.days.get("posted_on"),
        committee=typed.says("committee") == "yes",
    )  # fmt: skip


def _heard(typed: Typed) -> Heard:
    return Heard(typed.says("words"), typed.says("without_hearing"), typed.says("excused"), _which(typed))


def _which(typed: Typed) -> int | None:
    """Give the number of the objection that was chosen; None where only one is open."""
    return int(typed.says("objection")) if typed.says("objection") else None


def _ended(case: Case, typed: Typed, asking: Official, judgment: str) -> object:
    appeal = int(typed.says("appeal")) if typed.says("appeal") else None
    return note_judgment(
        case.pk,
        judgment,
        by=asking.who,
        at=asking.at,
        on=typed.days["on"],
        appeal=appeal,
        until=typed.days.get("until"),
    )


OBJECTING: tuple[ActForm, ...] = (
    ActForm("objection", "objection_received", lambda: _("Bezwaar ontvangen op papier"), lambda: _("Ja, noteer het bezwaar"),
            ("against", "objection_words", "received_on", "posted_on", "committee"), _received,
            by_letter(lambda: _("Het bezwaar komt in de zaak, en de termijn om te beslissen gaat lopen.")), decides=True),
    ActForm("ask-repair", "objection_repair_asked", lambda: _("Om herstel van het bezwaar vragen"), lambda: _("Ja, vraag dit"),
            ("which_objection", "lacks", "until"),
            lambda case, typed, asking: ask_to_repair(
                case.pk, typed.says("question"), until=typed.days["until"], by=asking.who, at=asking.at,
                objection=_which(typed)),
            by_letter(lambda: _("De termijn om te beslissen staat stil tot het antwoord of de laatste dag.")), decides=True),
    ActForm("repaired", "objection_repaired", lambda: _("Herstel van het bezwaar ontvangen"), lambda: _("Ja, noteer dit"),
            ("on",),
            lambda case, typed, asking: repair_objection(case.pk, by=asking.who, at=asking.at, on=typed.days["on"]),
            final(lambda: _("De termijn om op het bezwaar te beslissen loopt weer."))),
    ActForm("extend-objection", "objection_extended", lambda: _("Meer tijd nemen voor het bezwaar"), lambda: _("Ja, verleng"),
            ("which_objection", "grounds"),
            lambda case, typed, asking: extend_objection(
                case.pk, typed.says("grounds"), by=asking.who, at=asking.at, objection=_which(typed)),
            by_letter(lambda: _("U krijgt ten hoogste zes weken extra, en dat kan één keer.")), decides=True),
    ActForm("call", "hearing_called", lambda: _("Uitnodigen voor de hoorzitting"), lambda: _("Ja, nodig uit"),
            ("which_objection", "heard_at"),
            lambda case, typed, asking: call_to_hearing(
                case.pk, heard_at=typed.moments["heard_at"], by=asking.who, at=asking.at, objection=_which(typed)),
            by_letter(lambda: _("Het dossier ligt een week voor de hoorzitting ter inzage.")), decides=True),
    ActForm("hear", "heard", lambda: _("Verslag van de hoorzitting"), lambda: _("Ja, leg dit vast"),
            ("which_objection", "report"),
            lambda case, typed, asking: hear_objection(
                case.pk, typed.says("report"), by=asking.who, at=asking.at, objection=_which(typed)),
            final(lambda: _("Het verslag komt in de zaak.")), decides=True),
    ActForm("uphold", "objection_upheld", lambda: _("Bezwaar gegrond: opnieuw verlenen"), lambda: _("Ja, verklaar gegrond"),
            (*JUDGING, "ends_on"),
            lambda case, typed, asking: uphold(
                case.pk, _heard(typed), by=asking.who, at=asking.at, activities_until=typed.days.get("ends_on")),
            decides=True, stands=lambda stands: stands.upholding.granting),
    ActForm("uphold-settlement", "objection_upheld", lambda: _("Bezwaar gegrond: hoger vaststellen"),
            lambda: _("Ja, verklaar gegrond"), ("cents", *JUDGING),
            lambda case, typed, asking: uphold_settlement(
                case.pk, typed.cents["cents"], _heard(typed), by=asking.who, at=asking.at),
            decides=True, after=(OBJECTED,), stands=lambda stands: stands.upholding.settling),
    ActForm("uphold-revocation", "objection_upheld", lambda: _("Bezwaar gegrond: intrekking gaat niet door"),
            lambda: _("Ja, verklaar gegrond"), JUDGING,
            lambda case, typed, asking: uphold_revocation(case.pk, _heard(typed), by=asking.who, at=asking.at),
            decides=True, after=(OBJECTED, REVOKED), stands=lambda stands: stands.upholding.withdrawing),
    ActForm("uphold-recovery", "debt_objection_upheld", lambda: _("Bezwaar gegrond: minder terugvorderen"),
            lambda: _("Ja, verklaar gegrond"), ("cents", *JUDGING),
            lambda case, typed, asking: uphold_recovery(
                case.pk, typed.cents["cents"], _heard(typed), by=asking.who, at=asking.at),
            decides=True, after=(OBJECTED, RECOVERED), stands=lambda stands: stands.upholding.recovering),
    ActForm("uphold-penalty", "debt_objection_upheld", lambda: _("Bezwaar gegrond: hogere dwangsom"),
            lambda: _("Ja, verklaar gegrond"), ("penalty_days", *JUDGING),
            lambda case, typed, asking: uphold_penalty(
                case.pk, typed.counts["days"], _heard(typed), by=asking.who, at=asking.at),
            decides=True, after=(OBJECTED, FIXED), stands=lambda stands: stands.upholding.penalising),
    ActForm("uphold-suspension", "debt_objection_upheld", lambda: _("Bezwaar gegrond: de betaling gaat door"),
            lambda: _("Ja, verklaar gegrond"), JUDGING,
            lambda case, typed, asking: uphold_suspension(case.pk, _heard(typed), by=asking.who, at=asking.at),
            decides=True, after=(OBJECTED, SUSPENDED), stands=lambda stands: stands.upholding.suspending),
    ActForm("reject", "objection_rejected", lambda: _("Bezwaar ongegrond"), lambda: _("Ja, verklaar ongegrond"),
            ("which_objection", "why_decided", "rejected_unheard", "excused"),
            lambda case, typed, asking: reject(case.pk, _heard(typed), by=asking.who, at=asking.at),
            by_letter(lambda: _("Het besluit blijft zoals het is. De aanvrager kan naar de rechter.")), decides=True),
    ActForm("dismiss", "objection_inadmissible", lambda: _("Bezwaar niet-ontvankelijk"),
            lambda: _("Ja, verklaar niet-ontvankelijk"), ("which_objection", "inadmissible", "why_decided", "dismissed_unheard"),
            lambda case, typed, asking: dismiss(
                case.pk, typed.says("reason"), _heard(typed), by=asking.who, at=asking.at),
            by_letter(lambda: _("Het bezwaar wordt niet behandeld. De aanvrager kan naar de rechter.")), decides=True),
    ActForm("withdraw-objection", "objection_withdrawn", lambda: _("Bezwaar intrekken voor de aanvrager"),
            lambda: _("Ja, trek het bezwaar in"), ("which_objection",),
            lambda case, typed, asking: withdraw_objection(
                case.pk, by=asking.who, at=asking.at, objection=_which(typed)),
            final(lambda: _("Het besluit blijft zoals het is. Doe dit alleen als de aanvrager dat vroeg."))),
    ActForm("appeal", "appeal_noted", lambda: _("Beroep noteren"), lambda: _("Ja, noteer dit"), ("appealed", "on"),
            lambda case, typed, asking: note_appeal(
                case.pk, int(typed.says("against")), by=asking.who, at=asking.at, on=typed.days["on"]),
            final(lambda: _("In de zaak staat dan dat de aanvrager naar de rechter is gegaan, en waartegen.")), open=nothing_to_appeal),
    ActForm("judgment", "judgment_noted", lambda: _("De rechter vernietigde het besluit"), lambda: _("Ja, noteer dit"),
            ("which_appeal", "on", "court_until"), lambda case, typed, asking: _ended(case, typed, asking, ANNULLED),
            final(lambda: _(
                "Ging het beroep over de toekenning, de vaststelling of de intrekking zelf, dan kunt u daarna opnieuw beslissen. Ging het over een "
                "beslissing op bezwaar, dan is het bezwaar weer in behandeling. Ging het over iets anders, dan verandert er niets aan wat is toegekend.")),
            open=none_running),
    ActForm("appeal-ended", "appeal_ended", lambda: _("Het beroep eindigde anders"), lambda: _("Ja, noteer dit"),
            ("which_appeal", "judgment", "on"), lambda case, typed, asking: _ended(case, typed, asking, typed.says("judgment")),
            final(lambda: _("Er komt geen nieuw besluit van ons.")), open=none_running),
)  # fmt: skip
