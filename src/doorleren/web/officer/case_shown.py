"""A case for its page: head, history, terms with their calculation, letters with how they were sent, money of the ledger."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from doorleren.audit.rows import rows_of
from doorleren.cases.acts import called
from doorleren.cases.given_days import DISPATCHED, WRONG_ADDRESS, counting, goes_by_letter
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import stands_as
from doorleren.cases.recording import law, life_of, moments_of, party_of
from doorleren.cases.returned import came_back
from doorleren.cases.rules import only_unsent
from doorleren.cases.terms import CaseTerm, default, notices_of, penalty_on, terms_of
from doorleren.cases.terms.facts import ENDS_TERMS
from doorleren.letters.models import NOTHING_LEFT, Letter
from doorleren.letters.queries import letters_with_tries
from doorleren.payments.balances import money, standing_of
from doorleren.people.models import Person
from doorleren.rules.provisions import holds_for
from doorleren.web.loan_words import loan_at, loan_sums
from doorleren.web.officer.act_words import kind_words
from doorleren.web.officer.asked import number, written_day, written_moment
from doorleren.web.officer.case_appeals import appeal_told
from doorleren.web.officer.case_asked import scheme_name
from doorleren.web.officer.case_words import (
    TONES,
    channels,
    due_term,
    notes,
    reported,
    state_named,
    state_sentence,
    template_named,
    why_not_sent,
)
from doorleren.web.officer.official import Official
from doorleren.web.provision_words import words_of
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.public.words import law_said


class Try(NamedTuple):
    """One attempt to send a letter, as its row has it."""

    at: datetime
    sent: bool
    channel: str
    reason: str


def names_in(case: Case, rows: Sequence[CaseAct], *others: int) -> dict[int, str]:
    """Give the names of everybody whom a page of a case names, by number: in its acts, whose it is, and others."""
    numbers = {key for one in rows for key in _people(one)} | {*others}
    if case.assigned_to_id is not None:
        numbers.add(case.assigned_to_id)
    return {one.pk: one.name for one in rows_of(Person, "id = ANY(%s)", [list(numbers)])}


def head(case: Case, asking: Official, names: Mapping[int, str]) -> dict[str, Any]:
    """Describe how a case stands, whose it is, and what must be done by when. `names`: as names_in."""
    whose = case.assigned_to_id
    left = (case.due_on - asking.today).days if case.due_on else 0
    state = stands_as(case)
    return {
        "reference": case.reference,
        "scheme": scheme_name(case.scheme),
        "state": {"words": state_named(state, case.procedure), "tone": TONES.get(state, "")},
        "sentence": state_sentence(state, case.procedure),
        "received": written_day(case.received_on),
        "due": written_day(case.due_on),
        "term": due_term(case.due_term, case.procedure),
        "unsent": case.state != "objection" and only_unsent(case.due_term, moments_of(case)),
        "late": case.due_on is not None and left < 0,
        "left": left,
        "over": -left,
        "mine": whose == asking.who.person,
        "official": "" if whose is None else names.get(whose) or str(whose),
    }


NAMED_BY_WHAT = ("contact_noted", "recovery_decided")
"""Acts whose details say what they are (`what`)."""


def history(rows: Sequence[CaseAct], names: Mapping[int, str], procedure: str) -> list[dict[str, Any]]:
    """Describe the acts on a case, the newest first: what, when, by whom, on which ground. `names`: as names_in."""
    sent = {
        of: counting(of, rows) for one in rows if one.act == DISPATCHED and isinstance(of := one.details.get("of"), int)
    }
    return [
        {
            "number": one.number,
            "words": _named(one, procedure),
            "done": _("%(day)s, door %(by)s.") % {"day": written_day(one.happened_on), "by": _by(one, names)},
            "ground": ground_words(one.ground, procedure),
            "assumed": one.ground.startswith("assumption"),
            "details": format_html_join(
                ", ", "<span>{}</span>", ((told,) for told in _details(one, names, rows, procedure))
            ),
            "letter": _sent(sent.get(one.number)) if goes_by_letter(one) else "",
        }
        for one in reversed(rows)
    ]


def _named(one: CaseAct, procedure: str) -> str:
    """Name an act; one that stands for something else, such as a note, by what that is."""
    noted = notes().get(str(one.details.get("what", ""))) if one.act in NAMED_BY_WHAT else None
    if one.act == "delivery_proven":
        noted = reported(one.details)
    return noted or in_language(called(one.act, procedure))


def _sent(counts: CaseAct | None) -> str:
    """Say when the letter of an act was sent, by the dispatch that counts."""
    if counts is None:
        return _("De brief is nog niet verzonden.")
    return _("Brief verzonden op %(day)s.") % {"day": written_day(counts.happened_on)}


def ground_words(ground: str, procedure: str = "") -> str:
    """Give the article of a ground, as far as it holds for what a procedure gives; nothing for an assumption that names none."""
    bare = holds_for(ground.removeprefix("assumption: ").removesuffix(", recalled and not read"), procedure)
    return law_said(bare) if ", art. " in bare else ""


def terms_shown(case: Case, rows: Sequence[CaseAct], today: date) -> list[dict[str, Any]]:
    """Describe the terms of a case with every step of their calculation; what a late decision costs stands with its term."""
    life, told = life_of(case, rows), law()
    terms = terms_of(life, told)
    notices = {one.done.number: one for one in notices_of(life, terms)}
    several = {name for name, number in Counter(one.id for one in terms).items() if number > 1}
    about = {row.number: f"{_named(row, case.procedure)}, {written_day(row.happened_on)}" for row in rows}
    about |= {
        number: f"{about[number]}: {late_with(rows, one.about, case.procedure)}" for number, one in notices.items()
    }
    owed = {number: penalty_on(today, one, told) for number, one in notices.items()}
    dropped = any(row.act in ENDS_TERMS for row in rows)
    return [
        _term(
            one,
            today,
            about.get(one.about, "") if one.id in several else "",
            met=one.whose == "authority" and not dropped,
        )
        | {"owed": euros(sum_.cents) if one.id == "default" and (sum_ := owed.get(one.about)) else ""}
        for one in terms
    ]


def late_with(rows: Sequence[CaseAct], about: int, procedure: str) -> str:
    """Name the decision that a notice of default is about: on the application (0), or on an objection, by its day and what it is against."""
    found = default.late_with(rows, about)
    if found is None:
        return _("de aanvraag")
    said = _("het bezwaar van %(day)s") % {"day": written_day(found.received.happened_on)}
    against = found.against
    return said if against is None else f"{said} ({_named(against, procedure)}, {written_day(against.happened_on)})"


def letters_shown(case: Case, rows: Sequence[CaseAct]) -> list[dict[str, Any]]:
    """Describe the letters about a case, of which these are the acts: which, when made, whether and how they were sent, and if one is back."""
    back = {one.details.get("of"): one.happened_on for one in came_back(rows)}
    returned = {
        one.details.get("letter"): back[of]
        for one in rows
        if one.act == DISPATCHED and (of := one.details.get("of")) in back
    }
    tries: dict[tuple[int, str, datetime, str], list[Try]] = {}
    for letter, template, made_at, channel, *told in letters_with_tries(party_of(case)):
        own = tries.setdefault((letter, template, made_at, channel), [])
        if told[0] is not None:
            own.append(Try(*told))
    return [
        {
            "words": template_named(template, case.procedure),
            "made": _("Gemaakt op %(at)s.") % {"at": written_moment(made_at)},
            "url": reverse("officer-case-letter", args=[case.reference, letter]),
            **sent_by(channel, own, returned.get(str(letter))),
        }
        for (letter, template, made_at, channel), own in tries.items()
    ]


def money_shown(case: Case, today: date) -> list[dict[str, str]]:
    """Give the sums of the ledger for a case, with how its loan stands; none while nothing was posted for it."""
    standing = standing_of("case", str(case.pk))
    if not standing.sums:
        return []
    told, words = money(standing, has_ceiling=False), words_of(case.procedure)
    named = [
        (_("Gereserveerd"), told.reserved), (capfirst(words["granted"]), told.granted), (capfirst(words["settled"]), told.settled),
        (_("Nog te betalen"), told.payable), (_("Betaald"), told.paid), (_("Vrijgevallen"), told.released),
        (_("Terug te vorderen"), told.recoverable), (_("Terugontvangen"), told.received), (_("Rente"), told.interest),
        *loan_sums(loan_at(case, today)),
    ]  # fmt: skip
    return [{"words": words, "amount": euros(cents)} for words, cents in named if cents]


def _term(one: CaseTerm, today: date, about: str, *, met: bool) -> dict[str, Any]:
    """Describe a term; `met`: it ended by what had to be done; `about`: which decision or objection it is about, where there are several of its kind."""
    return {
        "name": f"{in_language(one.name)} ({about})" if about else in_language(one.name),
        "ours": one.whose == "authority",
        "ends": _ends(one, met=met),
        "late": one.whose == "authority" and _over(one, today),
        "over": one.whose != "authority" and _over(one, today),
        "waits": in_language(one.waits) if one.waits else "",
        "steps": [{"text": in_language(step.text), "source": law_said(step.source)} for step in one.steps],
    }


def _over(one: CaseTerm, today: date) -> bool:
    return one.runs and one.last is not None and one.last < today


def _ends(one: CaseTerm, *, met: bool) -> str:
    """Say when a term ended or ends; `met`: by what had to be done."""
    if one.ended_on is not None and one.last is not None and met:
        told = {"day": written_day(one.ended_on), "last": written_day(one.last)}
        return _("gedaan op %(day)s, uiterste dag %(last)s") % told
    if one.ended_on is not None:
        return _("klaar op %(day)s") % {"day": written_day(one.ended_on)}
    if one.last is not None:
        return _("uiterlijk op %(day)s") % {"day": written_day(one.last)}
    return _("laatste dag nog niet bekend")


def sending(one: Letter) -> dict[str, Any]:
    """Say whether and how a letter was sent: tone and words of a badge, and how."""
    tries = sorted(one.dispatches.all(), key=lambda each: each.pk)
    return sent_by(one.channel, [Try(each.at, each.sent, each.channel, each.reason) for each in tries])


def sent_by(channel: str, tries: Sequence[Try], back: date | None = None) -> dict[str, Any]:
    """Say the same of a letter that goes by a channel, after these tries, in order; `back`: when it came back, if it is."""
    gone = next((each for each in reversed(tries) if each.sent), None)
    ways = channels()
    if back is not None:
        told = _("Teruggekomen op %(day)s. Stuur hem opnieuw bij de handelingen.") % {"day": written_day(back)}
        if tries and not tries[-1].sent:
            told = f"{told} {_('De laatste poging mislukte: %(reason)s.') % {'reason': _reason(tries[-1])}}"
        return {"tone": "no", "status": _("teruggekomen"), "how": told}
    if gone is not None:
        return {"tone": "get", "status": _("verzonden"), "how": f"{written_moment(gone.at)}, {ways[gone.channel]}"}
    if tries and tries[-1].reason == NOTHING_LEFT:
        return {"tone": "no", "status": _("gaat niet meer weg"), "how": why_not_sent()[NOTHING_LEFT]}
    if tries:
        said = _("%(n)s keer geprobeerd, de laatste keer op %(at)s: %(reason)s. Wij proberen het vanzelf opnieuw.")
        facts = {"n": len(tries), "at": written_moment(tries[-1].at), "reason": _reason(tries[-1])}
        return {"tone": "no", "status": _("niet verzonden"), "how": said % facts}
    return {"tone": "maybe", "status": _("wacht op verzending"), "how": ways[channel]}


def _reason(tried: Try) -> str:
    return why_not_sent().get(tried.reason, tried.reason)


def _people(one: CaseAct) -> set[int]:
    named = {one.details.get(name) for name in ("to", "proposed_by", "released_by", "on_behalf_of", "entered_by")}
    own = number(one.by_id) if one.by_kind == "person" else None
    return {key for key in (*named, own) if isinstance(key, int) and key > 0}


def _by(one: CaseAct, names: Mapping[int, str]) -> str:
    key = number(one.by_id) if one.by_kind == "person" else None
    return names.get(key) or str(key) if key is not None else kind_words(one.by_kind)


def _details(
    one: CaseAct, names: Mapping[int, str], rows: Sequence[CaseAct], procedure: str
) -> Sequence[str]:  # fmt: skip
    """Say what the details of an act tell that an official wants to know."""
    told = appeal_told(one, rows, procedure)
    until = one.details.get("until")
    if until:
        told.append(_("uiterlijk op %(day)s") % {"day": written_day(date.fromisoformat(str(until)))})
    late = one.details.get("objection") if one.act == "declared_in_default" else None
    if isinstance(late, int):
        told.append(_("over %(what)s") % {"what": late_with(rows, late, procedure)})
    to = one.details.get("to")
    if one.act == "assigned":
        told.append(
            _("aan %(name)s") % {"name": names.get(to) or str(to)}
            if isinstance(to, int) and to
            else _("weer van niemand")
        )
    elif to:
        told.append(_("naar %(name)s") % {"name": to})
    if one.details.get("channel"):
        told.append(channels().get(str(one.details["channel"]), str(one.details["channel"])))
    if one.details.get("returned"):
        moved = one.details.get("why") == WRONG_ADDRESS
        told.append(_("opnieuw: het adres klopte niet") if moved else _("opnieuw: niemand nam de brief aan"))
    return told
