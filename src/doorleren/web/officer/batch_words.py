"""What the pages of batches call things: what cases become, how they stand, why one was taken out or left for a person."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.cases.acts import called
from doorleren.decisions.batches import Group
from doorleren.decisions.freeing import Frees
from doorleren.decisions.last_days import Lacking
from doorleren.decisions.models import Batch
from doorleren.decisions.models.batch import LAPSED, SETTLED
from doorleren.people.access import REASONS
from doorleren.rules.provisions import GRANT, provision_of
from doorleren.web.officer.case_found import decision_kinds, decision_named
from doorleren.web.officer.provision_forms import amending
from doorleren.web.provision_words import words_of
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros


def why_out() -> dict[str, str]:
    """Say why a case is taken out of a batch (models.batch.WHY_OUT)."""
    return {
        "look": _("een mens wil dit zelf bekijken"), "documents": _("er is bewijs dat iemand moet lezen"),
        "signal": _("er kwam een signaal binnen"), "asked": _("de aanvrager vroeg erom"),
    }  # fmt: skip


def why_left(code: str, procedure: str) -> str:
    """Say why a case of a batch, of a procedure, was left for a person, by the code of the refusal."""
    words = words_of(procedure)
    told = {
        "assessed_anew": _("intussen opnieuw beoordeeld"), "other_outcome": _("de uitkomst zou een andere zijn"),
        "outside": _("geen plaats meer binnen het plafond"), "waiting": _("de plaats staat nog niet vast"),
        "open": _("er staat een voorwaarde open"), "no_amount": _("er is geen bedrag"),
        "granted_since": _("aan de aanvrager is intussen iets toegekend of teruggenomen"),
        "not_looked_up": _("bij de beoordeling is niet gekeken naar wat eerder is toegekend"),
        "same_costs": _("er is eerder geld verleend voor misschien dezelfde kosten"),
        "ground": _("de grond volgt niet uit de zaak"), "disturbed": _("er loopt iets dat iemand moet bekijken"),
        "not_granted": _("er is geen %(granting)s meer") % words, "not_reported": _("er is nog niets verantwoord"),
        "claimed": _("er is alsnog gedeclareerd"), "not_in_time": _("een brief ging niet op tijd weg"), "CaseRefused": _("de zaak staat dit nu niet toe"),
    }  # fmt: skip
    if code in REASONS:
        return in_language(REASONS[code])  # type: ignore[index]
    return told.get(code, _("dit moet een mens bekijken (%(code)s)") % {"code": code})


def standing_of(batch: Batch) -> str:
    """Say how a batch stands."""
    if batch.withdrawn_at is not None:
        return _("ingetrokken")
    if batch.released_at is None:
        return _("wacht op een collega")
    if batch.finished_at is not None:
        return _("klaar")
    return _("stilgezet") if batch.stopped_at is not None else _("loopt")


def standings() -> dict[str, str]:
    """Name how a case in a batch can stand."""
    return {
        "pending": _("wacht"), "decided": _("besloten"), "left": _("voor een mens"), "taken_out": _("eruit gehaald"),
    }  # fmt: skip


def becomes(procedure: str) -> dict[str, str]:
    """Name what a case of a procedure becomes in a batch."""
    decided = {kind: decision_named(kind, procedure) for kind in decision_kinds()}
    if provision_of(procedure) is GRANT:
        return decided | {SETTLED: _("vastgesteld zoals verleend"), LAPSED: _("vastgesteld op nul")}
    acts = {SETTLED: "settled_as_granted", LAPSED: "settled_at_nil"}
    return decided | {kind: in_language(called(act, procedure)) for kind, act in acts.items()}


def group_told(one: Group, procedure: str) -> dict[str, Any]:
    """Describe a group of a round of a procedure: what it becomes, what that rests on, how many and how much."""
    rests = {
        SETTLED: _("niet getrokken voor een controle"), LAPSED: _("niet gedeclareerd, ook niet na een herinnering"),
    }.get(one.kind, _("automatisch: de regels van de regeling laten niets open"))  # fmt: skip
    if one.on_word:
        rests = _("voorgesteld: rust ook op wat is verklaard")
    return {"kind": becomes(procedure)[one.kind], "rests": rests, "number": one.number, "amount": euros(one.cents)}


def frees_told(frees: Frees) -> list[str]:
    """Say what a batch sets free, and what that means for others on its list; nothing where it sets nothing free."""
    if not frees.cases:
        return []
    told = [ngettext(
        "Van %(number)s aanvraag gaat het geld dat opzij stond niet of niet helemaal op: %(amount)s. Dat gaat naar wie daarna komt in de volgorde.",
        "Van %(number)s aanvragen gaat het geld dat opzij stond niet of niet helemaal op: %(amount)s. Dat gaat naar wie daarna komt in de volgorde.",
        frees.cases,
    ) % {"number": frees.cases, "amount": euros(frees.cents)}]  # fmt: skip
    if frees.may_gain:
        told.append(ngettext(
            "%(number)s aanvraag op de lijst kan daardoor alsnog geld krijgen. Gebeurt dat, dan beslist deze reeks niet over haar: stel daarna een nieuwe voor.",
            "%(number)s aanvragen op de lijst kunnen daardoor alsnog geld krijgen. Gebeurt dat, dan beslist deze reeks niet over hen: stel daarna een nieuwe voor.",
            frees.may_gain,
        ) % {"number": frees.may_gain})  # fmt: skip
    return told


def lacking_told(lacking: Lacking, procedure: str) -> str:
    """Warn that grants of a batch, of a procedure, have no last day of their activities; empty where all that were looked at have one, or need none."""
    if not lacking.number:
        return ""
    told = ngettext(
        "Let op: van %(number)s toekenning is de laatste dag van de activiteiten niet bekend.",
        "Let op: van %(number)s toekenningen is de laatste dag van de activiteiten niet bekend.",
        lacking.number,
    ) % {"number": lacking.number}  # fmt: skip
    if not lacking.every:
        told += " " + _("Wij keken naar de eerste %(number)s toekenningen op de lijst.") % {"number": lacking.looked_at}
    more = _(
        "Zonder die dag kunt u niet %(settle)s zonder verzoek van de ontvanger. Haal zo'n zaak uit de reeks en vul de dag bij het besluit in, "
        "of noem die later met '%(amending)s'."
    ) % {"settle": words_of(procedure)["settle"], "amending": amending(procedure)}
    return f"{told} {more}"


def done_words(done: str) -> str:
    """Say what was just done; nothing for anything else."""
    return {
        "proposed": _("De reeks is voorgesteld. Een collega moet haar vrijgeven."),
        "released": _("De reeks is vrijgegeven. De besluiten worden nu één voor één genomen."),
        "withdrawn": _("De reeks is ingetrokken. Er is niets besloten."),
        "stopped": _("De reeks staat stil. Wat al is besloten, blijft zo."),
        "resumed": _("De reeks loopt weer."),
        "taken_out": _("De gekozen zaken zijn uit de reeks gehaald. Een mens beslist daarover."),
        "drawn": _("De steekproef is getrokken. Vraag in deze zaken wat er is gedaan."),
    }.get(done, "")
