"""Every form of an act on a case: it opens, shows what it will do, does one act with one entry, and is refused to other hands."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.html import escape

from doorleren.audit.acts import SITE
from doorleren.audit.models import Act
from doorleren.cases.acts import ACTS, FAMILIES
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.models import Case, CaseAct
from doorleren.core.texts import sentences
from doorleren.decisions.models import Decision, Revocation
from doorleren.letters.models import Letter
from doorleren.payments.balances import standing_of
from doorleren.payments.commands.post_afterwards import post_afterwards
from doorleren.payments.commands.post_decisions import post_decisions
from doorleren.people.access import REASONS
from doorleren.people.acts import DEMANDS
from doorleren.people.models import Body, RoleKind
from doorleren.web.officer.case_act_kinds import FORMS
from doorleren.web.officer.case_fields import FIELDS
from doorleren.web.officer.case_form_kinds import ActForm, phases
from doorleren.web.officer.case_words import done_words
from doorleren.web.surroundings import now
from tests.decisions.objecting import next_moment
from tests.web.markup import Markup
from tests.web.officer.case_lives import HOW, LIVES, WEIGHING, WORDS, How, Life, typed
from tests.web.officer.desk import Desk, with_role

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "opened": "by the site", "entered": "the pages of entering", "assessed": "its own page",
    "advance_paid": "payment runs", "paid": "payment runs", "destroyed": "the end of retention",
    "partly_granted": "what granting comes to", "objection_partly_upheld": "what upholding comes to",
    "objection_taken_up": "by the site", "refunded": "payment runs",
}  # fmt: skip
"""Acts without a form on a case page, and where they are done."""


def test_every_act_has_a_form_or_a_place() -> None:
    """No act of the table is forgotten: it has a form, or is done somewhere else that is named; every form has its words."""
    with_form = {one.act for one in FORMS.values()}
    assert with_form | set(ELSEWHERE) == set(ACTS)
    assert not with_form & set(ELSEWHERE)
    assert set(HOW) | {"interest", "remind-of-loan", "remit-loan"} == set(FORMS)  # of a loan: test_loans.py
    for name, form in FORMS.items():
        names = [FIELDS[key].name for key in form.fields]
        assert len(set(names)) == len(names), name
        assert form.where in phases()
        assert done_words(name), name


@pytest.mark.parametrize("stage", LIVES)
def test_every_form_opens_previews_and_does_one_act(life: Life, stage: str) -> None:
    """Each form that belongs to this life shows itself, then what it will do and keeps nothing, then does it and records it once."""
    Body.objects.create(code="right", name="Juiste instantie")
    LIVES[stage](life)
    for name, how in HOW.items():
        if how.life == stage:
            with transaction.atomic():
                does(life, name, how)
                transaction.set_rollback(True)


def does(life: Life, name: str, how: How) -> None:
    """Fill in a form and look at what came of it."""
    form, desk = FORMS[name], who(life, how.who)
    address, fields = f"{life.bureau.at}/acts/{name}", filled(life, how)
    desk.send(f"{life.bureau.at}/look", why="asked")
    begun = counts(life)
    page = desk.open(address)
    assert (desk.status, form.words() in page.words, counts(life)) == (200, True, begun), (name, page.words)
    seen = str(life.case.acts)
    stays_as_typed(desk, address, form, seen, fields)
    assert counts(life) == begun, name
    if form.harm:
        page = desk.send(address, seen=seen, **fields)
        assert (desk.status, "Dit gaat er gebeuren" in page.words) == (200, True), (name, page.words)
        assert counts(life) == begun, name
    page = desk.send(address, seen=seen, confirmed="1", **fields)
    assert desk.status == 302, (name, page.words)
    acts, letters, records = (after - before for after, before in zip(counts(life), begun, strict=True))
    done = list(
        CaseAct.objects.filter(case=life.case, number__gt=int(seen)).order_by("number").values_list("act", flat=True)
    )
    family = FAMILIES.get(ACTS[form.act].family, (form.act,))
    assert name == "check" or done[0] in family, (name, done)
    assert acts == len(done), name
    assert records == max(1, acts), (name, done)
    assert letters >= (ACTS[form.act].letter or form.name in ("remind", "waive", "ask-delivery")), name
    page = desk.open(life.bureau.at)
    assert desk.status in (200, 302), name


def stays_as_typed(desk: Desk, address: str, form: ActForm, seen: str, fields: dict[str, Any]) -> None:
    """Leave out one field that is needed: the form comes back with that one empty, and every other as it was typed, chosen or ticked."""
    needed = [one for one in (FIELDS[key] for key in form.fields) if not one.optional and one.name in fields]
    if not needed:
        return
    left_out = needed[-1].name
    page = desk.send(address, seen=seen, **{name: told for name, told in fields.items() if name != left_out})
    assert (desk.status, f'href="#q-{left_out}"' in page.page) == (422, True), (form.name, page.words)
    for one in (FIELDS[key] for key in form.fields):
        told = fields.get(one.name)
        if told is None or one.name == left_out:
            continue
        if one.kind == "ticks":
            assert all(f'value="{each}" checked' in page.page for each in told), (form.name, one.name)
        elif one.kind == "choice":
            assert f'value="{told}" selected' in page.page, (form.name, one.name)
        elif one.kind == "text":
            assert f">\n{escape(told)}</textarea>" in page.page, (form.name, one.name)
        else:
            assert f'name="{one.name}" value="{escape(told)}"' in page.page, (form.name, one.name)


def who(life: Life, name: str) -> Desk:
    """Give the desk of somebody."""
    return life.sanne if name == "sanne" else getattr(life.bureau, name)  # type: ignore[no-any-return]


def filled(life: Life, how: How) -> dict[str, Any]:
    """Give what is filled in, with numbers in the place of the words that stand for them."""
    fields = dict(how.fields)
    if fields.get("to") == "joost":
        fields["to"] = str(life.staff["decider"].pk)
    if fields.get("earlier") == "omar":
        fields["earlier"] = str(Case.objects.exclude(pk=life.case.pk).get().pk)
    if fields.get("other_case") == "piet":
        fields["other_case"] = str(Case.objects.order_by("-pk").values_list("pk", flat=True)[0])
    for name in ("against", "of", "returned"):
        if name in fields:
            fields[name] = str(CaseAct.objects.get(case=life.case, act=fields[name]).number)
    return fields


def counts(life: Life) -> tuple[int, int, int]:
    """Count the acts, letters and entries of the case."""
    about = {"subject_kind": "case", "subject_id": str(life.case.pk)}
    return (
        CaseAct.objects.filter(case=life.case).count(),
        Letter.objects.filter(about_kind="case", about_id=str(life.case.pk)).count(),
        Act.objects.filter(**about).exclude(act="looked_into").count(),
    )


def test_interest_below_what_the_law_asks(life: Life) -> None:
    """The form that fixes interest says why there is none to fix yet: in a life of months it stays below twenty euros."""
    LIVES["recovered"](life)
    life.bureau.joost.send(f"{life.bureau.at}/look", why="asked")
    begun = counts(life)
    page = life.bureau.joost.send(f"{life.bureau.at}/acts/interest", seen=str(life.case.acts))
    assert "Onder € 20,00 is niets verschuldigd" in page.words
    assert counts(life) == begun


def test_the_wrong_hands(life: Life) -> None:
    """Each form is refused to every role that may not do its act, to another body, and to nobody; nothing is done."""
    kinds = (RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER, RoleKind.AUDITOR)
    desks = {kind: life.bureau.desk(kind, "Vera") for kind in kinds}
    other = Body.objects.create(code="other", name="Ander")
    strangers = (life.bureau.desk(RoleKind.DECIDER, "Olga", other), Desk(None), Desk(with_role(RoleKind.PROVIDER)))
    for desk in desks.values():
        desk.send(f"{life.bureau.at}/look", why="checking")
    begun, no_role = counts(life), REASONS["no_role"]["nl"]
    rights = {f"acts/{name}": form.right for name, form in FORMS.items()} | {"assess": "assessed"}
    for name, right in rights.items():
        address = f"{life.bureau.at}/{name}"
        for kind, desk in desks.items():
            if kind not in DEMANDS[ACTS[right].demand].roles:
                page = desk.send(address, seen="1", confirmed="1")
                assert (desk.status, no_role in page.words) == (403, True), (name, kind)
        for desk in strangers:
            desk.send(address, seen="1", confirmed="1")
            assert desk.status in (302, 403, 404), name
            assert not desk.place.startswith(life.bureau.at), name
    assert counts(life) == begun


def test_an_objection_is_not_decided_by_who_decided_first(life: Life) -> None:
    """Who refused an application is offered no decision on the objection, reads why, and is refused with that sentence."""
    LIVES["objected"](life)
    page = life.bureau.joost.open(life.bureau.at)
    assert f"{life.bureau.at}/acts/uphold" not in page.links
    sentence = REASONS["decided_it"]["nl"]
    assert sentence in page.words
    page = life.bureau.joost.send(
        f"{life.bureau.at}/acts/uphold", seen=str(life.case.acts), confirmed="1", **HOW["uphold"].fields
    )
    assert (life.bureau.joost.status, sentence in page.words) == (403, True)
    page = life.sanne.open(life.bureau.at)
    assert f"{life.bureau.at}/acts/uphold" in page.links
    assert "Ik betaalde pas later." in page.words


@pytest.mark.parametrize(
    ("stage", "name", "fields", "wrong"),
    [
        ("granted", "amend", {"ground": "not-done"}, "Laat eerst weten wat u van plan bent"),
        ("granted", "amend", {"cents": "700"}, "Kies een bedrag boven € 0 en lager dan € 699,95"),
        ("granted", "amend", {"cents": "veel"}, "Vul een bedrag in"),
        ("granted", "budget-reservation", {"adopted_on": typed(-40)}, "binnen vier weken"),
        ("granted", "delivered", {"realised": "-1"}, "Vul een heel getal in"),
        ("granted", "delivered", {"ended_on": "11-3-2026"}, "begonnen eerst"),
        ("granted", "objection", {"against": "1"}, "Kies er een uit de lijst."),
        ("granted", "objection", {"words": ""}, "Vul dit in."),
        ("granted", "intend-to-revoke", {"ground": "facts-after-settlement"}, "Kies er een uit de lijst."),
        ("received", "hardship", {"weighing": ""}, "Vul dit in."),
        ("revoking", "revoke", {"weighing": ""}, "Vul dit in."),
        ("objected", "call", {"heard_at": "morgen"}, "Vul een dag en een tijd in"),
        ("objected", "call", {"heard_at": f"{typed(2)} 10.00"}, "Kies een latere dag"),
        ("objected", "reject", {"without_hearing": ""}, "Hoor eerst wie bezwaar maakte"),
        ("objected", "reject", {"without_hearing": "fully_upheld"}, "Kies er een uit de lijst."),
        ("objected", "uphold", {"without_hearing": "manifestly_unfounded"}, "Kies er een uit de lijst."),
        ("assessed", "refuse", {"ground": "conditions"}, "Er is nu geen grond om af te wijzen."),
        ("objected", "dismiss", {"reason": "late"}, "Kies er een uit de lijst."),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) and len(value) < 20 else "",
)  # fmt: skip
def test_errors_beside_the_field(life: Life, stage: str, name: str, fields: dict[str, str], wrong: str) -> None:
    """What a command or a reader refuses stands on the form with what was typed, and nothing is done."""
    LIVES[stage](life)
    begun, how = counts(life), HOW[name]
    desk = who(life, how.who)
    told = filled(life, how) | fields
    page = desk.send(f"{life.bureau.at}/acts/{name}", seen=str(life.case.acts), confirmed="1", **told)
    assert (desk.status in (409, 422), wrong in page.words) == (True, True), page.words
    assert counts(life) == begun


def test_a_grant_is_withdrawn_by_intent_weighing_and_ledger(life: Life) -> None:
    """Withdrawn only after the view; the letter says ground and weighing, and the ledger releases it and owes nothing more."""
    LIVES["granted"](life)
    joost, at = life.bureau.joost, f"{life.bureau.at}/acts/revoke"
    page = joost.send(at, seen=str(life.case.acts), **WEIGHING)
    assert (joost.status, "Laat eerst weten wat u van plan bent" in page.words) == (409, True)
    post_decisions(at=next_moment(life.case))
    done(life, "intend-to-revoke", cents="0")
    page = joost.send(at, seen=str(life.case.acts), **WEIGHING)
    assert (joost.status, "is nog niet verzonden" in page.words) == (409, True)
    told = CaseAct.objects.get(case=life.case, act="intent_notified")
    note_dispatch(told.case_id, of=told.number, on=told.happened_on, by=SITE, at=now())
    page = joost.send(at, seen=str(life.case.acts), **WEIGHING)
    assert (joost.status, "De aanvrager heeft nog tijd voor een zienswijze." in page.words) == (409, True)
    done(life, "view")
    page = joost.send(at, seen=str(life.case.acts), **WEIGHING)
    assert "Wij trekken uw subsidie in" in page.words
    assert sentences(WORDS) in page.words
    done(life, "revoke")
    row = Revocation.objects.get()
    assert (row.lost_cents, row.ground, life.case.state) == (69_995, "obligations", "revoked")
    post_afterwards(at=next_moment(life.case), most=10)
    money = standing_of("case", str(life.case.pk))
    assert (money.amount("obligation"), money.amount("released"), money.amount("payable")) == (0, 69_995, 0)


def test_an_amended_grant_takes_the_place_of_the_first(life: Life) -> None:
    """Lower at one's own request: a second decision in the place of the first, on its pot, followed by the ledger."""
    LIVES["granted"](life)
    post_decisions(at=next_moment(life.case))
    done(life, "amend")
    first, second = Decision.objects.filter(case=life.case).order_by("number")
    assert (second.replaces, second.kind, second.amount_cents) == (first, "partly_granted", 10_050)
    assert (second.place_cents, second.granted_before_cents) == (first.place_cents, first.granted_before_cents)
    post_decisions(at=next_moment(life.case))
    assert standing_of("case", str(life.case.pk)).amount("obligation") == 10_050
    life.bureau.joost.open(life.bureau.at)
    assert life.case.state == "granted"


def done(life: Life, name: str, **other: str) -> Markup:
    """Do an act through its form, confirmed at once."""
    how = HOW[name]
    desk = who(life, how.who)
    page = desk.send(
        f"{life.bureau.at}/acts/{name}", seen=str(life.case.acts), confirmed="1", **(filled(life, how) | other)
    )
    assert desk.status == 302, page.words
    return page


def test_a_sentence_for_what_was_told_stays_sealed(life: Life) -> None:
    """The words of an advice stand on the page for who may read the file, not in the table, the record or for who pays."""
    done(life, "advice")
    assert WORDS in life.bureau.fatima.open(life.bureau.at).words
    life.bureau.pim.send(f"{life.bureau.at}/look", why="asked")
    assert WORDS not in life.bureau.pim.open(life.bureau.at).words
    act = CaseAct.objects.get(case=life.case, act="advised")
    assert act.details == {"advice": "positive"}
    assert WORDS.encode() not in bytes(act.words.content)  # type: ignore[attr-defined]
    assert act.at - timedelta(days=1) < life.case.last_act_at
