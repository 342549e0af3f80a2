"""The questions over GraphQL, asked of the whole server over the example municipalities."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.graphql_upload import UPLOAD_HEADER
from graph import synergy, transfer
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from schema.field import Value
from schema.ontology import ONTOLOGY
from schema.records import Provenance
from tests.api.server import running_server
from tests.api.site import EXAMPLE, example_store, site_app

CARE = "department:eksempel/sundhed-og-omsorg"
SMS = "solution:sms-service"

# These two stand in the documentation as they are.
SYNERGIES = """
{ synergies(department: "department:eksempel/sundhed-og-omsorg", first: 5) {
    totalCount edges { node { kind score partner { id name } giver { id } receiver { id }
      parts { name weight value }
      evidence { node { id name } explanation source { file sheet row column } } } } } }
"""
TRANSFERABILITY = """
{ transferability(solution: "solution:sms-service", first: 5) {
    totalCount edges { node { outcome department { id name municipality { name } }
      fit { score coverage parts { name weight value known } }
      likelihood { score parts { name value } }
      gaps { part node { id name } has needs explanation } } } } }
"""


class CountingStore(SqliteStore):
    """A store that counts what it is asked for."""

    calls = 0

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        self.calls += 1
        return super().details(elements)

    def sources(
        self, elements: Sequence[str], first: int | None = None
    ) -> dict[str, list[Provenance]]:
        self.calls += 1
        return super().sources(elements, first)

    def source_counts(self, elements: Sequence[str]) -> dict[str, int]:
        self.calls += 1
        return super().source_counts(elements)


class Asker:
    """Asks over GraphQL and gives the data of an answer without errors."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def __call__(self, query: str, language: str = "da", **variables: object) -> Any:
        answer = self.raw(query, language, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def raw(self, query: str, language: str = "da", **variables: object) -> Any:
        sent = {"query": query, "variables": variables}
        return self.client.post("/graphql", json=sent, headers={"accept-language": language}).json()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CountingStore]:
    path = tmp_path_factory.mktemp("graphql") / "example.sqlite"
    example_store(path).close()
    store = CountingStore(path)
    yield store
    store.close()


@pytest.fixture(scope="module")
def ask(store: CountingStore) -> Iterator[Asker]:
    with (
        running_server(site_app(store)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield Asker(client)


def nodes(connection: Any) -> list[Any]:
    return [edge["node"] for edge in connection["edges"]]


def test_the_synergies_of_a_department_are_those_of_the_graph(
    ask: Asker, store: SqliteStore
) -> None:
    found = ask(SYNERGIES)["synergies"]
    expected = synergy.best_synergies(LiveGraph(store).snapshot(), CARE, first=5)

    assert found["totalCount"] == expected.total
    assert [(n["kind"].lower(), n["partner"]["id"]) for n in nodes(found)] == [
        (one.kind, one.partner) for one in expected.items
    ]
    for node, one in zip(nodes(found), expected.items, strict=True):
        assert node["score"] == pytest.approx(one.score)
        assert [e["node"]["id"] for e in node["evidence"]] == [e.node for e in one.evidence]
        assert all(e["source"] and e["explanation"] for e in node["evidence"])
        assert (node["giver"] is None) == (one.giver is None)


def test_the_transfers_of_a_solution_are_those_of_the_graph(ask: Asker, store: SqliteStore) -> None:
    found = ask(TRANSFERABILITY)["transferability"]
    expected = transfer.best_targets(LiveGraph(store).snapshot(), SMS, first=5)

    assert found["totalCount"] == expected.total
    assert [(n["outcome"].lower(), n["department"]["id"]) for n in nodes(found)] == [
        (one.outcome.key, one.department) for one in expected.items
    ]
    for node, one in zip(nodes(found), expected.items, strict=True):
        assert node["fit"]["score"] == pytest.approx(one.fit.score)
        assert [part["known"] for part in node["fit"]["parts"]] == [p.known for p in one.fit.parts]
        assert [gap["part"] for gap in node["gaps"]] == [gap.part for gap in one.gaps]


def test_a_card_says_potential_opportunities_and_obstacles(ask: Asker) -> None:
    query = """query($s: ID!) { transferability(solution: $s, first: 1) { edges { node {
        label card { potential opportunities obstacles } } } } }"""
    (danish,) = nodes(ask(query, s=SMS)["transferability"])
    (english,) = nodes(ask(query, "en", s=SMS)["transferability"])
    assert danish["card"]["potential"]
    assert danish["label"] != english["label"]
    assert len(danish["card"]["obstacles"]) == len(english["card"]["obstacles"])


def test_every_relationship_can_be_followed_both_ways_with_its_own_fields(ask: Asker) -> None:
    query = """query($id: ID!) { department(id: $id) { uses(first: 50) { edges {
        status background sources { file sheet row } node { id usedBy(first: 50) { edges {
        status node { id } } } } } } } }"""
    edges = ask(query, id=CARE)["department"]["uses"]["edges"]
    assert edges
    for edge in edges:
        assert edge["status"] in {"IN_USE", "PILOT", "PLANNED", "RETIRED"}
        assert edge["sources"]
        back = {e["node"]["id"]: e["status"] for e in edge["node"]["usedBy"]["edges"]}
        assert back[CARE] == edge["status"]


def test_each_kind_has_a_field_and_a_filtered_connection(ask: Asker, store: SqliteStore) -> None:
    snapshot = LiveGraph(store).snapshot()
    for kind in ONTOLOGY.node_kinds:
        plural = kind.plural.en
        found = ask(f"{{ {plural}(first: 1) {{ totalCount edges {{ node {{ id }} }} }} }}")[plural]
        assert found["totalCount"] == len(snapshot.nodes(kind.key))
        (first,) = nodes(found)
        one = ask(f"query($id: ID!) {{ {kind.key}(id: $id) {{ id name }} }}", id=first["id"])
        assert one[kind.key]["id"] == first["id"]


def test_lists_are_narrowed_by_words_relationships_and_search(ask: Asker) -> None:
    pilots = (
        "query($id: ID!) { department(id: $id) { uses(status: [PILOT]) { edges { status } } } }"
    )
    found = ask(pilots, id=CARE)["department"]["uses"]["edges"]
    assert {edge["status"] for edge in found} <= {"PILOT"}
    related = (
        "query($id: ID!) { solutions(relatedTo: [$id], first: 100) { edges { node { id } } } }"
    )
    assert SMS in {node["id"] for node in nodes(ask(related, id=CARE)["solutions"])}
    searched = '{ solutions(matching: "sms") { edges { node { id } } } }'
    assert SMS in {node["id"] for node in nodes(ask(searched)["solutions"])}


def test_pages_follow_each_other_without_gap_or_overlap(ask: Asker) -> None:
    query = """query($after: String) { solutions(first: 40, after: $after) { totalCount
        pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
    seen: list[str] = []
    after = None
    while True:
        found = ask(query, after=after)["solutions"]
        seen += [node["id"] for node in nodes(found)]
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]
    assert len(seen) == len(set(seen)) == found["totalCount"]


def test_the_other_questions_answer(ask: Asker) -> None:
    found = ask(
        """query($sms: ID!, $care: ID!) {
        revision
        whoElse(node: $sms, besides: $care) { totalCount edges { node { explanation
            department { id } source { file row } } } }
        unsolvedProblems(municipality: "municipality:eksempel", first: 3) { totalCount edges {
            node { problem { name } facing { priority department { id } } solvedElsewhere
            solvers { solution { id } inUse { id } } } } }
        proposals(first: 3) { totalCount edges { node { decision department { id }
            solution { name } existing { solution { id } departments { name } } } } }
        path(from: $care, to: "technology:iot") { totalCount edges { node { nodes { id }
            steps { explanation relation rows { file } } } } }
        search(matching: "pleje", first: 5) { edges { node { by node { id name } } } }
        overview(municipality: "municipality:eksempel") { kinds { key number } unsolvedCount
            departments { node { id } total counts { purpose count } } lacks { key number of } }
        loads(first: 3) { totalCount edges { node { number source stands revision } } }
        }""",
        sms=SMS,
        care=CARE,
    )
    assert found["revision"] == found["loads"]["totalCount"]
    assert CARE not in {n["department"]["id"] for n in nodes(found["whoElse"])}
    assert found["unsolvedProblems"]["totalCount"] == found["overview"]["unsolvedCount"]
    assert nodes(found["proposals"])
    way = nodes(found["path"])[0]
    assert (way["nodes"][0]["id"], way["nodes"][-1]["id"]) == (CARE, "technology:iot")
    assert all(step["rows"] for step in way["steps"])
    assert nodes(found["search"])


def test_nodes_come_by_id_and_an_unknown_one_is_said_so(ask: Asker) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }"
    found = ask(query, ids=[SMS, "solution:findes-ikke", CARE])["nodes"]
    assert [one and one["__typename"] for one in found] == ["Solution", None, "Department"]
    answer = ask.raw('{ node(id: "solution:findes-ikke") { id } }')
    assert answer["errors"][0]["extensions"]["code"] == "unknown-id"
    assert "solution:findes-ikke" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    "query",
    [
        "{ solutions(first: 101) { totalCount } }",
        '{ solutions(after: "nonsense") { totalCount } }',
        "{ transferability { totalCount } }",
        f'{{ synergies(department: "{CARE}", partner: "{CARE}") {{ totalCount }} }}',
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_code(ask: Asker, query: str) -> None:
    (error,) = ask.raw(query)["errors"]
    assert error["extensions"]["code"] == "bad-argument"


def test_a_value_that_cannot_be_used_is_told_in_whole_sentences(ask: Asker) -> None:
    (error,) = ask.raw("{ solutions(first: 101) { totalCount } }")["errors"]
    assert "„first“ skal være 0 til 100, ikke 101. Ret" in error["message"]


def test_an_id_of_another_kind_is_told_as_such(ask: Asker) -> None:
    (error,) = ask.raw(f'{{ solution(id: "{CARE}") {{ id }} }}')["errors"]
    assert error["extensions"]["code"] == "id-of-other-kind"
    assert "(forvaltning)" in error["message"]
    assert "(løsning)" in error["message"]


@pytest.mark.parametrize("first", [2, 40])
def test_the_store_is_asked_in_batches_however_large_the_page(
    ask: Asker, store: CountingStore, first: int
) -> None:
    store.calls = 0
    ask(
        """query($first: Int!) { departments(first: $first) { edges { node { description sources {
        row } uses(first: 20) { edges { background sources { row } node { description solves(
        first: 5) { edges { sources { row } node { description } } } } } } } } } }""",
        first=first,
    )
    assert store.calls <= 8


def test_the_rows_behind_a_node_are_shown_so_many_at_a_time(
    ask: Asker, store: CountingStore
) -> None:
    query = """query($first: Int!) { solutions(first: 90) { edges { node { id sourceCount
        few: sources(first: $first) { load row } some: sources { load row } } } } }"""
    found = nodes(ask(query, first=2)["solutions"])
    said = store.sources([node["id"] for node in found])
    assert all(node["few"] == node["some"][:2] for node in found)
    assert all(node["sourceCount"] == len(said[node["id"]]) for node in found)
    assert 2 < max(len(node["some"]) for node in found) <= 20
    edge = ask("""{ solution(id: "solution:sms-service") { usedBy(first: 1) { edges {
        sourceCount sources(first: 1) { row } } } } }""")["solution"]["usedBy"]["edges"][0]
    assert edge["sourceCount"] >= len(edge["sources"]) == 1
    for first in (-1, 101):
        (error,) = ask.raw(query, first=first)["errors"]
        assert error["extensions"]["code"] == "bad-argument"


def test_no_evidence_shows_more_rows_than_a_reader_can_look_up(ask: Asker) -> None:
    query = """{ technology: path(from: "municipality:eksempel", to: "technology:sms") { edges {
        node { steps { rows { row } } } } }
        synergies(department: "department:eksempel/it-og-digitalisering", first: 20) { edges {
        node { evidence { source { row } } } } } }"""
    found = ask(query)
    rows = [e["source"] for n in nodes(found["synergies"]) for e in n["evidence"]]
    rows += [step["rows"] for n in nodes(found["technology"]) for step in n["steps"]]
    assert rows
    assert max(map(len, rows)) <= 20


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Asker]:
    """A server with an empty store of its own."""
    store = SqliteStore(tmp_path / "own.sqlite")
    with (
        running_server(site_app(store)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield Asker(client)
    store.close()


LOAD = """mutation($files: [Upload!]!, $dryRun: Boolean!) {
    loadSheets(files: $files, dryRun: $dryRun) { source number revision nothingNew failed
    counts { verdict count } messages { code text file row } rows(first: 2) { totalCount
    edges { node { verdict about row } } } } }"""


def upload(ask: Asker, path: Path, dry_run: bool, headers: dict[str, str] | None = None) -> Any:
    operations = {"query": LOAD, "variables": {"files": [None], "dryRun": dry_run}}
    form = {"operations": json.dumps(operations), "map": '{"0": ["variables.files.0"]}'}
    with path.open("rb") as file:
        return ask.client.post(
            "/graphql",
            data=form,
            files={"0": (path.name, file)},
            headers={UPLOAD_HEADER: "1"} if headers is None else headers,
        )


def test_sheets_are_tried_loaded_undone_and_taken_back(own: Asker) -> None:
    path = EXAMPLE / "fjordby.ods"
    (tried,) = upload(own, path, dry_run=True).json()["data"]["loadSheets"]
    assert (tried["number"], tried["failed"]) == (None, False)
    assert own("{ revision }") == {"revision": 0}

    (loaded,) = upload(own, path, dry_run=False).json()["data"]["loadSheets"]
    assert (loaded["number"], loaded["revision"]) == (1, 1)
    assert loaded["rows"]["totalCount"] == tried["rows"]["totalCount"]
    assert upload(own, path, dry_run=False).json()["data"]["loadSheets"][0]["nothingNew"]

    assert own("mutation { undoLoad(number: 1) { revision } }")["undoLoad"]["revision"] == 2
    assert own("{ solutions { totalCount } }")["solutions"]["totalCount"] == 0
    assert own("mutation { redoLoad(number: 1) { revision } }")["redoLoad"]["revision"] == 3
    answer = own.raw("mutation { undoLoad(number: 7) { revision } }")
    assert answer["errors"][0]["extensions"]["code"] == "load-unknown"
    answer = own.raw("mutation { redoLoad(number: 1) { revision } }")
    assert answer["errors"][0]["extensions"]["code"] == "load-stands-already"


def test_an_upload_needs_a_header_that_no_foreign_page_can_send(own: Asker) -> None:
    refused = upload(own, EXAMPLE / "fjordby.ods", dry_run=False, headers={})
    assert refused.json()["errors"][0]["extensions"]["code"] == "upload-header"
    assert own("{ revision }") == {"revision": 0}


def test_a_server_that_only_shows_changes_nothing(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "shown.sqlite")
    with (
        running_server(site_app(store, writes=False)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        answer = upload(Asker(client), EXAMPLE / "fjordby.ods", dry_run=False).json()
    assert answer["errors"][0]["extensions"]["code"] == "not-allowed"
    assert store.revision() == 0
    store.close()
