"""What follows on each notice of default: two weeks, then the penalty, then the decision that fixes it. Awb 4:17 and 4:18.

A notice is about one late decision: on the application (0), or on an objection (its number in the case). Of several about the same
one the first that came after its term counts. Each late decision has its own penalty, which no other one stops or moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from doorleren.cases import given_days
from doorleren.cases.stops import said
from doorleren.cases.terms.anew import ANEW, ANSWERING_ANEW, about_of
from doorleren.cases.terms.facts import CaseTerm, Done, Law, Life, of_law, waiting
from doorleren.cases.terms.objecting import DECIDING_ON
from doorleren.core.money import in_words
from doorleren.core.penalty import Penalty
from doorleren.core.term_steps import Step, dutch, english
from doorleren.core.texts import Texts

Act = TypeVar("Act", bound=given_days.Done)

Matter = tuple[int, int]
"""A late decision: what it is about, and the judgment after which it is taken anew (0: it is the first)."""
APPLICATION = 0
"""What a notice about the decision on the application names; one about an objection names its number."""
TOO_SOON = said(
    "Het bericht dat wij te laat waren, kwam te vroeg: wij hadden nog tijd. Daarom verandert er niets.",
    "The message that we were late came too early: we still had time. So nothing changes.",
)
NOTHING_DUE = said(
    "Het bericht dat wij te laat waren, kwam toen wij hierover niets meer hoefden te beslissen. Daarom verandert er niets.",
    "The message that we were late came when we had nothing left to decide on this. So nothing changes.",
)
AGAIN = said(
    "Er was al een bericht dat wij hiermee te laat waren. Dit bericht verandert daarom niets.",
    "There was a message already that we were late with this. So this one changes nothing.",
)
DAYS_SOURCE, START_SOURCE = "Awb, art. 4:17(2)", "Awb, art. 4:17(3)"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of default. `about`: APPLICATION, or the number of an objection; `late`: the term for deciding on that (None: there is none).

    `term_ended`: the last day of that term, where the notice counts; `why`: why it has no effect, else None.
    """

    done: Done
    about: int
    late: CaseTerm | None
    term_ended: date | None = None
    why: Texts | None = None

    @property
    def matter(self) -> Matter:
        """Give which late decision it is about: the same application or objection can be decided on late again, after a judgment."""
        return matter(self.about, self.late)

    @property
    def counts(self) -> bool:
        """Say whether it has effect: it came after the term, and before any other about the same decision."""
        return self.term_ended is not None


@dataclass(frozen=True, slots=True)
class LateWith(Generic[Act]):
    """The objection that a notice of default is about: the act with which it came, and the act that it is against, if that is among those known."""

    received: Act
    against: Act | None


def late_with(acts: Sequence[Act], about: int) -> LateWith[Act] | None:
    """Give the objection that a notice is about, among the acts of a case in order; None: it is about the application."""
    received = [one for one in acts if one.act == "objection_received"]
    if not APPLICATION < about <= len(received):
        return None
    came = received[about - 1]
    return LateWith(came, next((one for one in acts if one.number == came.details.get("against")), None))


def default_terms_of(life: Life, deciding: Sequence[CaseTerm], law: Law) -> list[CaseTerm]:
    """Give for each notice of default its two weeks, and the term for fixing the penalty where one was owed; `about` is the notice."""
    notices, found = notices_of(life, deciding), list[CaseTerm]()
    fixed = penalties_fixed(life, notices)
    for notice in notices:
        late, number = notice.late, notice.done.number
        if late is None:
            continue
        if not notice.counts:
            told = waiting("default", "default", "authority", law, notice.why or TOO_SOON, ended_on=late.ended_on)
            found.append(replace(told, about=number))
            continue
        weeks = of_law("default", "authority", law.terms.reckon("default", notice.done.on), late.ended_on)
        found.append(replace(weeks, about=number))
        most = penalty_on(_after_all_days(notice, law), notice, law)
        if most is not None and most.last is not None:
            done = fixed.get(notice.matter)
            term = of_law("penalty-decision", "authority", law.terms.reckon("penalty-decision", most.last),
                          done.on if done else None)  # fmt: skip
            steps = (*_calculated(notice, most, law), *term.steps)
            found.append(replace(term, about=number, steps=steps))
    return found


def notices_of(life: Life, terms: Sequence[CaseTerm]) -> list[Notice]:
    """Give the notices of default in the order in which they were noted, each with what it is about and whether it counts.

    Example: the application was to be decided on by 13 April; of notices on 10, 20 and 22 April that of 20 April counts.
    """
    every = list(life.all("declared_in_default"))
    deciding, given, counts = _deciding(life, terms), list[Notice](), dict[Matter, int]()
    for one in every:
        about = _about(life, one, terms)
        given.append(Notice(one, about, _at(deciding.get(about, ()), one.on, one.number)))
    for notice in sorted(given, key=lambda each: (each.done.on, each.done.number)):
        if _late_on(notice.late, notice.done.on):
            counts.setdefault(notice.matter, notice.done.number)
    found = []
    for notice in given:
        late, done = notice.late, notice.done
        if late is not None and counts.get(notice.matter) == done.number:
            found.append(replace(notice, term_ended=late.last))
        else:
            found.append(replace(notice, why=_why_not(late, done.on)))
    return found


def matter(about: int, late: CaseTerm | None) -> Matter:
    """Give which late decision a term is for."""
    return about, late.about if late is not None and late.id in (ANEW, ANSWERING_ANEW) else 0


def deciding_on(life: Life, terms: Sequence[CaseTerm], day: date) -> dict[int, CaseTerm]:
    """Give the terms for deciding as they are on a day: on the application, and on each objection by its number.

    After a judgment that is the one for deciding anew, but for what a day before it is about.
    """
    found = ((about, _at(each, day)) for about, each in _deciding(life, terms).items())
    return {about: one for about, one in found if one is not None}


def overdue(life: Life, terms: Sequence[CaseTerm], day: date) -> dict[int, CaseTerm]:
    """Give the late decisions about which notice of default can be given on a day, what was due first before others.

    Its last day has passed, it was not met by then, and no notice about it counts yet. Example: to be decided by 13 April; on 14
    April that one, and not any more once notice came on that day; another one that is late stays.
    """
    told = {one.matter for one in notices_of(life, terms) if one.counts}
    late = {
        about: one for about, one in deciding_on(life, terms, day).items()
        if matter(about, one) not in told and _late_on(one, day) and one.ended_on != day
    }  # fmt: skip
    return dict(sorted(late.items(), key=lambda pair: (pair[1].last or day, pair[0])))


def ever_late(life: Life, terms: Sequence[CaseTerm]) -> list[int]:
    """Give what a notice of default can be about whatever its day: what is still to be decided, and what was decided too late."""
    return [
        about for about, found in _deciding(life, terms).items()
        if any(one.ended_on is None or (one.last is not None and one.ended_on > one.last) for one in found)
    ]  # fmt: skip


def penalty_on(today: date, notice: Notice, law: Law) -> Penalty | None:
    """Give what is owed up to a day for a notice of default; None where that has no effect."""
    if notice.late is None or notice.term_ended is None:
        return None
    return law.penalty.owed(notice.term_ended, notice.done.on, min(notice.late.ended_on or today, today))


def grows(today: date, notice: Notice, law: Law) -> bool:
    """Say whether what is owed for a notice still becomes more after a day: nothing was decided, and its days are not over."""
    return penalty_on(_after_all_days(notice, law, today), notice, law) != penalty_on(today, notice, law)


def penalties_fixed(life: Life, notices: Sequence[Notice]) -> dict[Matter, Done]:
    """Give for each late decision the first act that fixed its penalty; one that names no notice is about the last before it."""
    about = {one.done.number: one.matter for one in notices}
    found = dict[Matter, Done]()
    for act in life.all("penalty_fixed"):
        last = life.last("declared_in_default", before=act.number)
        number = act.details.get("notice", last.number if last else 0)
        if number in about:
            found.setdefault(about[number], act)
    return found


def _after_all_days(notice: Notice, law: Law, day: date = date.min) -> date:
    """Give a day on which the penalty of a notice has had all its days, not before another day."""
    days = sum(one.days for one in law.penalty.steps)
    return max(day, law.terms.reckon("default", notice.done.on).last + timedelta(days=days + 1))


def _deciding(life: Life, terms: Sequence[CaseTerm]) -> dict[int, list[CaseTerm]]:
    """Give the terms for deciding by what they are about, the first one first, and then those for deciding anew."""
    numbers = {one.number: number for number, one in enumerate(life.all("objection_received"), 1)}
    again, found = about_of(life), dict[int, list[CaseTerm]]()
    for one in terms:
        if one.id in (ANEW, ANSWERING_ANEW):
            found.setdefault(again.get(one.about, APPLICATION), []).append(one)
        elif one.id in ("decision", DECIDING_ON):
            found.setdefault(numbers.get(one.about, APPLICATION), []).append(one)
    return found


def _at(found: Sequence[CaseTerm], day: date, number: int | None = None) -> CaseTerm | None:
    """Give the last of these that a notice of a day can be about: one for deciding anew only from its judgment on."""
    usable = [
        one for one in found
        if one.id not in (ANEW, ANSWERING_ANEW)
        or ((number is None or one.about < number) and one.start is not None and one.start <= day)
    ]  # fmt: skip
    return usable[-1] if usable else None


def _late_on(term: CaseTerm | None, day: date) -> bool:
    """Say whether a decision was late on a day: its term was over, and nobody had decided before that day."""
    if term is None or term.last is None or day <= term.last:
        return False
    return term.ended_on is None or day <= term.ended_on


def _why_not(late: CaseTerm | None, day: date) -> Texts:
    if _late_on(late, day):
        return AGAIN
    return TOO_SOON if late is not None and (late.last is None or day <= late.last) else NOTHING_DUE


def _about(life: Life, notice: Done, terms: Sequence[CaseTerm]) -> int:
    """Give what a notice is about, as it names it.

    One that names nothing is about the application where that was not decided on, else about the objection whose term was over
    first and not met by then; where none was, about the last one.
    """
    named = notice.details.get("objection")
    if isinstance(named, int):
        return named
    before = {
        about: one for about, found in _deciding(life, terms).items()
        if about and found[0].about < notice.number and (one := _at(found, notice.on, notice.number)) is not None
    }  # fmt: skip
    if not before or life.last("decided", before=notice.number) is None:
        return APPLICATION
    late = [(one.last, about) for about, one in before.items() if one.last and _late_on(one, notice.on)]
    return min(late)[1] if late else max(before)


def _calculated(notice: Notice, owed: Penalty, law: Law) -> list[Step]:
    """Write how a penalty adds up to the most that it is or can become, as its two weeks and its days follow from the notice."""
    day, first, last = notice.done.on, owed.first, owed.last or owed.first
    begins = said(
        f"Vanaf {dutch(first)} betalen wij een dwangsom voor elke dag dat wij te laat zijn. "
        f"Dan zijn twee weken voorbij na het bericht van {dutch(day)} dat wij te laat waren.",
        f"From {english(first)} we pay a penalty for each day that we are late. "
        f"Two weeks have then passed since the message of {english(day)} that we were late.",
    )
    steps, left, day = [Step(begins, first, START_SOURCE)], (last - first).days + 1, first - timedelta(days=1)
    for one in law.penalty.steps:
        counted = min(left, one.days)
        left, day = left - counted, day + timedelta(days=counted)
        if counted:
            a_day, sum_ = in_words(one.cents_a_day), in_words(counted * one.cents_a_day)
            text = said(
                f"Tot en met {dutch(day)}: {counted} × {a_day['nl']} is {sum_['nl']}.",
                f"Up to and including {english(day)}: {counted} × {a_day['en']} is {sum_['en']}.",
            )
            steps.append(Step(text, day, DAYS_SOURCE))
    return [*steps, _together(notice, owed, last)]


def _together(notice: Notice, owed: Penalty, last: date) -> Step:
    total, ended = in_words(owed.cents), notice.late.ended_on if notice.late else None
    if ended is None:
        text = said(
            f"Samen is dat {total['nl']}, als er dan nog niet is beslist. Een eerdere beslissing maakt het minder.",
            f"Together that is {total['en']}, if it has not been decided by then. An earlier decision makes it less.",
        )
    else:
        text = said(
            f"Samen is dat {total['nl']}. Op {dutch(ended)} was er niets meer te beslissen.",
            f"Together that is {total['en']}. On {english(ended)} nothing was left to decide.",
        )
    return Step(text, last, "Awb, art. 4:17")
