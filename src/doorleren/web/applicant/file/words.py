"""What a file calls things, in plain words and in the language of the page: states, acts, who must do something, roles."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from doorleren.cases.acts import called
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.rules import StateName
from doorleren.cases.terms import CaseTerm
from doorleren.cases.terms.appealing import ANNULLED, ANSWERS, APPEAL_ENDED, JUDGMENT_NOTED, LATE
from doorleren.cases.terms.default import late_with
from doorleren.core.texts import ASSUMED, Texts
from doorleren.decisions.advances import ACCEPTED
from doorleren.decisions.commands.report_delivery import PROOFS
from doorleren.decisions.loans import REPAID
from doorleren.decisions.representatives import ENDED
from doorleren.payments.commands.remit_loan import REMITTED
from doorleren.payments.commands.tell_of_loan import PLAN, REMINDED
from doorleren.web.provision_words import acts_said, file_said, words_of
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import day_in_words
from doorleren.web.public.words import law_said


def states(procedure: str) -> dict[StateName, tuple[str, str, str]]:
    """Give for each state its badge, its tone and a sentence, for what a procedure gives."""
    words, said = words_of(procedure), file_said(procedure)
    return {
        "received": (_("ontvangen"), "maybe", _("Wij hebben uw aanvraag. Wij gaan haar nog bekijken.")),
        "incomplete": (_("wij wachten op u"), "maybe", _("Er ontbreekt nog iets aan uw aanvraag.")),
        "being_assessed": (_("in behandeling"), "maybe", _("Wij bekijken uw aanvraag.")),
        "assessed": (_("bekeken"), "maybe", _("Uw aanvraag is bekeken. Iemand anders beslist er nog over.")),
        "granted": (_("toegekend"), "get", _("U krijgt %(one)s.") % words),
        "refused": (_("afgewezen"), "no", _("U krijgt geen %(name)s. In het besluit staat waarom.") % words),
        "left_out": (_("niet behandeld"), "no", _("Uw aanvraag was niet compleet. Daarom hebben wij haar niet behandeld.")),
        "settled": (said["settled"], "get", said["ended"]),
        "revoked": (_("ingetrokken door ons"), "no", _("Wij hebben uw %(name)s ingetrokken. In het besluit staat waarom.") % words),
        "objection": (_("bezwaar in behandeling"), "maybe", _("Wij behandelen uw bezwaar.")),
        "withdrawn": (_("door u ingetrokken"), "quiet", _("U hebt uw aanvraag ingetrokken. Er gebeurt niets meer mee.")),
        "forwarded": (_("doorgestuurd"), "quiet", _("Uw aanvraag hoort bij een andere instantie. Wij hebben haar doorgestuurd.")),
        "closed": (_("afgerond"), "quiet", _("Uw dossier is afgerond. U kunt het nog bekijken.")),
        "destroyed": (_("vernietigd"), "quiet", _("De bewaartermijn is voorbij. Wij hebben de inhoud van uw dossier vernietigd.")),
    }  # fmt: skip


def state_told(state: StateName, procedure: str) -> dict[str, str]:
    """Describe a state: the words and tone of its badge, and its sentence."""
    words, tone, sentence = states(procedure)[state]
    return {"words": words, "tone": tone, "sentence": sentence}


def happened(procedure: str) -> dict[str, str]:
    """Say of each act that a party hears of what happened, for what a procedure gives. Acts within the office are not among them."""
    return {
        "opened": _("Wij openden uw dossier."),
        "forwarded": _("Wij stuurden uw aanvraag door naar de juiste instantie."),
        "withdrawn": _("U trok uw aanvraag in."),
        "asked_to_complete": _("Wij vroegen u om uw aanvraag aan te vullen."),
        "completed": _("U vulde uw aanvraag aan."),
        "extended": _("Wij namen meer tijd om te beslissen."),
        "term_suspended": _("Wij zetten de tijd om te beslissen stil."),
        "term_resumed": _("De tijd om te beslissen loopt weer."),
        "repeat_established": _("Wij stelden vast dat u dit al eerder vroeg."),
        "assessed": _("Wij bekeken uw aanvraag."),
        "advised": _("Wij kregen advies over uw aanvraag."),
        "intent_notified": _("Wij lieten u weten wat wij van plan zijn."),
        "view_received": _("U liet weten wat u van ons plan vindt."),
        "granted": _("Wij kenden uw aanvraag toe."),
        "partly_granted": _("Wij kenden uw aanvraag voor een deel toe."),
        "refused": _("Wij wezen uw aanvraag af."),
        "left_out": _("Wij besloten uw aanvraag niet te behandelen."),
        **_after_the_decision(),
        **acts_said(procedure),
        **_objecting(),
        **_noted(),
    }


def _after_the_decision() -> dict[str, str]:
    return {
        "amended": _("Wij veranderden het besluit."),
        "slip_corrected": _("Wij herstelden een schrijffout in het besluit."),
        "budget_reservation_invoked": _("Er is te weinig geld op de begroting. Wij veranderden het besluit."),
        "progress_reported": _("U liet weten hoe het gaat."),
        "delivery_proven": _("Er is gemeld wat er is gedaan."),
        "recovery_decided": _("Wij besloten geld terug te vragen."),
        "paid": _("Wij betaalden."),
        "payment_suspended": _("Wij stelden de betaling uit."),
        "payment_released": _("De betaling gaat weer door."),
    }


def _objecting() -> dict[str, str]:
    return {
        "objection_received": _("Wij kregen uw bezwaar."),
        "objection_repair_asked": _("Wij vroegen u om uw bezwaar aan te vullen."),
        "objection_repaired": _("U vulde uw bezwaar aan."),
        "objection_extended": _("Wij namen meer tijd om op uw bezwaar te beslissen."),
        "hearing_called": _("Wij nodigden u uit om over uw bezwaar te praten."),
        "heard": _("Wij spraken met u over uw bezwaar."),
        "objection_upheld": _("U kreeg gelijk in bezwaar."),
        "objection_partly_upheld": _("U kreeg voor een deel gelijk in bezwaar."),
        "debt_objection_upheld": _("U kreeg gelijk in bezwaar over een terugvordering, een dwangsom of een betaling."),
        "objection_rejected": _("U kreeg geen gelijk in bezwaar."),
        "objection_inadmissible": _("Wij konden uw bezwaar niet behandelen."),
        "objection_withdrawn": _("U trok uw bezwaar in."),
        "appeal_noted": _("U ging naar de rechter."),
        "judgment_noted": _("De rechter vernietigde ons besluit."),
        "appeal_ended": _("Uw beroep is geëindigd. Er komt geen nieuw besluit."),
    }


def _noted() -> dict[str, str]:
    return {
        "declared_in_default": _("U liet ons weten dat wij te laat zijn."),
        "penalty_fixed": _("Wij stelden vast of u geld krijgt omdat wij te laat waren."),
        "penalty_paid": _("Wij betaalden u omdat wij te laat waren."),
        "refunded": _("Wij betaalden u terug wat wij te veel hadden gekregen."),
        "post_returned": _("Een brief aan u kwam terug."),
        "complaint_received": _("Wij kregen uw klacht."),
        "closed": _("Wij sloten uw dossier."),
        "reopened": _("Wij openden uw dossier opnieuw."),
        "destroyed": _("Wij vernietigden de inhoud van uw dossier."),
    }  # fmt: skip


def contacts() -> dict[str, str]:
    """Say what was written or noted in the file, by what it was about; of what is not here a party reads nothing."""
    return {
        "proof_asked": _("Wij vroegen u wat er is gedaan."), ACCEPTED: _("Wij gingen akkoord met uw verslag van de voortgang."),
        REPAID: _("Van uw lening staat niets meer open."), REMITTED: _("U hoeft uw lening, of een deel ervan, niet terug te betalen."),
        PLAN: _("Wij stuurden u het plan om uw lening terug te betalen."),
        REMINDED: _("Wij stuurden u een aanmaning, omdat u te laat was met terugbetalen van uw lening."),
        "reminded": _("Wij stuurden u een aanmaning."),
        "recovery_waived": _("Wij zagen af van geld dat wij terugvroegen."), "deferred": _("U mag in delen of later terugbetalen."),
        "interest": _("Wij stelden rente vast."), "set_off": _("Wij verrekenden wat u ons moet betalen met wat u van ons krijgt."),
        "writ": _("Een deurwaarder bracht u een dwangbevel."), ENDED: _("Uw brieven gaan niet meer naar wie u vertegenwoordigde."),
        "question": _("U stelde een vraag."), "change": _("U liet weten dat er iets veranderde."),
        "delivery_denied": _("U zei dat niet klopt wat over u is gemeld."), "more_time": _("U vroeg om meer tijd."), "answer": _("Wij gaven antwoord op uw bericht."),
    }  # fmt: skip


COURT = ("appeal_noted", JUDGMENT_NOTED, APPEAL_ENDED)


def _of_appeal(one: CaseAct, against: CaseAct, procedure: str) -> str:
    """Say of an appeal, or of its end, what it was about."""
    late, annulled = against.act == LATE, one.details.get("judgment") == ANNULLED
    what = words_of(procedure) | {"what": act_named(against, procedure)}
    if one.act == "appeal_noted":
        return (
            _("U ging naar de rechter, omdat wij te laat waren.")
            if late
            else _("U ging naar de rechter. Dat gaat over: %(what)s.") % what
        )
    if annulled and late:
        return _("De rechter vond ook dat wij te laat waren met beslissen.")
    if annulled and against.act in ANSWERS:
        return _("De rechter vernietigde onze beslissing op uw bezwaar. Wij beslissen er opnieuw op.")
    if one.act == JUDGMENT_NOTED:
        return _("De rechter vernietigde ons besluit (%(what)s). Wij beslissen opnieuw.") % what
    if annulled:
        return _("De rechter vernietigde ons besluit (%(what)s). Uw %(name)s verandert daardoor niet.") % what
    return _("Uw beroep is geëindigd (%(what)s). Er komt geen nieuw besluit.") % what


def _of_which_objection(one: CaseAct, acts: Sequence[CaseAct], procedure: str) -> str:
    """Say which objection an act is about, by its day and the decision that it is against; nothing where there is one only."""
    received = [each for each in acts if each.act == "objection_received"]
    named = received.index(one) + 1 if one in received else one.details.get("objection")
    if len(received) < 2 or not isinstance(named, int) or not 0 < named <= len(received):
        return ""
    came = received[named - 1]
    against = next((each for each in acts if each.number == came.details.get("against")), None)
    told = _("Het gaat om uw bezwaar van %(day)s") % {"day": day_in_words(came.happened_on)}
    return f"{told}." if against is None else f"{told} ({act_named(against, procedure)})."


def timeline(
    acts: tuple[CaseAct, ...], no_effect: Mapping[int, Texts] | None = None, *, procedure: str
) -> list[dict[str, Any]]:  # fmt: skip
    """List what happened, the newest first, with the day and without anybody's name; of what had no effect also why."""
    said, noted, found = happened(procedure), contacts(), list[dict[str, Any]]()
    numbered = {one.number: one for one in acts}
    for one in acts:
        about = str(one.details.get("about") or one.details.get("what", ""))
        if one.act == "contact_noted" and not about and one.details.get("channel"):
            text = _("Wij hadden contact met u.")
        elif one.act == "contact_noted" or (one.act == "recovery_decided" and about):
            text = noted.get(about, "")
        elif one.act == "delivery_proven" and PROOFS in one.details:
            text = (
                _("Er is gemeld wat er is gedaan, met bewijs.")
                if one.details[PROOFS]
                else _("Er is gemeld wat er is gedaan, zonder bewijs.")
            )
        elif one.act == "assessed" and one.details.get("outcome") == "open":
            text = _("Wij begonnen uw aanvraag te bekijken.")
        else:
            against = numbered.get(int(one.details.get("against", 0))) if one.act in COURT else None
            text = said.get(one.act, "") if against is None else _of_appeal(one, against, procedure)
        if not text:
            continue
        text = f"{text} {_of_which_objection(one, acts, procedure)}".rstrip()
        if no_effect and one.number in no_effect:
            text = f"{text} {in_language(no_effect[one.number])}"
        found.append({"day": day_in_words(one.happened_on), "iso": one.happened_on.isoformat(), "text": text})
    return found[::-1]


def expected(term: CaseTerm | None, today: date, procedure: str) -> str:
    """Say by when a term of ours ends, and honestly when that has passed; empty without a term."""
    if term is None or term.last is None:
        return in_language(term.waits) if term is not None and term.waits else ""
    day = day_in_words(term.last)
    if today > term.last:
        return _("Wij hadden uiterlijk %(day)s moeten beslissen. Wij zijn te laat.") % {"day": day}
    sentences = {
        "decision": _("Uiterlijk %(day)s hoort u wat wij beslissen."),
        "objection-decision": _("Uiterlijk %(day)s hoort u wat wij op uw bezwaar beslissen."),
        "decision-anew": _("De rechter vernietigde ons besluit. Uiterlijk %(day)s hoort u wat wij opnieuw beslissen."),
        "objection-decision-anew": _(
            "De rechter vernietigde onze beslissing op uw bezwaar. Uiterlijk %(day)s hoort u wat wij opnieuw beslissen."
        ),
        "settlement": file_said(procedure)["expected"],
    }
    if term.id in sentences:
        return sentences[term.id] % {"day": day}
    return _("Uiterlijk %(day)s: %(what)s.") % {"day": day, "what": in_language(term.name)}


def act_named(act: CaseAct, procedure: str) -> str:
    """Name an act by what it did and its day, to tell it from others."""
    return f"{in_language(called(act.act, procedure))}, {day_in_words(act.happened_on)}"


def late_with_words(acts: Sequence[CaseAct], about: int, procedure: str) -> str:
    """Name the decision that a notice of default is about: on the application, or on an objection, by its day and what it is against."""
    late = late_with(acts, about)
    if late is None:
        return _("uw aanvraag")
    said = _("uw bezwaar van %(day)s") % {"day": day_in_words(late.received.happened_on)}
    return said if late.against is None else f"{said} ({act_named(late.against, procedure)})"


def term_shown(term: CaseTerm, about: str = "", *, met: bool = False) -> dict[str, Any]:
    """Describe a term with its calculation; `about`: which decision or objection it is about, if there are several.

    `met`: what had to be done by it was done, if it ended. One of a party is over after its last day, also for who acted later.
    """
    ended = term.ended_on
    if ended and term.last and term.whose == "party":
        ended = min(ended, term.last + timedelta(days=1))
    return {
        "id": term.id,
        "name": f"{in_language(term.name)} ({about})" if about else in_language(term.name),
        "whose": _("voor ons") if term.whose == "authority" else _("voor u"),
        "last": day_in_words(term.last) if term.last else "",
        "waits": in_language(term.waits) if term.waits else "",
        "ended": day_in_words(ended) if ended else "",
        "met": met,
        "steps": [{"text": in_language(step.text), "source": _source(step.source)} for step in term.steps],
    }


def _source(source: str) -> str:
    """Say where a step stands; of an assumption, which the files explain in English, only that it is one."""
    law, assumed, _explained = source.partition(ASSUMED)
    return law_said(law) + _("een aanname van ons") if assumed else law_said(law)


def kinds_of_message() -> dict[str, str]:
    """Name what a message is."""
    return {
        "question": _("Uw vraag"), "change": _("Wat er veranderde"), "more_time": _("U vroeg meer tijd"),
        "view": _("Uw zienswijze"), "objection": _("Uw bezwaar"), "repair": _("Uw aanvulling op het bezwaar"),
        "progress": _("Hoe het gaat"), "answer": _("Ons antwoord"),
    }  # fmt: skip


def reference_line(case: Case) -> str:
    """Say under which reference and since when a file is with us."""
    return _("Kenmerk %(reference)s, ontvangen op %(day)s") % {
        "reference": case.reference, "day": day_in_words(case.received_on),
    }  # fmt: skip
