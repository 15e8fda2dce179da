"""What the reader of a letter gets: of a changed grant, a notice of intent, what must be paid back, a loan and a service."""

from datetime import timedelta
from pathlib import Path

import pytest

from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of, written_day
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.decide_objection import Heard, reject
from doorleren.decisions.commands.notify_intent import notify_intent
from doorleren.decisions.commands.recover import decide_recovery, remind
from doorleren.decisions.commands.revoke import intend_to_revoke, revoke
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.debts import Moved
from doorleren.decisions.models import Recovery
from doorleren.decisions.pay_to import PayTo
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.filled import fill
from doorleren.letters.templates import read_templates
from doorleren.letters.variables import examples
from doorleren.rounds.models import Round
from doorleren.rules.frameworks import PROCEDURES
from doorleren.rules.library import Library
from doorleren.rules.provisions import MEANT, provision_of, what_is_meant
from doorleren.shipped import folder
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import UNTIL, a_case, assessed, by
from tests.decisions.objecting import NO, Staff, granted, next_moment, objected, refused, said, sent, went
from tests.decisions.test_recovering import paid

OURS = PayTo("NL91ABNA0417164300", "Proefbureau")
NBSP = "\N{NO-BREAK SPACE}"
CLAIM = 29_995
DIRECT = made.HARD.replace('kind = "grant_settle"\nbudget_reservation = true', 'kind = "direct"')
SERVICE = made.HARD.replace('kind = "grant_settle"\nbudget_reservation = true', 'kind = "service"')


def words_of(act: CaseAct) -> str:
    """Give the words of a letter with common blanks."""
    return said(act).replace(NBSP, " ")


# --- a changed grant


def test_another_last_day_is_all_that_changes(known: Library, round_: Round, staff: Staff) -> None:
    """Where only the last day changes, the letter names the old and the new one, and no amount becomes anything."""
    case = a_case(known, round_)
    row = granted(case, known, staff)
    at, new = next_moment(case), UNTIL + timedelta(days=30)
    weighed = Weighed("u vroeg ons om later klaar te zijn.", "")
    words = words_of(
        amend(
            case.pk, "own-request", row.amount_cents, weighed, activities_until=new, by=by(staff["decider"], at), at=at
        ).act
    )
    assert f"was {written_day(UNTIL, 'nl')}. Dat wordt {written_day(new, 'nl')}." in words
    assert "Het bedrag verandert niet. Dat blijft € 699,95." in words
    assert "Waarom? U vroeg ons daarom. U vroeg ons om later klaar te zijn. " in words
    for wrong in ("Het bedrag wordt", "eerder besloten", ".."):
        assert wrong not in words, wrong


def test_a_lower_amount_is_all_that_changes(known: Library, round_: Round, staff: Staff) -> None:
    """Where only the amount changes, the letter says what it becomes, with its calculation, and nothing of the last day."""
    case = a_case(known, round_)
    granted(case, known, staff)
    at = next_moment(case)
    words = words_of(
        amend(
            case.pk, "own-request", 40_000, Weighed("dat is genoeg", "dat kan"), by=by(staff["decider"], at), at=at
        ).act
    )
    assert "Het bedrag wordt € 400,00. Waarom? U vroeg ons daarom. Dat is genoeg. Dat kan." in words
    assert "eerder besloten" in words
    assert "laatste dag van uw activiteiten" not in words


def test_a_reason_on_an_objection_is_a_sentence(known: Library, round_: Round, staff: Staff) -> None:
    """What an official ended with a full stop has one in the letter on an objection."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case)
    at = next_moment(case)
    row = reject(
        case.pk, Heard("u krijgt ongelijk.", without_hearing="manifestly_unfounded"), by=by(staff["second"], at), at=at
    )
    assert "Waarom? U krijgt ongelijk. " in words_of(row.act)


# --- what is meant


def test_an_intent_names_what_is_meant_to_fail(known: Library, round_: Round, staff: Staff) -> None:
    """Before any decision the letter says that the application is meant to be refused, and on which condition, with what was found."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"], NO, at=next_moment(case))
    at = next_moment(case)
    act = notify_intent(
        case.pk, "other-facts", until=day_of(at) + timedelta(days=7), by=by(staff["decider"], at), at=at
    )
    words = words_of(act)
    assert words.startswith("Wij zijn van plan uw aanvraag af te wijzen. Wat vindt u?")
    for told in (
        "Wij denken dat u aan deze voorwaarden niet voldoet:",
        "de opleiding is niet al betaald",
        NO.ground,
        "nog geen besluit",
    ):
        assert told in words, told
    for wrong in ("ander besluit", "voldoet u wel", "18 jaar of ouder"):
        assert wrong not in words, wrong


def test_a_notice_to_withdraw_says_so(known: Library, round_: Round, staff: Staff) -> None:
    """After a grant the letter says that it is meant to be withdrawn, or lowered."""
    case = a_case(known, round_)
    granted(case, known, staff)
    for cents, meant in ((0, "uw subsidie in te trekken"), (40_000, "uw subsidie te verlagen")):
        at = next_moment(case)
        until = day_of(at) + timedelta(days=14)
        act = intend_to_revoke(
            case.pk, "not-done", cents, "het ging niet door", until=until, by=by(staff["decider"], at), at=at
        )
        assert words_of(act).startswith(f"Wij zijn van plan {meant}. ")


@pytest.mark.django_db
def test_a_loan_that_is_withdrawn_is_called_so(tmp_path: Path) -> None:
    """The notice of intent of a loan and the letter that withdraws it speak of a loan, and of no grant."""
    known = made.library(tmp_path, made.LOAN)
    round_ = a_round(known, opened=True)
    staff, case = made.officials(round_.body), a_case(known, round_)
    granted(case, known, staff)
    at = next_moment(case)
    until = day_of(at) + timedelta(days=14)
    meant = intend_to_revoke(
        case.pk, "not-done", 0, "het ging niet door", until=until, by=by(staff["decider"], at), at=at
    )
    went(meant)
    at = next_moment(case, 20)
    done = revoke(case.pk, Weighed("het ging niet door.", "u leende niets."), by=by(staff["decider"], at), at=at)
    assert words_of(meant).startswith("Wij zijn van plan uw lening in te trekken. ")
    assert words_of(done.act).startswith("Wij trekken uw lening in ")
    for act in (meant, done.act):
        assert "subsidie" not in words_of(act)


@pytest.mark.parametrize("meant", sorted(MEANT))
def test_what_is_meant_is_said_in_the_language_of_the_letter(meant: str) -> None:
    """A notice of intent in English has no Dutch words in it, whatever is meant."""
    template = read_templates(folder("law") / "letters")["intent"]
    subjects = [
        fill(template, examples() | {"meant": what_is_meant(meant, "loan", one)}, on=UNTIL, language=one).subject
        for one in ("nl", "en")
    ]
    assert subjects[0].startswith("Wij zijn van plan uw ")
    assert subjects[1].startswith("We intend to ")
    assert " your " in subjects[1]
    assert "subsidie" not in subjects[0]
    assert "grant" not in subjects[1]


def test_there_is_time_for_a_view(known: Library, round_: Round, staff: Staff) -> None:
    """A last day within a week is refused with the first one that can be, marked as our assumption; that one is taken."""
    case = a_case(known, round_)
    assessed(case, known, staff["assessor"], NO, at=next_moment(case))
    at = next_moment(case)
    least, decider = day_of(at) + timedelta(days=7), by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match=rf"Kies {least:%d-%m-%Y} of later.*onze aanname") as why:
        notify_intent(case.pk, "other-facts", until=least - timedelta(days=1), by=decider, at=at)
    assert why.value.field == "until"
    assert notify_intent(case.pk, "other-facts", until=least, by=decider, at=at).details["until"] == least.isoformat()


# --- what must be paid back


@pytest.fixture
def case(known: Library, round_: Round, staff: Staff) -> Case:
    """A case of which 699.95 was paid, and that was lowered to 400.00."""
    one = a_case(known, round_)
    granted(one, known, staff)
    paid(one, staff)
    at = next_moment(one)
    went(
        amend(
            one.pk,
            "own-request",
            69_995 - CLAIM,
            Weighed("u was er niet", "dat kan"),
            by=by(staff["decider"], at),
            at=at,
        ).act
    )
    return one


def recovered(case: Case, staff: Staff, parts: int = 1, pay_to: PayTo | None = OURS) -> Recovery:
    """Recover what was paid too much, and send the letter."""
    at = next_moment(case)
    row = decide_recovery(
        case.pk, CLAIM, Weighed("u was er niet", "dat kan"), paid_cents=69_995, instalments=parts, pay_to=pay_to,
        by=by(staff["decider"], at), at=at,
    )  # fmt: skip
    went(row.act)
    return row


def test_who_pays_back_at_once_knows_where_and_when(case: Case, staff: Staff) -> None:
    """The letter names the account, in whose name it is, the reference and the day, and that parts can be asked."""
    row = recovered(case, staff)
    words = words_of(row.act)
    assert "rekening NL91 ABNA 0417 1643 00, op naam van Proefbureau" in words
    assert f"Zet het kenmerk {case.reference} bij uw betaling." in words
    assert f"Betaal € 299,95 uiterlijk op {written_day(row.pay_by, 'nl')}." in words
    assert "Vraag dan om betalen in delen" in words


def test_who_pays_back_in_parts_is_told_the_parts(case: Case, staff: Staff) -> None:
    """Decided in parts, the letter says each with its day and amount; it asks nothing at once and invites nobody to ask for parts."""
    words = words_of(recovered(case, staff, parts=3).act)
    for told in (
        "U betaalt in 3 delen, elke maand één.",
        "deel 1, uiterlijk",
        "deel 3, uiterlijk",
        "€ 99,99",
        "€ 99,98",
    ):
        assert told in words, told
    for wrong in ("Vraag dan om betalen in delen", "Betaal € 299,95"):
        assert wrong not in words, wrong


def test_without_an_account_the_reader_asks(case: Case, staff: Staff) -> None:
    """Where no account was set, the letter names none and says whom to ask."""
    words = words_of(recovered(case, staff, pay_to=None).act)
    assert "Vraag ons in Mijn aanvragen op welke rekening u betaalt." in words
    assert "Maak het geld over" not in words


def test_a_reminder_asks_only_what_is_late(case: Case, staff: Staff) -> None:
    """After the first of three parts only that part is demanded, less what came in; the letter names the account and the next parts."""
    row = recovered(case, staff, parts=3)
    at = next_moment(case, (row.pay_by - day_of(next_moment(case))).days + 1)
    received = [Moved(day_of(at), 2_500)]
    step = remind(case.pk, CLAIM - 2_500, by=by(staff["assessor"], at), at=at, received=received, pay_to=OURS)
    assert step.cents == 9_999 - 2_500
    words = words_of(step.act)
    for told in ("Het gaat om uw subsidie van Proefregeling leren.", "bent te laat met € 74,99", "Er is € 74,99 te laat.", "De volgende delen betaalt u gewoon op hun eigen dag.",
                 "NL91 ABNA 0417 1643 00", case.reference):  # fmt: skip
        assert told in words, told
    assert "274,95" not in words


def test_a_second_reminder_waits_for_the_first(case: Case, staff: Staff) -> None:
    """Two weeks to pay go with a reminder (Awb 4:112): until they are over there is no other; after them there is, with the fee of the first."""
    row = recovered(case, staff)
    at = next_moment(case, (row.pay_by - day_of(next_moment(case))).days + 1)
    first = remind(case.pk, CLAIM, by=by(staff["assessor"], at), at=at, with_fee=True)
    went(first.act)
    assert first.pay_by is not None
    at = next_moment(case, 14)
    assert day_of(at) == first.pay_by
    with pytest.raises(DecisionRefused, match="twee weken om te betalen"):
        remind(case.pk, CLAIM + first.fee_cents, by=by(staff["assessor"], at), at=at)
    at = at + timedelta(days=1)
    second = remind(case.pk, CLAIM + first.fee_cents, by=by(staff["assessor"], at), at=at)
    assert second.cents == CLAIM + first.fee_cents


def test_nobody_is_reminded_of_nothing(case: Case, staff: Staff) -> None:
    """Where all that is late was paid, though parts are still open, a reminder is refused."""
    row = recovered(case, staff, parts=3)
    at = next_moment(case, (row.pay_by - day_of(next_moment(case))).days + 1)
    received = [Moved(day_of(at), 9_999)]
    with pytest.raises(DecisionRefused, match="niets te laat"):
        remind(case.pk, CLAIM - 9_999, by=by(staff["assessor"], at), at=at, received=received)


# --- loans and services


def test_each_procedure_has_its_own_word() -> None:
    """A loan, a place that is bought and support each have a word of their own, in both languages; the rest is a grant."""
    named = {one: (provision_of(one).name["nl"], provision_of(one).name["en"]) for one in PROCEDURES}
    assert {one: words for one, words in named.items() if words != ("subsidie", "grant")} == {
        "loan": ("lening", "loan"), "purchase": ("plek", "place"), "service": ("ondersteuning", "support"),
    }  # fmt: skip


@pytest.mark.django_db
def test_a_loan_is_no_gift(tmp_path: Path) -> None:
    """The letter of a loan says what is lent, the interest, from when and how it is paid back; it gives nothing and is no advance."""
    known = made.library(tmp_path, made.LOAN)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    words = words_of(granted(a_case(known, round_), known, staff).act)
    for told in ("U kunt € 699,95 lenen", "Dat betaalt u later terug", "vanaf 1 januari 2027, in 12 maanden", "De rente is 12,00% per jaar",
                 "Elke maand betaalt u € 62,19", "31 januari 2027", "31 december 2027", "aanname van ons", "u leent"):  # fmt: skip
        assert told in words, told
    for wrong in ("voorschot", "U krijgt €", "subsidie"):
        assert wrong not in words, wrong


@pytest.mark.django_db
def test_a_loan_of_which_nobody_knows_the_end(tmp_path: Path) -> None:
    """Where the last day is not known the letter says that the plan comes later, and names no interest."""
    known = made.library(tmp_path, made.LOAN)
    round_ = a_round(known, opened=True)
    staff, case = made.officials(round_.body), a_case(known, round_)
    assessed(case, known, staff["assessor"], at=next_moment(case))
    at = next_moment(case)
    words = words_of(sent(grant(case.pk, by=by(staff["decider"], at), at=at), staff).act)
    assert "Wij weten nog niet wanneer u begint met terugbetalen" in words
    assert "De rente is" not in words


@pytest.mark.django_db
def test_a_service_is_told_without_an_amount(tmp_path: Path) -> None:
    """The letter of a service says what one gets and from whom; no amount stands in it."""
    known = made.library(tmp_path, SERVICE)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    words = words_of(granted(a_case(known, round_), known, staff).act)
    assert "U krijgt: voor wie leert. Wie dit geeft: Proefbureau." in words
    assert "€" not in words
    case = a_case(known, round_, "Omar")
    assert "Wij wijzen uw aanvraag voor Proefregeling leren af" in words_of(refused(case, known, staff).act)


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", [DIRECT, made.HARD])
def test_a_grant_that_settles_at_once_says_when_it_is_paid(tmp_path: Path, scheme: str) -> None:
    """Such a letter says that the amount is final and by when it is paid, and promises no settlement; that of another grant does promise one."""
    known = made.library(tmp_path, scheme)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    row = granted(a_case(known, round_), known, staff)
    words = words_of(row.act)
    paid_by = written_day(law_of_terms().reckon("payment", row.decided_on).last, "nl")
    at_once = f"Dit bedrag is meteen definitief. Wij betalen € 699,95 uiterlijk op {paid_by} aan u."
    assert (at_once in words) is (scheme == DIRECT)
    assert ("Daarna stellen wij het bedrag vast" in words) is (scheme != DIRECT)
    assert paid_by in words
