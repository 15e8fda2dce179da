"""Uploads: judged, shown as what would change, mapped, mended, confirmed once, undone; the file goes when it should."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from doorleren.audit.models import Act
from doorleren.core.texts import Texts
from doorleren.register.models import Activity, ActivityVersion, Delivery, Provider
from doorleren.register.models.upload import Upload
from doorleren.register.uploads import files, jobs
from doorleren.web import surroundings
from tests.web.provider.visitor import Visitor

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "register"
HEAD = "Code;Titel;Prijs;Startdatum;KvK-nummer\n"
GOOD = HEAD + "L1;Lassen;1250,00;31-01-2027;90000018\nL2;Frezen;800;15-02-2027;90000018\n"


def titles() -> dict[str, str]:
    """What stands in the register now, by code."""
    return dict(Activity.objects.filter(current__isnull=False).values_list("code", "current__title"))


def kept(settings: Any) -> list[Path]:
    """The files that lie in the folder of uploads."""
    return list((settings.DOORLEREN_HOME / "uploads").glob("*"))


def latest() -> Upload:
    return Upload.objects.latest("pk")


def confirm(visitor: Visitor) -> Any:
    return visitor.send(f"/provider/uploads/{latest().pk}/confirm")


def test_a_file_is_shown_first_and_taken_in_after_yes(sanne: Visitor, settings: Any) -> None:
    """Nothing is in the register before the confirmation; after it everything is, and the file is gone."""
    page = sanne.upload(GOOD)
    assert "2 nieuw" in page.words
    assert "Lassen" in page.words
    assert (titles(), len(kept(settings)), Delivery.objects.count()) == ({}, 1, 0)
    page = confirm(sanne)
    assert "Nieuw: 2" in page.words
    assert (titles(), kept(settings)) == ({"L1": "Lassen", "L2": "Frezen"}, [])
    delivery = Delivery.objects.get()
    assert (delivery.file_name, delivery.form, delivery.source.name) == (
        "aanbod.csv", "csv", "Vakschool De Werkplaats, KvK 90000018",
    )  # fmt: skip
    assert "aanbod.csv" in sanne.open("/provider/uploads").words
    assert confirm(sanne).words
    assert (sanne.status, Delivery.objects.count()) == (409, 1)


def test_a_change_is_shown_with_old_and_new(sanne: Visitor) -> None:
    """The second file shows per field what stands now and what would; the same row counts as unchanged."""
    sanne.upload(GOOD)
    confirm(sanne)
    page = sanne.upload(GOOD.replace("800", "950").replace("15-02-2027", "01-03-2027"))
    assert "1 veranderd" in page.words
    assert "1 hetzelfde" in page.words
    assert "Prijs Lessen € 800 Lessen € 950" in page.words.replace("\N{NO-BREAK SPACE}", " ")
    assert "Startmomenten 15 februari 2027 1 maart 2027" in page.words
    english = sanne.open(f"/en/provider/uploads/{latest().pk}")
    assert "€800" in english.words


def test_the_same_file_again_has_nothing_to_confirm(sanne: Visitor) -> None:
    """A file that changes nothing says so and offers no confirmation."""
    sanne.upload(GOOD)
    confirm(sanne)
    page = sanne.upload(GOOD)
    assert "Dit bestand verandert nu niets in het register." in page.words
    assert "/confirm" not in page.page


def test_a_refused_row_is_mended_on_the_page(sanne: Visitor) -> None:
    """A row with wrong fields shows them with what was given; mended, it is new, and the other row was never in danger."""
    page = sanne.upload(GOOD.replace("800", "achthonderd").replace("15-02-2027", "31-02-2027"))
    assert "1 geweigerd" in page.words
    assert "Rij 3, kolom 'Prijs': gegeven is 'achthonderd'" in page.words
    number, cells = latest().pk, latest().preview["cells"]
    assert cells == {"3": {"Prijs": "achthonderd", "Startdatum": "31-02-2027"}}
    page = sanne.post(f"/provider/uploads/{number}/mend", {"cell-3-0": "800", "cell-3-1": "31-02-2027"})
    assert "Rij 3, kolom 'Startdatum" in page.words
    assert "Rij 3, kolom 'Prijs" not in page.words
    page = sanne.post(
        f"/provider/uploads/{number}/mend", {"cell-3-0": "28-02-2027", "cell-2-0": "gratis", "cell-x": "y"}
    )
    assert "2 nieuw" in page.words
    assert "0 geweigerd" in page.words
    confirm(sanne)
    stands = ActivityVersion.objects.order_by("activity__code").values_list("tuition_cents", flat=True)
    assert list(stands) == [125_000, 80_000]


def test_columns_are_mapped_by_hand(sanne: Visitor) -> None:
    """Where no column looks like a title the file cannot be read, the page asks which is, and reads on."""
    odd = "A;B;C\n1;Lassen in staal;1250\n2;Frezen in hout;800\n"
    page = sanne.upload(odd)
    number, columns = latest().pk, latest().preview["columns"]
    assert [one["name"] for one in columns] == ["A", "B", "C"]
    assert "Welke kolom is wat?" in page.words
    page = sanne.post(
        f"/provider/uploads/{number}/mapping", {"map-0": "code", "map-1": "title", "map-2": "price.tuition"}
    )
    assert "2 nieuw" in page.words
    page = sanne.post(f"/provider/uploads/{number}/mapping", {"map-0": "code", "map-1": "title", "map-2": ""})
    confirm(sanne)
    assert titles() == {"1": "Lassen in staal", "2": "Frezen in hout"}
    assert set(ActivityVersion.objects.values_list("tuition_cents", flat=True)) == {None}
    assert Delivery.objects.get().mapping["columns"] == {"A": "code", "B": "title"}


@pytest.mark.parametrize("chosen", [{"map-0": "title", "map-1": "title"}, {"map-1": "tovenarij"}])
def test_a_mapping_that_cannot_be_is_refused_with_a_sentence(sanne: Visitor, chosen: dict[str, str]) -> None:
    """Two titles, or a field that is none: the page says so, and the preview from before stays."""
    sanne.upload(GOOD)
    page = sanne.post(f"/provider/uploads/{latest().pk}/mapping", chosen)
    assert (sanne.status, "2 nieuw" in page.words) == (422, True)
    assert 'role="alert"' in page.page


def test_rows_of_somebody_else_are_refused(sanne: Visitor, other: Visitor) -> None:
    """Another KvK number, code or name never passes: not as a row, and not as a code that is taken by another provider."""
    other.upload(GOOD.replace("90000018", "12345678"))
    confirm(other)
    page = sanne.upload(GOOD.replace("90000018", "12345678"))
    assert "2 geweigerd" in page.words
    assert "alleen uw eigen organisatie: KvK-nummer 90000018" in page.words
    assert "/confirm" not in page.page
    sanne.upload("Code;Titel;Opleider\nL1;Gekaapt;Havenschool\n")
    assert latest().preview["counts"]["refused"] == 1
    sanne.upload("Code;Titel\nL1;Eigen\n")
    confirm(sanne)
    assert sorted(Activity.objects.values_list("provider__kvk", "current__title")) == [
        ("12345678", "Frezen"), ("12345678", "Lassen"), ("90000018", "Eigen"),
    ]  # fmt: skip


def test_a_file_changes_no_provider(sanne: Visitor) -> None:
    """A recognition or another name in a file does not become that of the provider."""
    sanne.upload("Code;Titel;KvK-nummer;Opleider;Erkenning\nL1;Lassen;90000018;Prachtschool;ocw\n")
    assert latest().preview["mapping"]["columns"]["Erkenning"] == "provider.recognition"
    confirm(sanne)
    known = Provider.objects.get()
    assert (known.name, known.recognitions.count()) == ("Vakschool De Werkplaats", 0)


@pytest.mark.parametrize("name", ["edudex.json", "ooapi.json"])
def test_the_standards_are_known_by_their_content(sanne: Visitor, name: str) -> None:
    """Whatever the file is called, its form is seen; activities of another school are refused there too."""
    sanne.upload((EXAMPLES / name).read_bytes(), "iets.txt")
    told = latest()
    assert (told.state, told.preview["form"]) == ("judged", name.split(".")[0])
    assert told.preview["counts"]["refused"] > 0
    assert told.preview["counts"]["new"] == 0


def test_edudex_of_oneself_is_taken_in(sanne: Visitor) -> None:
    """An EDU-DEX file whose institute is called by the KvK number comes in under the provider itself."""
    program = {
        "programClassification": {"orgUnitId": "90000018", "programId": "A1"},
        "programDescriptions": {"programName": {"nl": "Lassen"}},
        "programSchedule": {"genericProgramRun": {"cost": []}},
    }
    sanne.upload(json.dumps([program]))
    confirm(sanne)
    assert titles() == {"A1": "Lassen"}


def test_an_object_of_json_is_mended_as_a_whole(sanne: Visitor) -> None:
    """The refused object is shown as text; what is no JSON is refused and stays on the page, what is mended comes in."""
    wrong = {"programClassification": {"orgUnitId": "12345678", "programId": "A1", "weight": 1.25},
             "programDescriptions": {"programName": {"nl": "Lassen"}}}  # fmt: skip
    right = {**wrong, "programClassification": {"orgUnitId": "90000018", "programId": "A2"}}
    page = sanne.upload(json.dumps([wrong, right]), "aanbod.json")
    number = latest().pk
    assert "1 geweigerd" in page.words
    assert json.loads(latest().preview["cells"]["1"][""]) == wrong
    page = sanne.post(f"/provider/uploads/{number}/mend", {"cell-1-0": '{"a": "<b>"'})
    assert (sanne.status, "Rij 1 is geen object in JSON" in page.words) == (422, True)
    assert "{&quot;a&quot;: &quot;&lt;b&gt;&quot;" in page.page
    mended = json.dumps(wrong).replace("12345678", "90000018")
    assert "2 nieuw" in sanne.post(f"/provider/uploads/{number}/mend", {"cell-1-0": mended}).words
    confirm(sanne)
    assert titles() == {"A1": "Lassen", "A2": "Lassen"}


def test_what_no_database_can_hold_breaks_no_preview(sanne: Visitor) -> None:
    """A NUL or half a character refuses its row and nothing else, in CSV and in JSON."""
    page = sanne.upload("Code;Titel;Prijs\nL1;Las\x00sen;5\nL2;Frezen;5\n")
    assert "1 nieuw" in page.words
    half = {"programClassification": {"orgUnitId": "90000018", "programId": "A\ud800"}}
    page = sanne.upload(json.dumps([half]))
    assert "1 geweigerd" in page.words
    assert sanne.post("/provider/activities/new", {"title": "a\x00b", "occupations": "c\x00"}).faults == []
    assert sanne.status == 422
    assert sanne.open("/provider?q=a%00b&page=x").faults == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Kies een bestand"),
        (b"   ", "Het bestand is leeg"),
        (b"%PDF-1.7 x", "PDF"),
        (b"<?xml version='1.0'?><x/>", "XML of HTML"),
        (b"{}", "geen opleidingen van EDU-DEX"),
    ],
)
def test_a_file_that_is_none_says_why(sanne: Visitor, content: bytes, said: str) -> None:
    """Judged by its content, with a sentence; it can be dropped, and nothing of it stays."""
    page = sanne.upload(content) if content else sanne.post("/provider/uploads", {})
    assert said in page.words
    assert not Delivery.objects.exists()


def test_a_file_that_is_too_large_is_not_kept(
    sanne: Visitor, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Above the limit the page says the limit, and no piece of the file stays."""
    monkeypatch.setattr(files, "LARGEST", 50)
    page = sanne.upload(GOOD)
    assert (sanne.status, "groter dan" in page.words) == (422, True)
    assert kept(settings) == []
    assert not Upload.objects.exists()


def test_dropping_an_upload_throws_the_file_away(sanne: Visitor, settings: Any) -> None:
    """A provider who says no leaves nothing behind, and can no longer say yes."""
    sanne.upload(GOOD)
    sanne.send(f"/provider/uploads/{latest().pk}/drop")
    assert (latest().state, kept(settings), latest().preview) == ("dropped", [], {})
    confirm(sanne)
    assert (sanne.status, titles()) == (409, {})


def test_a_file_of_yesterday_is_thrown_away(sanne: Visitor, settings: Any) -> None:
    """The next upload clears what nobody confirmed for a day."""
    sanne.upload(GOOD)
    Upload.objects.update(made_at=surroundings.now() - timedelta(hours=25))
    sanne.upload(GOOD)
    assert len(kept(settings)) == 1
    assert list(Upload.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "judged"]


def test_undoing_an_upload(sanne: Visitor) -> None:
    """The page says what it would do; after yes the new is gone, the changed is as before, and it is possible once."""
    sanne.upload(GOOD)
    confirm(sanne)
    sanne.upload(GOOD.replace("Frezen", "Frezen in hout") + "L3;Boren;100;;90000018\n")
    confirm(sanne)
    address = f"/provider/uploads/{latest().pk}/undo"
    page = sanne.open(address)
    assert "1 opleiding die nieuw was, verdwijnt van de lijst." in page.words
    assert "1 opleiding die veranderde, wordt weer zoals zij was." in page.words
    assert len(titles()) == 3
    page = sanne.send(address)
    assert "is teruggedraaid" in page.words
    assert titles() == {"L1": "Lassen", "L2": "Frezen"}
    sanne.send(address)
    assert sanne.status == 409


def test_a_job_that_fell_silent_is_shown_as_broken_off(sanne: Visitor) -> None:
    """Busy while it was heard of lately, with a page that comes back by itself; silent for a minute it is broken off."""
    sanne.upload(GOOD)
    number = latest().pk
    Upload.objects.update(state="judging", done=1234, beat_at=surroundings.now())
    page = sanne.open(f"/provider/uploads/{number}")
    assert "1234 rijen klaar" in page.words
    assert 'http-equiv="refresh"' in page.page
    Upload.objects.update(beat_at=surroundings.now() - timedelta(seconds=61))
    page = sanne.open(f"/provider/uploads/{number}")
    assert jobs.BROKEN_OFF["nl"] in page.words
    assert 'http-equiv="refresh"' not in page.page
    sanne.send(f"/provider/uploads/{number}/drop")
    assert latest().state == "dropped"


def test_an_overtaken_run_leaves_nothing(sanne: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run whose upload was taken over while it worked writes neither activities nor a delivery."""
    sanne.upload(GOOD)
    take = jobs.running

    def stolen(upload: Upload) -> Any:
        Upload.objects.filter(pk=upload.pk).update(job="another")
        return take(upload)

    monkeypatch.setattr(jobs, "running", stolen)
    confirm(sanne)
    assert (titles(), Delivery.objects.count()) == ({}, 0)


def test_work_that_raises_ends_as_broken_off(sanne: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong within a run, the page says so and is never busy for ever."""
    monkeypatch.setattr("doorleren.register.uploads.commands.judge", lambda *_a, **_k: 1 / 0)
    page = sanne.upload(GOOD)
    assert (latest().state, jobs.BROKEN_OFF["nl"] in page.words) == ("failed", True)


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_read_beside_the_request(sanne: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit another thread does the work: the page is there at once and busy, and later there is a preview."""
    started: list[Any] = []
    thread = jobs.Thread

    def note(*given: Any, **named: Any) -> Any:
        started.append(thread(*given, **named))
        return started[-1]

    monkeypatch.setattr(jobs, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(jobs, "BEAT", 0.01)
    monkeypatch.setattr(jobs, "Thread", note)
    sanne.upload(GOOD)
    for one in started:
        one.join(30)
    assert (latest().state, latest().done) == ("judged", 2)
    confirm(sanne)
    while running := [one for one in started if one.is_alive()]:
        running[0].join(30)
    assert (latest().state, len(titles())) == ("received", 2)


def test_a_name_of_a_file_leads_nowhere(settings: Any) -> None:
    """Only the random names of our own are a place; the name that a provider gave never is."""
    for name in ("../../etc/passwd", "", "a" * 31, "a/" + "b" * 30):
        with pytest.raises(ValueError):
            files.path_of(settings.DOORLEREN_HOME, name)


def test_every_text_of_a_failure_is_in_two_languages() -> None:
    """What a page may say of a run is there in Dutch and in English."""
    told: Texts = jobs.BROKEN_OFF
    assert set(told) == {"nl", "en"}


@pytest.mark.parametrize(
    ("state", "constraint"), [("lost", "upload_state_known"), ("received", "upload_received_has_delivery")]
)
def test_the_database_refuses_an_upload_that_cannot_be(sanne: Visitor, state: str, constraint: str) -> None:
    """A state that is none, and one that was taken in without a delivery, are refused by the database itself."""
    sanne.upload(GOOD)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Upload.objects.update(state=state)
    found = next(one for one in Upload._meta.constraints if one.name == constraint)
    with pytest.raises(ValidationError) as refused:
        found.validate(Upload, Upload(state=state))
    assert refused.value.messages[0].endswith(".")


def test_every_act_is_recorded(sanne: Visitor) -> None:
    """Typing, changing, confirming and undoing leave an act with who did it."""
    sanne.post("/provider/activities/new", {"title": "Boren", "code": "B1", "runs": "0"})
    version = str(Activity.objects.get().current_id)
    sanne.post(sanne.place.split("?")[0], {"title": "Boren 2", "runs": "0", "version": version})
    sanne.upload(GOOD)
    confirm(sanne)
    sanne.send(f"/provider/uploads/{latest().pk}/undo")
    told = list(Act.objects.order_by("pk").values_list("act", "actor_kind"))
    assert told == [(act, "person") for act in ("entered", "changed", "confirmed", "undone")]
