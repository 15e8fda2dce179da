"""Adding and changing a source: what is kept, who may, and what is refused by field."""

import pytest

from doorleren.audit.models import Act
from doorleren.people.models import RoleKind
from doorleren.register.access import SITE_ITSELF, Acting
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands.keep_source import SourceRefused, keep_source
from doorleren.register.models import Source
from tests.register.commands.scene import ADMINISTRATOR, AT, OWNER

pytestmark = pytest.mark.django_db

GOOD = {
    "name": "Vakschool Oost", "form": "csv", "address": "https://school.example/aanbod.csv", "every_hours": 24,
    "most_refused_percent": 5, "least_rows": 10, "mapping": {"columns": {"Naam": "title"}},
    "provider_kvk": "12345678", "provider_name": "Vakschool Oost", "secret": "school-oost",
}  # fmt: skip


def keep(source=None, by=ADMINISTRATOR, **more) -> Source:
    """Keeps a good source with some values otherwise."""
    return keep_source(source=source, **GOOD | more, by=by, at=AT)


def test_a_source_is_added_and_changed():
    """All values are kept as given, and a change gives all of them anew; each is on the record as the administrator's."""
    made = keep()
    assert Source.objects.values(*GOOD).get() == GOOD
    keep(made.pk, every_hours=None, address="", secret="", mapping={})
    kept = Source.objects.get()
    assert (kept.pk, kept.every_hours, kept.address, kept.secret, kept.mapping) == (made.pk, None, "", "", {})
    acts = list(Act.objects.filter(subject_kind="source").values_list("act", "subject_id", "actor_id"))
    assert acts == [("kept", str(made.pk), ADMINISTRATOR.id)] * 2


@pytest.mark.parametrize(
    "more",
    [
        {"address": "/srv/deliveries", "secret": ""},
        {"address": "http://127.0.0.1:8000/x.csv"},
        {"form": "ooapi", "mapping": {}, "address": "https://school.example/ooapi/v5?consumer=x"},
        {"form": "edudex", "mapping": None},
        {"provider_kvk": "", "provider_name": ""},
        {"every_hours": 1, "most_refused_percent": 0, "least_rows": 0},
        {"most_refused_percent": 100},
        {"name": "  Vakschool \t Oost "},
    ],
)
def test_what_is_allowed_is_kept(more):
    """Folders, the loopback without https, every form, no provider, the ends of ranges and stray spaces are fine."""
    keep(**more)
    assert Source.objects.get().name == "Vakschool Oost"


WRONG = {
    "name": ["", "  ", "x" * 101],
    "form": ["", "form", "xml", "CSV"],
    "address": ["", "ftp://school.example/x", "school.example", "../x", "https://", "https://[", "https://a:b@x.example/",
                "file:///etc/hostname", "https://x.exam\nple/", "https://" + "x" * 1000, "https://x.example:99999/"],
    "every_hours": [0, -1, 24 * 367, True],
    "most_refused_percent": [-1, 101, None],
    "least_rows": [-1, 2**31, None],
    "mapping": [{"columns": {"Naam": "nonsense"}}, {"columns": {"Naam": "title"}, "sheet": 1}],
    "provider_kvk": ["", "1234567", "12345678a"],
    "provider_name": ["", "x" * 301],
    "secret": ["../key", "A", "-a", "a/b", "x" * 61],
}  # fmt: skip


@pytest.mark.parametrize(("field", "value"), [(field, one) for field, values in WRONG.items() for one in values])
def test_a_wrong_value_is_refused_by_its_field(field, value):
    """Each wrong value is refused under the name of its field alone, in two languages, and nothing is written."""
    more = {field: value} | ({"secret": ""} if field == "address" else {})
    with pytest.raises(SourceRefused) as refused:
        keep(**more)
    assert set(refused.value.faults) == {field}
    assert refused.value.faults[field]["nl"] != refused.value.faults[field]["en"]
    assert not Source.objects.exists()
    assert not Act.objects.filter(subject_kind="source").exists()


def test_all_that_is_wrong_is_told_at_once():
    """Three wrong fields give three faults, and a mapping without a CSV and a secret without https are told as such."""
    with pytest.raises(SourceRefused) as refused:
        keep(form="ooapi", address="http://school.example/", every_hours=0)
    assert set(refused.value.faults) == {"mapping", "secret", "every_hours"}
    with pytest.raises(SourceRefused) as refused:
        keep(address="/srv/deliveries")
    assert set(refused.value.faults) == {"secret"}


def test_a_name_belongs_to_one_source():
    """A second source cannot have the name of the first; the first keeps its own when it changes."""
    first = keep()
    with pytest.raises(SourceRefused) as refused:
        keep()
    assert set(refused.value.faults) == {"name"}
    assert keep(first.pk, least_rows=1).pk == first.pk


def test_a_number_of_no_source_is_refused():
    """A number that is not there is told by number."""
    with pytest.raises(ActRefused, match="999999"):
        keep(999_999)


@pytest.mark.parametrize("role", [*(one for one in RoleKind.values if one != "administrator"), "site", None])
def test_only_an_administrator_keeps_sources(role):
    """Every other role, the site itself and nobody are refused, and nothing is written."""
    who = None if role is None else Acting("person", "9", frozenset({role}))
    with pytest.raises(Forbidden):
        keep(by=who)
    for one in (OWNER, SITE_ITSELF):
        with pytest.raises(Forbidden):
            keep(by=one)
    assert not Source.objects.exists()
