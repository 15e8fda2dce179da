"""The refused rows of an adviser's bundle go half a year after their round closed, and not before; nothing else of the bundle goes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, Bundle, BundleRow
from doorleren.applications.retention.commands.destroy_refused_rows import destroy_refused_rows
from doorleren.applications.retention.commands.run_destruction import run_daily
from doorleren.applications.retention.due import due_bundles
from doorleren.audit.acts import SITE, Party, record
from doorleren.audit.models import Act
from doorleren.rounds.models import Round
from tests.applications.bundles import wrong as registrations
from tests.applications.made import AT
from tests.applications.retention import made

REFERENCE, KEPT = "klant-zelda-geweigerd", "klant-zelda-geregistreerd"
AFTER = made.LAST_DAY_OF_A_DRAFT + timedelta(days=1)


@pytest.fixture
def bundle(one: Application) -> Bundle:
    """A bundle of two rows: one was refused, the other became a registration."""
    refused = registrations.kept(registrations.row(one, reference=REFERENCE))
    registration = registrations.kept(registrations.registration(one, reference=KEPT))
    BundleRow.objects.create(
        bundle=refused.bundle, line=2, reference=KEPT, outcome="accepted", registration=registration
    )
    found: Bundle = refused.bundle
    return found


def test_they_go_with_their_term(bundle: Bundle, shut: Round) -> None:
    """On the last day of half a year the adviser's reference is found, the day after nowhere; the row that was accepted stays, an act counts."""
    assert list(due_bundles(made.LAST_DAY_OF_A_DRAFT)) == []
    assert destroy_refused_rows(made.LAST_DAY_OF_A_DRAFT, by=SITE, at=made.DUE) == []
    assert made.in_database([REFERENCE]) == {"applications_bundlerow": [REFERENCE]}
    (told,) = due_bundles(AFTER)
    assert (told.kind, told.number, told.kept_until, told.term) == (
        "bundle", bundle.pk, made.LAST_DAY_OF_A_DRAFT, "retention-draft",
    )  # fmt: skip
    assert destroy_refused_rows(AFTER, by=SITE, at=made.DUE) == [bundle.pk]
    assert made.in_database([REFERENCE]) == {}
    assert list(BundleRow.objects.values_list("reference", flat=True)) == [KEPT]
    act = Act.objects.get(act="destroyed", subject_kind="bundle")
    assert (act.subject_id, act.details) == (str(bundle.pk), {"rows": 1})
    assert destroy_refused_rows(AFTER, by=SITE, at=made.DUE) == []


def test_of_a_round_that_is_open_nothing_goes(bundle: Bundle, round_: Round) -> None:
    """Counted is from the closing: while the round has yet to close, nothing is due, and after it is."""
    type(round_).objects.filter(pk=round_.pk).update(closes_at=made.DUE)
    assert list(due_bundles(AFTER)) == []
    assert [one.number for one in due_bundles(date(2090, 1, 1))] == [bundle.pk]


def test_the_site_does_so_once_a_day(bundle: Bundle, shut: Round, store: Store) -> None:
    """The daily round takes them along with what nobody submitted."""
    with transaction.atomic():
        record("signed_in", Party("person", "0"), by=Party("person", "0"), at=made.DUE - timedelta(days=1))
    assert run_daily(store=store, at=made.DUE)[2] == 1
    assert not BundleRow.objects.filter(reference=REFERENCE).exists()


@pytest.mark.parametrize("what", ["no act", "act of another", "accepted row", "update"])
def test_the_database_refuses_what_may_not_go(what: str, bundle: Bundle) -> None:
    """Without an act about that very bundle no refused row goes; with it a refused one does, no accepted one, and none is changed."""
    if what != "no act":
        record("destroyed", Party("bundle", str(bundle.pk + (what == "act of another"))), by=SITE, at=AT)
    line = 2 if what == "accepted row" else 1
    sql = (
        "UPDATE applications_bundlerow SET reference = 'x'"
        if what == "update"
        else "DELETE FROM applications_bundlerow"
    )
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE bundle_id = %s AND line = %s", [bundle.pk, line])
    record("destroyed", Party("bundle", str(bundle.pk)), by=SITE, at=AT)
    assert BundleRow.objects.filter(bundle=bundle, line=1).delete()[0] == 1
