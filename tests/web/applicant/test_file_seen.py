"""Who looked at a file: every kind that a page names counts or is set aside, looks at money too, and why each time."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import doorleren
from doorleren.applications.models import Application
from doorleren.audit.acts import Party
from doorleren.audit.models import View
from doorleren.audit.viewing import note_views
from doorleren.cases.commands.assign import assign
from doorleren.cases.commands.look_into import look_into
from doorleren.cases.commands.take_back_assignment import take_back_assignment
from doorleren.cases.looking import OPEN_FOR
from doorleren.core.days import day_of, midnight
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.models import PayeeAccount
from doorleren.people.models import Absence, Person, RoleKind
from doorleren.web.applicant.file import seen
from doorleren.web.applicant.file.own import OwnFile
from doorleren.web.applicant.own import Asking
from doorleren.web.people.export import looked
from doorleren.web.people.export.me import me
from doorleren.web.people.export.words import SEEN
from tests.decisions import made
from tests.payments.paying import status
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.officer.desk import with_role
from tests.web.officer.paying_desks import LIST, a_till
from tests.web.provider.visitor import Visitor

LISTS = {"case_export", "round_evidence"}
"""Of a file these are counted since a moment."""


def named_in(tree: ast.Module, module: Any) -> Iterator[str]:
    """Give the kinds that a module passes to `viewed`; one that is not written out there is looked up in the module."""
    loops = [one for one in ast.walk(tree) if isinstance(one, ast.For)]
    looped = {ast.unparse(one.target): one.iter for one in loops}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "viewed":
            kind = looped.get(ast.unparse(call.args[1]), call.args[1])
            if isinstance(kind, ast.Constant):
                yield str(kind.value)
            else:
                constant = kind.value if isinstance(kind, ast.Subscript) else kind
                assert isinstance(constant, ast.Name), ast.unparse(call)
                value = getattr(module, constant.id)
                listed = value.values() if isinstance(value, dict) else value
                yield from [value] if isinstance(value, str) else listed


def kinds_that_pages_name() -> set[str]:
    """Give every kind that some page names to the log of views."""
    root, found = Path(doorleren.__file__).parent, set()
    for path in root.rglob("*.py"):
        text = path.read_text()
        if "viewed(" in text:
            module = import_module(".".join(("doorleren", *path.relative_to(root).with_suffix("").parts)))
            found |= set(named_in(ast.parse(text), module))
    return found


def test_the_search_finds_every_way_to_name_a_kind() -> None:
    """A kind that is written out, a constant, each of a mapping and each of a loop are found; one that nothing tells is a fault."""
    module = type("Page", (), {"SEEN": "one", "VIEWED": {"a": "two"}, "ABOUT": ("three", "four")})

    def found(text: str) -> set[str]:
        return set(named_in(ast.parse(text), module))

    assert found("viewed(request, 'zero', 1)\nviewed(request, SEEN)\nviewed(request, VIEWED[x], 2)") == {
        "zero",
        "one",
        "two",
    }
    assert found("for kind in ABOUT:\n    viewed(request, kind, 3)") == {"three", "four"}
    with pytest.raises(AssertionError):
        found("viewed(request, made_up(), 4)")


def test_no_kind_is_forgotten(filed: Filed) -> None:
    """Each kind that a page names is one of a file with words for it, or set aside with what it is; so it is for the account's archive."""
    kinds = kinds_that_pages_name()
    assert {"case", "payment_run", "case_name", "provider_file"} <= kinds
    found, own = set(seen.whats()), people.Person.objects.get(name="Nadia")
    assert found | set(seen.OF_NO_FILE) == kinds
    assert not found & set(seen.OF_NO_FILE)
    of_file = seen.about(own_file_of(filed))
    assert set(of_file) | LISTS == found
    account = set(looked.about(me(people.signed_in(own, at=filed.at()), filed.at())))
    assert account == set(SEEN)
    assert account | set(looked.ABOUT_NOBODY) == kinds
    assert not account & set(looked.ABOUT_NOBODY)


def own_file_of(filed: Filed) -> OwnFile:
    """The file as its party has it."""
    application = Application.objects.select_related("round").get(pk=int(filed.case.subject_id))
    own, at = people.Person.objects.get(name="Nadia"), filed.at()
    return OwnFile(application, filed.case, Asking(people.signed_in(own, at=at), at))


def test_looks_at_money(db: None, settings: Any, tmp_path: Path) -> None:
    """Who opened what can be paid, the account, the run, its file or what the bank answered is told, with why; nobody of whom it was not."""
    with a_till(settings, tmp_path, 2) as till:
        one, other = (Person.objects.get(name=f"Nadia {place}") for place in range(2))
        paid, left_out = till.scene.cases
        run = till.propose(out=str(left_out.pk), reason="het adres klopt niet")
        account = PayeeAccount.objects.get(payee_id=str(one.pk), payee_kind="person")
        till.ria.open(f"/officer/accounts/{account.pk}")
        till.ria.open(f"{LIST}/{run.pk}")
        till.ria.send(f"{LIST}/{run.pk}/release")
        till.ria.client.get(f"{LIST}/{run.pk}/file")
        at = datetime.now(UTC)
        by = people.signed_in(till.scene.staff["other"], at=at)
        answer = import_message(till.scene.body.pk, status(list(run.rows.all()), "RJCT", "AC04"), by=by, at=at)
        till.ria.open(f"{LIST}/bank/{answer.message.pk}")
        of_one = Visitor(one).open(f"/applications/{paid.subject_id}/file/seen").words
        body = till.scene.body.name
        for said in (
            f"{body} bekeek wat wij in uw zaak nog moeten betalen (keek een betaling na)",
            f"{body} bekeek een lijst met betalingen, ook die in uw zaak (keek een betaling na)",
            f"{body} bekeek een bestand met betalingen voor de bank, ook die in uw zaak (keek een betaling na)",
            f"{body} bekeek een bericht van de bank over de betaling in uw zaak (keek een betaling na)",
            f"{body} bekeek uw rekeningnummer (keek een rekening na)",
        ):
            assert said in of_one, said
        of_other = Visitor(other).open(f"/applications/{left_out.subject_id}/file/seen").words
        assert "bekeek wat wij in uw zaak nog moeten betalen" in of_other
        for said in (
            "een lijst met betalingen",
            "een bestand met betalingen",
            "bericht van de bank",
            "uw rekeningnummer",
        ):
            assert said not in of_other, said


def test_lists_and_forms_that_name_a_payee_are_looks(db: None, settings: Any, tmp_path: Path) -> None:
    """The form that proposes an account, that of a change, and the list of what waits are told to the payee too."""
    with a_till(settings, tmp_path, 1) as till:
        (case,) = till.scene.cases
        till.wim.open(f"/officer/accounts/of-case/{case.reference}")
        till.wim.send(
            f"/officer/accounts/of-case/{case.reference}", iban="NL69INGB0123456789", name="N. Nieuw", reason="Gebeld"
        )
        row = PayeeAccount.objects.latest("pk")
        till.ria.open("/officer/accounts")
        till.wim.open(f"/officer/accounts/{row.pk}/change")
        told = View.objects.filter(subject_kind__in=["payee_account", "payable_case"]).values_list(
            "page", "subject_kind", "subject_id"
        )
        for page, kind, number in (
            ("officer-account-of-case", "payable_case", case.pk), ("officer-accounts", "payee_account", row.pk),
            ("officer-account-change", "payee_account", row.pk),
        ):  # fmt: skip
            assert (page, kind, str(number)) in told, page
        words = Visitor(Person.objects.get(name="Nadia 0")).open(f"/applications/{case.subject_id}/file/seen").words
        assert words.count("bekeek uw rekeningnummer (keek een rekening na)") == 2


def seen_now(filed: Filed) -> list[str]:
    """What the page says, the newest first."""
    return filed.nadia.open(f"{filed.place}/seen").words.split(" bekeek ")[1:]


def looks(filed: Filed, who: Person, **more: Any) -> None:
    """Let somebody look at the case, a minute after the last act or at a moment."""
    told = {"at": filed.at(), "page": "officer-case"} | more
    note_views([Party("case", str(filed.case.pk))], by=Party("person", str(who.pk)), **told)


def test_why_without_a_reason(filed: Filed) -> None:
    """Nobody's yet, one's own, a colleague's whom one stands in for: each look is told as it stood at that moment."""
    otto, mia = (with_role(RoleKind.ASSESSOR, name, filed.case.body) for name in ("Otto", "Mia"))
    looks(filed, otto, at=filed.at() - timedelta(seconds=30))
    assert "nog niemand behandelt" in seen_now(filed)[0]
    at = filed.at()
    assign(filed.case.pk, to=mia.pk, by=made.by(mia, at), at=at)
    take_back_assignment(filed.case.pk, by=made.by(mia, at), at=at)
    looks(filed, mia)
    assert "nog niemand behandelt" in seen_now(filed)[0]
    View.objects.latest("pk").delete()
    at = filed.at()
    assign(filed.case.pk, to=otto.pk, by=made.by(otto, at), at=at)
    looks(filed, otto)
    looks(filed, mia, at=filed.at() + timedelta(minutes=1))
    newest, before, first = seen_now(filed)
    assert "hiervoor vragen wij geen reden" in newest
    assert "behandelt uw aanvraag" in before
    assert "nog niemand behandelt" in first
    today = day_of(filed.at())
    Absence.objects.create(
        person=otto, body=filed.case.body, deputy=mia, starts_on=today, ends_on=today, made_by=otto, made_at=filed.at()
    )
    assert "verving een collega" in seen_now(filed)[0]


def test_a_reason_counts_while_the_file_lay_open(filed: Filed) -> None:
    """A reason is told of looks within the time for which it opened the file, and of none before or after; the last one given counts."""
    ada, at = with_role(RoleKind.AUDITOR, "Ada", filed.case.body), filed.at()
    for why, later in (("asked", 0), ("checking", 60)):
        then = at + timedelta(minutes=later)
        look_into(filed.case.pk, why=why, by=made.by(ada, then), at=then)
    for moment in (
        -timedelta(minutes=1),
        timedelta(minutes=1),
        timedelta(minutes=61),
        timedelta(minutes=60) + OPEN_FOR,
    ):
        looks(filed, ada, at=at + moment)
    after, second, first, before = seen_now(filed)
    assert "deed een controle" in second
    assert "u of een collega vroeg ernaar" in first
    for none in (before, after):
        assert "controle)" not in none
        assert "vroeg ernaar" not in none


def test_the_page_tells_why(filed: Filed) -> None:
    """Money of a case and letters that failed are looked at for what they are; who is no official has no reason of one."""
    ada = with_role(RoleKind.PAYMASTER, "Ada", filed.case.body)
    looks(filed, ada, page="officer-case-money")
    assert "(keek een betaling na)" in seen_now(filed)[0]
    looks(filed, ada, page="officer-letters")
    assert "(keek na of brieven aankwamen)" in seen_now(filed)[0]
    looks(filed, people.person(name="Teun"))
    assert "behandelt" not in seen_now(filed)[0]


def test_a_case_that_was_decided_is_not_nobody_s_yet(filed: Filed) -> None:
    """A look at a case that nobody was given is told as of nobody in particular once it was decided on, of who assessed it as work, and as of nobody yet before."""
    otto = with_role(RoleKind.ASSESSOR, "Otto", filed.case.body)
    looks(filed, otto, at=filed.at() - timedelta(seconds=30))
    filed.decided()
    looks(filed, otto)
    looks(filed, filed.staff["assessor"])
    worked, newest, first = seen_now(filed)
    assert "werkte die dag aan uw zaak" in worked
    assert "bij geen vaste medewerker" in newest
    assert "nog niemand behandelt" in first


def test_equal_looks_on_a_day_are_told_once(filed: Filed) -> None:
    """Three looks of one official at one thing are one row that says so; another official, or another day, is a row of its own."""
    otto, mia = (with_role(RoleKind.ASSESSOR, name, filed.case.body) for name in ("Otto", "Mia"))
    at = midnight(day_of(filed.at())) + timedelta(hours=12)
    for later in (-24 * 60, 0, 1, 2):
        looks(filed, otto, at=at + timedelta(minutes=later))
    looks(filed, mia, at=at + timedelta(minutes=3))
    newest, three, first = seen_now(filed)
    assert "3 keer, voor het eerst op" in three
    assert "12:00:00" in three
    assert "keer, " not in newest + first
    assert len(seen.seen_shown(own_file_of(filed))) == 5
