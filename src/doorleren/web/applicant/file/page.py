"""The first page of a file: how it stands and until when, whose turn it is, letters, what happened, and what one can do."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.cases.acts import FAMILIES
from doorleren.cases.asked import last_asked
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.messages import messages_of
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.core.money import euros
from doorleren.decisions.completeness import EXPLAINS
from doorleren.payments.balances import standing_of
from doorleren.payments.commands.give_account import may_give, own_waiting, payee_of
from doorleren.payments.commands.stop_account import own_coming
from doorleren.payments.payees import account_in_force
from doorleren.rounds.completing import at_the_end
from doorleren.rounds.queries import announced_for
from doorleren.schemes.queries import version_of
from doorleren.web.applicant.file.decision import payments_shown
from doorleren.web.applicant.file.disagreeing import appeals_shown, late_shown
from doorleren.web.applicant.file.doing import doings, in_time_objections, money_may_come, word_asked
from doorleren.web.applicant.file.letters import letters_shown
from doorleren.web.applicant.file.objecting import objections_shown, terms_named
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.file.pieces import link_shown
from doorleren.web.applicant.file.told import until
from doorleren.web.applicant.file.words import (
    expected,
    kinds_of_message,
    reference_line,
    states,
    timeline,
)
from doorleren.web.applicant.words import written_day
from doorleren.web.kept import kept_shown
from doorleren.web.provision_words import file_said
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import day_in_words

SETTLED = tuple(FAMILIES["settled"])


@never_cache
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """Show the file."""
    found = own_file(request, number)
    told, today = found.told, day_of(found.own.at)
    procedure = found.case.procedure
    badge, tone, sentence = states(procedure)[told.state]
    gone = found.case.destroyed_at is not None
    return render(request, "applicant/file.html", {
        **found.frame(),
        "state": {"name": told.state, "words": badge, "tone": tone, "sentence": sentence},
        "reference_line": reference_line(found.case),
        "turn": turn(found),
        "expected": expected(told.due, today, procedure),
        "counted": bool(told.terms),
        "asked": None if gone else asked_shown(found),
        "decision": decision_shown(found),
        "settled": settled_shown(found),
        "paid_by": paid_by(found, today),
        "objections": [] if gone else objections_shown(found),
        "payments": payments_shown(found.case),
        "account": "" if gone else account_words(found),
        "letters": [] if gone else letters_shown(found),
        "messages": [] if gone else messages_shown(found),
        "timeline": timeline(told.acts, told.no_effect, procedure=procedure),
        "doings": doings(found) if found.may_act else [],
        "late": late_shown(found) if found.may_act and not gone else [],
        "appeals": [] if gone else appeals_shown(found),
        "done": done_words(request.GET.get("done", ""), procedure),
        "may_act": found.may_act,
        "pieces": link_shown(found),
    })  # fmt: skip


@never_cache
@require_safe
def terms(request: HttpRequest, number: int) -> HttpResponse:
    """Show every term of the file with its calculation, and how long the file is kept."""
    found = own_file(request, number)
    return render(request, "applicant/file_terms.html", {
        **found.frame(_("Termijnen")), "terms": terms_named(found),
        "kept": kept_shown(found.case),
    })  # fmt: skip


def turn(found: OwnFile) -> dict[str, str]:
    """Say whose turn it is and what comes next."""
    told = found.told
    if told.state in ("withdrawn", "forwarded", "closed", "destroyed"):
        return {"whose": "", "next": _("Er hoeft niets meer te gebeuren.")}
    if waits_for_party(found):
        return {"whose": _("U bent aan zet."), "next": _what_next(found)}
    if word_asked(found):
        return {"whose": _("U bent aan zet."), "next": _("Zeg of klopt wat over u is gemeld. Daarna gaan wij verder.")}
    if told.underway:
        return {
            "whose": _("Wij zijn aan zet."),
            "next": _("Wij hebben een besluit genomen. De brief komt eraan; daarna ziet u het hier."),
        }
    if told.state in ("refused", "left_out", "revoked", "settled"):
        return {"whose": "", "next": _if_agreed(found)}
    after = {
        "received": _("Wij kijken of uw aanvraag compleet is en aan de voorwaarden voldoet."),
        "being_assessed": _("Wij kijken of uw aanvraag aan de voorwaarden voldoet."),
        "assessed": _("Iemand anders dan wie uw aanvraag bekeek, neemt het besluit."),
        "granted": file_said(found.case.procedure)["next"],
        "objection": _("Over uw bezwaar beslist iemand die niet meedeed aan het besluit."),
    }
    return {"whose": _("Wij zijn aan zet."), "next": after.get(told.state, _("Wij gaan verder met uw aanvraag."))}


def _if_agreed(found: OwnFile) -> str:
    """Say what one does who agrees with the last decision, and until when one can object who does not; when that is over, nothing."""
    open_to = in_time_objections(found)
    if not open_to or open_to[0].last_day is None:
        return _("Er hoeft niets meer te gebeuren.")
    agrees = _("Bent u het ermee eens? Dan hoeft u niets te doen.")
    return f"{agrees} {_('Zo niet? Dan kunt u bezwaar maken tot en met %(day)s.') % {'day': day_in_words(open_to[0].last_day)}}"


def _what_next(found: OwnFile) -> str:
    """Say what the party does: give its view, where something is meant, else what was asked."""
    act = last_asked(found.told.acts)
    if act is not None and act.act == "intent_notified":
        return _("Geef uw mening, als u dat wilt. Daarna beslissen wij.")
    return _("Geef ons wat wij vroegen. Daarna gaan wij verder.")


def waits_for_party(found: OwnFile) -> bool:
    """Say whether the party was asked something, told so by a letter, that it has not given."""
    return found.told.state == "incomplete" or last_asked(found.told.acts) is not None


def asked_shown(found: OwnFile) -> dict[str, Any] | None:
    """Describe what the party is asked now: which parts lack, or that it may give its view, and until when."""
    act = last_asked(found.told.acts)
    if act is None:
        return None
    known = {one.id: in_language(one.text) for one in version_of(found.case.version_id).evidence}
    parts = [str(part) for name, part in sorted(act.details.items()) if name.startswith("part_")]
    day = until(act)
    return {
        "kind": act.act, "until": day_in_words(day) if day else "",
        "parts": [known.get(part, part) for part in parts], "explains": bool(act.details.get(EXPLAINS)),
        "place": place_awaits(found, act),
    }  # fmt: skip


def place_awaits(found: OwnFile, act: CaseAct) -> str:
    """Say what completing does for the place in the order; nothing where it does nothing."""
    announced = announced_for(found.application.round)
    if act.act != "asked_to_complete" or act.details.get(EXPLAINS) or not announced.follows_completion:
        return ""
    if at_the_end(announced):
        return _("Uw aanvraag komt daarna achteraan in de volgorde van de loting. Wie eerder aanvult, gaat voor.")
    if announced.per_day:
        return _("Voor uw plaats in de volgorde telt de dag waarop uw aanvraag compleet is.")
    return _("Voor uw plaats in de volgorde telt het moment waarop uw aanvraag compleet is.")


def decision_shown(found: OwnFile) -> dict[str, Any] | None:
    """Describe the decision in short; None while the party was told of none."""
    decision = found.told.decision
    if decision is None:
        return None
    known = states(found.case.procedure)
    return {
        "words": known[decision.kind if decision.kind in known else "granted"][0],
        "partly": decision.kind == "partly_granted",
        "amount": euros(decision.amount_cents) if decision.amount_cents else "",
        "day": day_in_words(decision.decided_on),
        "url": found.url("-decision"),
    }


def settled_shown(found: OwnFile) -> dict[str, str] | None:
    """Describe the last settlement that the party was told of; None where there is none, or a decision after it counts."""
    act = found.told.last(*SETTLED) if found.told.state in ("settled", "objection", "closed") else None
    if act is None:
        return None
    cents = int(act.details.get("cents", 0))
    return {
        "words": file_said(found.case.procedure)["settled"], "day": day_in_words(act.happened_on),
        "amount": euros(cents) if cents or act.act != "settled_as_granted" else "",
    }  # fmt: skip


def paid_by(found: OwnFile, today: date) -> str:
    """Say by when what was settled is paid, and honestly when that has passed; nothing where nothing is left to pay, or where we cannot yet."""
    act, resting = found.told.last(*SETTLED), found.told.last("payment_suspended", "payment_released")
    standing = standing_of("case", str(found.case.pk))
    if found.told.state != "settled" or act is None or not standing.amount("payable"):
        return ""
    if (resting is not None and resting.act == "payment_suspended") or _without_account(found):
        return ""
    last = law_of_terms().reckon("payment", act.happened_on).last
    words = (
        _("Wij hadden uiterlijk %(day)s moeten betalen. Wij zijn te laat.")
        if today > last
        else _("Wij betalen uiterlijk %(day)s.")
    )
    return words % {"day": day_in_words(last)}


def _without_account(found: OwnFile) -> bool:
    """Say whether the party is paid in this case and has no account in use."""
    payee = payee_of(found.application)
    return may_give(found.application, found.case) and (
        account_in_force(found.case.body_id, payee.kind, payee.id, found.own.at) is None
    )


def account_words(found: OwnFile) -> str:
    """Say on which account the party is paid, without the number; empty where a case pays somebody else, or nobody was told so."""
    if not money_may_come(found) or not may_give(found.application, found.case):
        return ""
    payee = payee_of(found.application)
    if own_waiting(found.application, found.case) is not None:
        return _("Er is een rekeningnummer voor u doorgegeven. Wij kijken er nog naar.")
    in_use = account_in_force(found.case.body_id, payee.kind, payee.id, found.own.at)
    if in_use is not None and in_use.effective_at is not None:
        return _("Wij betalen op de rekening die sinds %(day)s bij ons bekend is.") % {
            "day": written_day(in_use.effective_at)
        }
    if own_coming(found.application, found.own.at):
        return _("Uw rekening is binnenkort in gebruik.")
    return _("Wij weten nog niet op welke rekening wij u kunnen betalen.")


def messages_shown(found: OwnFile) -> list[dict[str, Any]]:
    """List what was written in the file, the newest first; what an official wrote without a name."""
    own = found.own.who.party
    return [
        {
            "number": one.number,
            "kind": kinds_of_message()[one.kind],
            "from": "" if one.kind == "answer" or one.by == own else _("door een collega"),
            "answers": one.answers,
            "day": written_day(one.at),
            "text": one.text,
            "document": found.url("-document", one.number) if one.file_kind else "",
        }
        for one in reversed(messages_of(found.case.pk))
    ]


def done_words(done: str, procedure: str) -> str:
    """Say what was just done; nothing for anything else."""
    return {
        "question": _("Wij hebben uw vraag ontvangen. Het antwoord komt hier te staan."),
        "change": _("Wij hebben uw bericht ontvangen."),
        "more_time": _("Wij hebben uw verzoek om meer tijd ontvangen. Wij laten u weten of dat kan."),
        "view": _("Wij hebben uw zienswijze ontvangen."),
        "objection": _("Wij hebben uw bezwaar ontvangen. U krijgt er een brief over."),
        "repair": _("Wij hebben uw aanvulling ontvangen. Wij gaan verder met uw bezwaar."),
        "progress": _("Wij hebben uw bericht over de voortgang ontvangen."),
        "declared_in_default": _("U hebt ons laten weten dat wij te laat zijn. Wij hebben nog twee weken om te beslissen."),
        "objection_withdrawn": _("U hebt uw bezwaar ingetrokken."),
        "settlement_requested": file_said(procedure)["asked"],
        "account_given": _("Wij hebben uw rekeningnummer ontvangen. Een medewerker kijkt ernaar."),
        "account_taken_back": _("Wij gebruiken dit rekeningnummer niet."),
        "completed": _("U hebt uw aanvraag aangevuld. Wij gaan verder."),
        "withdrawn": _("U hebt uw aanvraag ingetrokken."),
        "account_stopped": _("De andere rekening is gestopt. Wij betalen er niet op. U krijgt hier een brief over."),
    }.get(done, "")  # fmt: skip
