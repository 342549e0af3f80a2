"""Handing sheets in on a page: what they would do first, then a yes, and undoing it again."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.sqlite_store import SqliteStore
from tests.api.reading_pages import told_on
from tests.api.server import running_server
from tests.api.site import site_app

LOADS = "/indlaesninger"
GOOD = (
    "Kommune;Forvaltning;Løsning;Status;Problemer\n"
    "Eksempel;Sundhed;SMS-service;i brug;Ventetid\n"
    "Eksempel;Teknik;Drone;pilot;\n"
)
FEWER = "Kommune;Forvaltning;Løsning;Status\nEksempel;Sundhed;SMS-service;udfaset\n"
BAD = GOOD + "Eksempel;Teknik;Robot;i burg;\n"


class Clerk:
    """Someone with a browser of their own, who hands sheets in."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(
            base_url=address, follow_redirects=True, timeout=30, headers={"accept-language": "da"}
        )

    def token(self, page: str | None = None) -> str:
        found = re.search(r'name="form_token" value="(\w+)"', page or self.client.get(LOADS).text)
        assert found is not None
        return found[1]

    def hand_in(self, content: str | bytes, name: str = "ark.csv", **fields: str) -> httpx.Response:
        sent = content.encode() if isinstance(content, str) else content
        data = {"form_token": self.token(), **fields}
        return self.client.post(LOADS, data=data, files={"files": (name, sent)})

    def press(self, action: str, page: httpx.Response, **fields: str) -> httpx.Response:
        held = re.search(r'name="token" value="([\w-]+)"', page.text)
        data = {"form_token": self.token(page.text), **fields}
        if held is not None:
            data["token"] = held[1]
        return self.client.post(action, data=data)

    def say_yes(self, page: httpx.Response) -> httpx.Response:
        return self.press(f"{LOADS}/bekraeft", page)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "graph.sqlite")
    yield made
    made.close()


@pytest.fixture
def address(store: SqliteStore) -> Iterator[str]:
    with running_server(site_app(store)) as running:
        yield running


@pytest.fixture
def clerk(address: str) -> Iterator[Clerk]:
    someone = Clerk(address)
    yield someone
    someone.client.close()


def test_sheets_are_shown_confirmed_undone_and_done_again(clerk: Clerk, store: SqliteStore) -> None:
    trial = clerk.hand_in(GOOD)
    assert "Intet er indlæst endnu." in trial.text
    assert "2 ny" in trial.text
    assert store.revision() == 0

    done = clerk.say_yes(trial)
    assert "Indlæst som nr. 1." in done.text
    assert "SMS-service" in clerk.client.get("/loesninger").text
    assert told_on(done.text)["Kilde"] == ["ark.csv"]
    assert told_on(done.text)["Hvem"] == ["web"]

    load = clerk.client.get(f"{LOADS}/1")
    assert "2 løsninger" in load.text
    undone = clerk.press(f"{LOADS}/1/fortryd", load)
    assert "Nr. 1 er fortrudt." in undone.text
    assert clerk.client.get("/loesning/sms-service").status_code == 404

    again = clerk.press(f"{LOADS}/1/gendan", clerk.client.get(f"{LOADS}/1"))
    assert "Nr. 1 gælder igen." in again.text
    assert clerk.client.get("/loesning/sms-service").status_code == 200
    assert store.revision() == 3


def test_a_refused_row_says_where_and_why_and_nothing_is_changed(
    clerk: Clerk, store: SqliteStore
) -> None:
    trial = clerk.hand_in(BAD)
    assert "række 4" in trial.text
    assert "Kolonne D: „i burg“ er ikke et af ordene" in trial.text
    assert "word-unknown" in trial.text
    assert f'action="{LOADS}/bekraeft"' not in trial.text
    assert "Indlæst som" not in clerk.say_yes(trial).text
    assert store.revision() == 0


def test_the_rest_can_be_loaded_without_handing_the_file_in_again(
    clerk: Clerk, store: SqliteStore
) -> None:
    trial = clerk.press(f"{LOADS}/igen", clerk.hand_in(BAD), skip_refused="1")
    assert "1 afvist" in trial.text
    assert "Indlæst som nr. 1." in clerk.say_yes(trial).text
    assert store.revision() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01 not a sheet", "not-a-spreadsheet"),
        (b"%PDF-1.4 \n%\xe2\xe3", "not-a-spreadsheet"),
        (b"", "empty-workbook"),
        ("a;b\n1;2\n", "no-known-column"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_and_changes_nothing(
    content: str | bytes, code: str, clerk: Clerk, store: SqliteStore
) -> None:
    trial = clerk.hand_in(content)
    assert trial.status_code == 200
    assert code in trial.text
    assert "Der er intet at indlæse." in trial.text
    assert store.revision() == 0


def test_without_a_file_the_form_says_what_is_missing(clerk: Clerk) -> None:
    answer = clerk.hand_in(b"", name="")
    assert answer.status_code == 400
    assert "Vælg mindst én fil." in answer.text


def test_rows_that_fall_are_shown_before_they_do(clerk: Clerk, store: SqliteStore) -> None:
    clerk.say_yes(clerk.hand_in(GOOD))
    trial = clerk.hand_in(FEWER, remove_missing="1")
    assert "Indlæs, og lad 1 række falde bort" in trial.text
    assert "Teknik bruger Drone" in trial.text
    assert "Forsvinder fra grafen:" in trial.text
    assert clerk.client.get("/loesning/drone").status_code == 200
    clerk.say_yes(trial)
    assert clerk.client.get("/loesning/drone").status_code == 404


def test_several_files_under_one_source_are_one_load(clerk: Clerk, store: SqliteStore) -> None:
    data = {"form_token": clerk.token(), "source": "Kortlægning", "municipality": "Eksempel"}
    other = "Forvaltning;Problem\nSundhed;Ventetid\n"
    files = [("files", ("a.csv", GOOD.encode())), ("files", ("b.csv", other.encode()))]
    done = clerk.say_yes(clerk.client.post(LOADS, data=data, files=files))
    assert "Indlæst som nr. 1." in done.text
    (load,) = store.loads()
    assert (load.source, load.files) == ("Kortlægning", ("a.csv", "b.csv"))


def test_what_was_shown_is_shown_anew_where_the_graph_has_moved(
    clerk: Clerk, address: str, store: SqliteStore
) -> None:
    first = clerk.hand_in(GOOD)
    other = Clerk(address)
    other.say_yes(other.hand_in(FEWER, name="andet.csv"))
    moved = clerk.say_yes(first)
    assert "Grafen er ændret, siden du så rapporten." in moved.text
    assert store.revision() == 1
    assert "Indlæst som nr. 2." in clerk.say_yes(moved).text
    other.client.close()


def test_another_browser_can_neither_see_nor_confirm_what_was_handed_in(
    clerk: Clerk, address: str, store: SqliteStore
) -> None:
    trial = clerk.hand_in(GOOD)
    other = Clerk(address)
    assert "Filerne ligger her ikke længere" in other.client.get(trial.url.path).text
    held = re.search(r'name="token" value="([\w-]+)"', trial.text)
    assert held is not None
    data = {"form_token": other.token(), "token": held[1]}
    assert "Filerne ligger her ikke" in other.client.post(f"{LOADS}/bekraeft", data=data).text
    assert store.revision() == 0
    other.client.close()


def test_dropped_files_are_gone(clerk: Clerk, store: SqliteStore) -> None:
    trial = clerk.hand_in(GOOD)
    assert "Filerne er kasseret." in clerk.press(f"{LOADS}/kasser", trial).text
    assert "Filerne ligger her ikke længere" in clerk.say_yes(trial).text
    assert store.revision() == 0


@pytest.mark.parametrize("action", ["", "/bekraeft", "/igen", "/kasser", "/1/fortryd", "/1/gendan"])
def test_no_form_is_taken_without_its_token(action: str, clerk: Clerk, store: SqliteStore) -> None:
    clerk.say_yes(clerk.hand_in(GOOD))
    answer = clerk.client.post(f"{LOADS}{action}", data={"token": "x"})
    assert answer.status_code == 403
    assert store.revision() == 1


def test_undoing_what_is_undone_is_refused(clerk: Clerk, store: SqliteStore) -> None:
    clerk.say_yes(clerk.hand_in(GOOD))
    load = clerk.client.get(f"{LOADS}/1")
    clerk.press(f"{LOADS}/1/fortryd", load)
    assert clerk.press(f"{LOADS}/1/fortryd", load).status_code == 400
    assert store.revision() == 2


def test_the_name_of_a_file_never_becomes_a_path(clerk: Clerk) -> None:
    trial = clerk.hand_in(GOOD, name="../../etc/<b>ark.csv")
    assert "<b>ark" not in trial.text
    assert "&lt;b&gt;ark.csv" in trial.text
    assert "etc" not in trial.text.split("<main")[1]


def test_a_server_that_only_shows_has_no_form_and_says_why(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "shown.sqlite")
    with running_server(site_app(store, writes=False)) as address:
        page = httpx.get(f"{address}{LOADS}", headers={"accept-language": "da"}).text
        sent = httpx.post(f"{address}{LOADS}", data={"form_token": "x"})
    store.close()
    assert "Her kan intet ændres" in page
    assert 'type="file"' not in page
    assert sent.status_code == 403
