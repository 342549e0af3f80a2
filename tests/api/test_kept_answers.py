"""Answers that are kept: for who asks the same, of the revision that stands, and no longer."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api.kept_answers import Kept, KeptAnswers, key_of
from graph.sqlite_store import SqliteStore
from schema.field import Value
from tests.api.server import running_server
from tests.api.site import site_app
from tests.graph.loads import apply, says, uses

SMS = "solution:sms"
QUERY = '{ revision solution(id: "solution:sms") { description usedBy { totalCount } } }'
PAGE = "/loesning/sms"
REVISION = "x-graph-revision"


class CountingStore(SqliteStore):
    """A store that counts how often it is asked for details."""

    asked = 0

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        self.asked += 1
        return super().details(elements)


def load_another(store: SqliteStore) -> None:
    """The load whose number is the revision that it makes; the description tells it."""
    number = store.revision() + 1
    told = [says((SMS, "name", "SMS"), (SMS, "description", f"nr. {number}."))]
    apply(store, f"{number}.xlsx", [*told, uses(f"eksempel/d{number}", "sms", row=2)])


@contextmanager
def serving(path: Path) -> Iterator[tuple[CountingStore, httpx.Client]]:
    store = CountingStore(path / "graph.sqlite")
    load_another(store)
    with (
        running_server(site_app(store)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield store, client
    store.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[CountingStore, httpx.Client]]:
    with serving(tmp_path) as each:
        yield each


def test_the_same_query_is_answered_once_at_a_revision(
    served: tuple[CountingStore, httpx.Client],
) -> None:
    store, client = served
    first, second = (client.post("/graphql", json={"query": QUERY}) for _ in range(2))
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert (first.headers[REVISION], second.headers[REVISION]) == ("1", "1")
    assert store.asked == 1
    load_another(store)
    third = client.post("/graphql", json={"query": QUERY})
    assert third.json()["data"]["solution"]["description"] == "nr. 2."
    assert third.headers[REVISION] == "2"


def test_the_same_page_is_made_once_at_a_revision(
    served: tuple[CountingStore, httpx.Client],
) -> None:
    store, client = served
    first, second = client.get(PAGE), client.get(PAGE)
    assert first.content == second.content
    assert store.asked == 1
    load_another(store)
    third = client.get(PAGE)
    assert "nr. 2." in third.text
    assert "nr. 1." not in third.text


@pytest.mark.parametrize("address", [PAGE, f"/graphql?query={QUERY}"])
def test_who_has_an_answer_already_is_told_so_without_it(
    served: tuple[CountingStore, httpx.Client], address: str
) -> None:
    store, client = served
    given = client.get(address)
    assert given.headers["cache-control"] == "private, no-cache"
    for tag in (given.headers["etag"], f'"x", W/{given.headers["etag"]}', "*"):
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == given.headers["etag"]
        assert again.headers["vary"] == given.headers["vary"]
    load_another(store)
    new = client.get(address, headers={"if-none-match": given.headers["etag"]})
    assert new.status_code == 200
    assert new.headers["etag"] != given.headers["etag"]


def test_languages_and_media_types_are_kept_apart(
    served: tuple[CountingStore, httpx.Client],
) -> None:
    _, client = served
    danish, english = (
        client.get(PAGE, headers={"accept-language": language}).text for language in ("da", "en")
    )
    assert 'lang="da"' in danish
    assert 'lang="en"' in english
    assert client.get(PAGE, headers={"cookie": "lang=en"}).text == english
    types = {"application/json", "application/graphql-response+json"}
    for media in types:
        answer = client.post("/graphql", json={"query": QUERY}, headers={"accept": media})
        assert answer.headers["content-type"].startswith(media)


def test_what_failed_or_changes_something_is_not_kept(
    served: tuple[CountingStore, httpx.Client],
) -> None:
    store, client = served
    missing = '{ solution(id: "solution:x") { name } }'
    answers = [client.post("/graphql", json={"query": missing}) for _ in range(2)]
    assert all(each.headers["cache-control"] == "no-store" for each in answers)
    assert "etag" not in answers[0].headers
    undo = {"query": "mutation { undoLoad(number: 1) { revision } }"}
    assert client.post("/graphql", json=undo).json()["data"] == {"undoLoad": {"revision": 2}}
    assert "errors" in client.post("/graphql", json=undo).json()
    assert store.revision() == 2


def test_a_page_with_a_visitors_own_form_is_not_shown_to_another(
    served: tuple[CountingStore, httpx.Client],
) -> None:
    _, client = served
    pages = [httpx.get(f"{client.base_url}/indlaesninger") for _ in range(2)]
    assert all("set-cookie" in page.headers for page in pages)
    assert pages[0].text != pages[1].text
    assert "etag" not in pages[0].headers


def test_every_answer_is_of_the_revision_that_it_names_while_loads_come(tmp_path: Path) -> None:
    loads, askers = 12, 4
    with serving(tmp_path) as (store, client):
        done = threading.Event()
        wrong: list[str] = []

        def ask() -> None:
            with httpx.Client(base_url=client.base_url, timeout=30) as own:
                newest = 0
                while not done.is_set() or newest < loads:
                    known = store.revision()
                    answer = own.post("/graphql", json={"query": QUERY})
                    page = own.get(PAGE)
                    newest = int(answer.headers[REVISION])
                    found = answer.json()["data"]
                    solution = {
                        "description": f"nr. {newest}.",
                        "usedBy": {"totalCount": newest},
                    }
                    if found != {"revision": newest, "solution": solution} or newest < known:
                        wrong.append(answer.text)
                    shown = int(page.headers[REVISION])
                    if f"nr. {shown}." not in page.text or shown < newest:
                        wrong.append(page.text)

        threads = [threading.Thread(target=ask) for _ in range(askers)]
        for thread in threads:
            thread.start()
        while store.revision() < loads:
            load_another(store)
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def kept(revision: int, size: int = 100) -> Kept:
    return Kept.of(revision, b"x" * size, "text/plain")


def test_answers_of_an_older_revision_go_and_are_not_kept_again() -> None:
    answers = KeptAnswers(100_000)
    one, two = key_of("a"), key_of("b")
    answers.keep(one, kept(1))
    assert answers.find(one, 1) is not None
    assert answers.find(one, 2) is None
    answers.keep(two, kept(2))
    assert answers.find(one, 1) is None
    answers.keep(one, kept(1))
    assert answers.find(one, 1) is None


def test_the_room_is_bounded_and_those_asked_for_last_stay() -> None:
    answers = KeptAnswers(20_000)
    keys = [key_of(str(number)) for number in range(20)]
    for key in keys:
        answers.keep(key, kept(1, 1_000))
        answers.find(keys[0], 1)
    assert answers.size <= 20_000
    assert answers.find(keys[0], 1) is not None
    assert answers.find(keys[1], 1) is None
    assert answers.find(keys[-1], 1) is not None
    answers.keep(key_of("large"), kept(1, 10_000))
    assert answers.find(key_of("large"), 1) is None


def test_keys_tell_apart_what_is_asked_for_in_other_pieces() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("a", b"b") == key_of(b"a", "b")
