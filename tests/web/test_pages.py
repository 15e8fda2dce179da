"""The pages about schemes, instruments and figures: all there, in both languages, well made, and true to the files."""

import re
from pathlib import Path

import pytest
from django.template.base import Template
from django.test.signals import template_rendered
from django.utils.translation import override

from doorleren.rules import figures as figure_rules
from doorleren.rules.versions import ParameterHistory, Scheme
from doorleren.web import known
from doorleren.web.public import figures, words
from doorleren.web.public.values import parameter_name, written_words
from tests.web.markup import Markup

LANGUAGES = ("", "/en")
TEMPLATES = Path(words.__file__).resolve().parents[1] / "templates"
JUNK = (
    "%00",
    "x" * 3000,
    "2026-02-31",
    "'\"><script>alert(1)</script>",
    "2022-03-01T99:99",
    "-1",
    "%F0%9F%92%A9",
    "0001-01-01",
    "0001-01-01T00:00%2B05:00",
    "9999-12-31",
)
TESTED_ELSEWHERE = re.compile(
    r"^(adviser/|applicant/|finder|home|officer/|people/|portal/|rounds/|provider/|waiting|components/(question|plan|verdict|answers|progress|error_summary|tally|share|group_badge|choice|own_pages|kept|loan))"
)


def schemes() -> list[Scheme]:
    return list(known.library().schemes.values())


def longest() -> Scheme:
    """A scheme with several versions, without naming one."""
    return max(schemes(), key=lambda scheme: len(scheme.versions))


def addresses() -> list[str]:
    found = ["/", "/schemes", "/overview", "/figures", "/privacy"]
    for scheme in schemes():
        found += [f"/schemes/{scheme.id}", f"/schemes/{scheme.id}/compare"]
        found += [f"/schemes/{scheme.id}/versions/{version.version}" for version in scheme.versions]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_and_is_well_made(visit, language):
    """Every page of every scheme and version answers, closes what it opens, and keeps to the security policy."""
    wrong = []
    for address in addresses():
        status, page = visit(language + address)
        spoken = "en" if language else "nl"
        if status != 200 or page.faults or page.lang != spoken:
            wrong.append(f"{language}{address}: {status} {page.lang} {page.faults[:5]}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_of_the_pages_leads_nowhere(visit, demo, language):
    """Whatever a page links to within the site answers too, and stays in the language."""
    links: set[str] = set()
    for address in ("/schemes", "/overview", "/figures", f"/schemes/{longest().id}"):
        links |= {link for link in visit(language + address)[1].links if link.startswith("/")}
    away = {f"{language}/account"}  # leads to signing in
    assert [link for link in sorted(links - away) if visit(link)[0] != 200] == []
    other = [link for link in links if link.startswith("/en") != bool(language)]
    assert {link.removeprefix("/en") or "/" for link in other} <= {
        "/schemes",
        "/overview",
        "/figures",
        f"/schemes/{longest().id}",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address", ["/nothing", "/schemes/nothing", "/schemes/nothing/compare", "/schemes/{id}/versions/nothing"]
)
def test_what_does_not_exist_says_so_in_the_house_style(visit, language, address):
    """An unknown scheme, version or address gives a 404 with the navigation and a way on."""
    status, page = visit(language + address.format(id=longest().id))
    assert status == 404
    assert page.faults == []
    assert f"{language}/schemes" in page.links
    assert ("This page does not exist" if language else "Deze pagina is er niet") in page.words


def test_an_unknown_version_in_a_comparison_is_not_found(visit):
    """A comparison with a version that does not exist is a 404, not a guess."""
    assert visit(f"/schemes/{longest().id}/compare?old=1900-01-01")[0] == 404


@pytest.mark.parametrize(
    "address", ["/schemes", "/overview", "/figures", "/schemes/{id}", "/schemes/{id}/versions/{version}"]
)
def test_junk_in_the_address_never_breaks_a_page(visit, address):
    """Whatever stands behind the question mark: the page answers, and says nothing back unescaped."""
    scheme = longest()
    place = address.format(id=scheme.id, version=scheme.versions[0].version)
    for name in ("q", "on", "pillar", "files", "verdict"):
        for junk in JUNK:
            status, page = visit(f"{place}?{name}={junk}")
            assert (status, page.faults) == (200, []), f"{place}?{name}={junk[:40]}"


def test_a_filter_leaves_exactly_what_fits(visit):
    """Each choice of the list of schemes leaves the schemes that have it, counted against the files."""
    day = "2022-05-02"
    asked = known.asked(day)
    for kind in {scheme.versions[-1].kind for scheme in schemes()}:
        expected = {
            scheme.id for scheme in schemes() if (scheme.on(asked.day) or scheme.nearest(asked.day)).kind == kind
        }
        assert shown(visit(f"/schemes?kind={kind}&on={day}")[1]) == expected, kind
    in_force = {scheme.id for scheme in schemes() if scheme.on(asked.day)}
    assert shown(visit(f"/schemes?status=in_force&on={day}")[1]) == in_force
    later = {scheme.id for scheme in schemes() if scheme.versions[0].starts > asked.day}
    assert shown(visit(f"/schemes?status=planned&on={day}")[1]) == later


def shown(page: Markup) -> set[str]:
    return {name.removeprefix("name-") for name in page.ids if name.startswith("name-")}


def test_searching_finds_by_words_whatever_capitals_and_accents(visit):
    """The name of a scheme finds it in capitals; what fits nothing says why the list is empty."""
    scheme = longest()
    name = scheme.versions[-1].called("nl")
    assert scheme.id in shown(visit(f"/schemes?q={name.upper()}")[1])
    empty = visit("/schemes?q=zzzzqqqq")[1]
    assert shown(empty) == set()
    assert "Niets past bij deze keuzes." in empty.words


def test_a_scheme_page_says_all_that_its_file_says(visit):
    """Conditions, sources, rounds, evidence and omissions of a version all stand on its page, with its hash."""
    for scheme in schemes():
        version = scheme.versions[-1]
        text = plain(visit(f"/schemes/{scheme.id}/versions/{version.version}")[1].words)
        told = [condition.text["nl"] for condition in version.conditions()]
        told += [source.cite for source in version.sources.values()] + [one.text["nl"] for one in version.evidence]
        told += [omission["what"] for omission in version.omissions] + [version.digest]
        told += [
            str(one.conflict.citation)
            for history in version.parameters.values()
            for one in history.values
            if one.conflict
        ]
        assert [one for one in told if plain(one) not in text] == [], scheme.id


def plain(text: str) -> str:
    return " ".join(text.split())


def test_a_parameter_and_a_reason_have_dutch_words():
    """On a Dutch page no name of a parameter and no reason stands in English: schemes/words.toml knows them all."""
    versions = [version for scheme in schemes() for version in scheme.versions]
    names = {name for version in versions for name in version.parameters}
    reasons = {one.why for version in versions for one in version.conditions() if one.when is None}
    assert sorted(names - set(written_words()["parameter"])) == []
    assert sorted(reasons - set(written_words()["why"])) == []


@pytest.mark.parametrize(("language", "called"), [("nl", "bedrag op de maan"), ("en", "most")])
def test_a_parameter_is_called_what_its_file_says(language, called):
    """The name in the scheme file goes first; in a language that it lacks a parameter has the words of its id."""
    history = ParameterHistory("most", "euro", (), {"nl": "bedrag op de maan"})
    with override(language):
        assert parameter_name(history) == (called, True)


def test_a_day_without_a_version_says_so_and_shows_the_nearest(visit):
    """A scheme that has not begun shows its first version and says that it is not in force on the day."""
    scheme = longest()
    page = visit(f"/schemes/{scheme.id}?on=1990-01-01")[1]
    assert "geldt deze regeling niet" in page.words
    assert scheme.versions[0].digest in page.words


def test_the_comparison_shows_what_changed(visit):
    """A parameter with another value in the later version stands there with both values and the word for changed."""
    scheme, old, new, name = next(changed_parameters())
    page = visit(f"/schemes/{scheme.id}/compare?old={old.version}&new={new.version}")[1]
    assert parameter_name(new.parameters[name])[0] in page.words
    assert "gewijzigd" in page.words
    added = {one.id for one in new.conditions()} - {one.id for one in old.conditions()}
    for condition in new.conditions():
        if condition.id in added:
            assert plain(condition.text["nl"]) in page.words


def changed_parameters():
    for scheme in schemes():
        for old, new in zip(scheme.versions, scheme.versions[1:], strict=False):
            for name in old.parameters.keys() & new.parameters.keys():
                values = [version.parameters[name].on(version.starts) for version in (old, new)]
                if all(values) and values[0].value != values[1].value:
                    yield scheme, old, new, name


def test_the_overview_shows_every_instrument_once(visit):
    """All instruments stand in the overview; each one that is not computed says why."""
    page = visit("/overview")[1]
    assert {one.id for one in known.instruments()} <= set(page.ids)
    assert [one.id for one in known.instruments() if one.why and plain(one.why["nl"]) not in page.words] == []


@pytest.mark.parametrize(("query", "fits"), [
    ("pillar=3", lambda one: one.pillar == "3"),
    ("kind=desk", lambda one: one.kind == "desk"),
    ("status=crisis", lambda one: one.status == "crisis"),
    ("computed=no", lambda one: not one.computed),
    ("computed=yes&pillar=1", lambda one: one.computed and one.pillar == "1"),
])  # fmt: skip
def test_the_overview_filters(visit, query, fits):
    """Each filter of the overview leaves exactly the instruments that fit, and the count says how many."""
    page = visit(f"/overview?{query}")[1]
    names = {one.id for one in known.instruments()}
    expected = {one.id for one in known.instruments() if fits(one)}
    assert set(page.ids) & names == expected
    assert f"{len(expected)} van de {len(names)} gevonden" in page.words


def test_the_figures_page_shows_every_relation_with_its_verdict(visit):
    """Each relation stands there with the verdict that the rules find; the filter leaves those with one verdict."""
    findings = figures._findings()
    page = visit("/figures")[1]
    assert {one.no for one in findings} <= set(page.ids)
    some = figure_rules.DERIVED
    filtered = visit("/figures?verdict=derived")[1]
    assert {one.no for one in findings} & set(filtered.ids) == {one.no for one in findings if one.verdict == some}
    assert set(figures.verdicts()) == set(figure_rules.VERDICTS) == set(figures.BADGES)


def test_the_figures_stand_on_pages_and_the_filters_stay(visit):
    """All figures of a paper can be reached page by page, each once; a page that does not exist is the first."""
    numbers = [entry["no"] for entry in figures._content()["figure"] if entry["paper"] == "001"]
    seen: list[str] = []
    address: str | None = "/figures?paper=001"
    while address:
        page = visit(address)[1]
        seen += [no for no in numbers if f"{no}: " in page.words]
        here = re.search(r"page=(\d+)", address)
        following = f"page={int(here[1]) + 1 if here else 2}"
        address = next(("/figures" + link for link in page.links if link.endswith(following)), None)
        assert address is None or "paper=001" in address
    assert seen == numbers
    assert visit("/figures?page=999")[1].words == visit("/figures")[1].words


def test_the_language_follows_from_the_address_alone(client):
    """Neither the browser's languages nor a cookie turns a page into the other language or sends the visitor away."""
    client.cookies["django_language"] = "en"
    reply = client.get("/schemes", headers={"host": "localhost", "accept-language": "en"})
    assert (reply.status_code, reply["Content-Language"]) == (200, "nl")
    assert "Accept-Language" not in reply.get("Vary", "")
    reply = client.get("/en/schemes", headers={"host": "localhost", "accept-language": "nl"})
    assert (reply.status_code, reply["Content-Language"]) == (200, "en")


def test_every_answer_carries_the_security_policy(client):
    """Pages, errors and redirects forbid inline code, framing and devices; a page that did not change is a 304."""
    for address in ("/", "/schemes", "/nothing", "/en"):
        reply = client.get(address, headers={"host": "localhost"})
        assert "default-src 'self'" in reply["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in reply["Content-Security-Policy"]
        assert "camera=()" in reply["Permissions-Policy"]
    tag = client.get("/schemes", headers={"host": "localhost"})["ETag"]
    assert client.get("/schemes", headers={"host": "localhost", "if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_last_resort_pages_need_nothing(name):
    """The pages for a broken request and a broken site render without a request, navigation or settings."""
    from django.template.loader import render_to_string

    page = Markup(render_to_string(name))
    assert page.faults == []
    assert page.words


def test_every_template_is_used(visit):
    """No template lies about: each is rendered by some page, or is tested beside its own pages, or is for what goes wrong."""
    used: set[str] = set()

    def note(template: Template, **_: object) -> None:
        used.add(template.name or "")

    template_rendered.connect(note)
    try:
        for address in (
            "/",
            "/schemes",
            "/schemes?q=zzzz",
            "/overview",
            "/figures",
            "/terms",
            "/letters",
            "/letters/received",
            "/privacy",
            "/nothing",
            *some_pages(),
        ):
            visit(address)
    finally:
        template_rendered.disconnect(note)
    present = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
    other = {name for name in present if TESTED_ELSEWHERE.match(name) or name in {"400.html", "403.html", "500.html"}}
    assert sorted(present - used - other) == []


def some_pages() -> list[str]:
    return [f"/schemes/{scheme.id}" for scheme in schemes()] + [f"/schemes/{longest().id}/compare"]


def test_a_list_of_actions_has_no_bullets():
    """Links beside each other in a list would lie over its bullets: such a list is a plain one, in every template."""
    lists = [
        (file, found)
        for file in TEMPLATES.rglob("*.html")
        for found in re.findall(r'<[uo]l class="([^"]*)"', file.read_text("utf-8"))
    ]
    beside = [(file, names) for file, names in lists if "dl-actions" in names.split()]
    assert len(beside) >= 2
    assert [f"{file}: {names}" for file, names in beside if "dl-plain" not in names.split()] == []
