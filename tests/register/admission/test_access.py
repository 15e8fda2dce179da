"""Who may do which act of the register: every pair of an act and a role, own and other organisations."""

from itertools import product

import pytest

from doorleren.people.models import RoleKind
from doorleren.register.access import OFFICIAL, OWN, SITE, SITE_ITSELF, Acting, ensure, may, name_of
from doorleren.register.answers import Forbidden

ROLES = (*RoleKind.values, "site")
MINE, OTHER = "12345678", "87654321"
OF_PROVIDERS = {("apply_for_admission", "provider"), ("undo_delivery", "provider")}
OF_OFFICIALS = {
    ("admit", "decider"), ("refuse", "decider"), ("suspend", "decider"), ("remove_from_register", "decider"),
    ("note_former_price", "assessor"), ("note_former_price", "decider"), ("see_price_history", "assessor"),
    ("see_price_history", "decider"), ("see_price_history", "auditor"), ("judge_recognition", "assessor"),
    ("judge_recognition", "decider"),
}  # fmt: skip
OF_THE_SITE = {
    ("undo_delivery", "administrator"), ("pull_source", "administrator"), ("pull_source", "site"),
    ("keep_source", "administrator"),
}  # fmt: skip
ACTS = sorted({act for act, _ in OF_PROVIDERS | OF_OFFICIALS | OF_THE_SITE})


def acting(*roles: str) -> Acting:
    """Somebody with these roles who acts for one organisation."""
    return Acting("person", "1", frozenset(roles), frozenset({MINE}))


@pytest.mark.parametrize(("act", "role"), list(product(ACTS, ROLES)))
def test_one_role_on_own_and_other_organisations(act, role):
    """A provider acts on its own only, an official on others only, the site on all; every other pair is refused."""
    pair = (act, role)
    assert may(acting(role), act, {MINE}).holds == (pair in OF_PROVIDERS | OF_THE_SITE)
    assert may(acting(role), act, {OTHER}).holds == (pair in OF_OFFICIALS | OF_THE_SITE)


def test_the_tables_name_no_other_act_or_role():
    """The acts of the tables are those above, and their roles those of people, with the site's own."""
    assert set(ACTS) == {*OWN, *OFFICIAL, *SITE}
    assert {role for table in (OWN, OFFICIAL, SITE) for roles in table.values() for role in roles} <= set(ROLES)


@pytest.mark.parametrize("who", [None, Acting("person", "1"), acting()])
def test_nobody_may_do_anything_without_a_role(who):
    """Who is not known, or has no role, is refused every act with a sentence."""
    for act in ACTS:
        assert may(who, act, {MINE}).holds is False
        with pytest.raises(Forbidden, match="rol"):
            ensure(who, act, {MINE})


def test_an_act_that_is_not_in_the_table_is_refused_to_all():
    """An unknown act is refused to somebody with every role."""
    answer = may(acting(*ROLES), "sell", {OTHER})
    assert answer.holds is False
    assert "lijst" in answer.texts["nl"]


def test_a_delivery_of_more_providers_is_nobodys_own():
    """A provider may not act on what also belongs to another, on nothing, or on who has no KvK number."""
    for owners in ({MINE, OTHER}, set(), {""}):
        assert may(acting("provider"), "undo_delivery", owners).holds is False
    nameless = Acting("person", "1", frozenset({"provider"}), frozenset({""}))
    assert may(nameless, "undo_delivery", {""}).holds is False


def test_an_official_of_the_provider_is_refused_with_the_reason():
    """Who decides and also belongs to the provider is told that another official must do it."""
    assert "Een andere ambtenaar" in may(acting("decider", "provider"), "admit", {MINE}).texts["nl"]


def test_who_acted_is_written_as_kind_and_number():
    """A person is written with its number, the site by its kind alone."""
    assert (name_of(acting()), name_of(SITE_ITSELF)) == ("person:1", "site")
