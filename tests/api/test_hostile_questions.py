"""Questions over GraphQL that ask for too much: what is refused, and how little it costs."""

import base64
from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx
import pytest
from graphql import parse

from api.graphql_types.schema import SCHEMA
from api.limits import QUESTIONS, Limits, check_document
from schema.ontology import ONTOLOGY
from tests.api.test_limits import AT_ONCE, quickest

DEPARTMENT = "department:eksempel/beredskab"
SYNERGIES = f'synergies(department: "{DEPARTMENT}", first: 100) {{ totalCount }}'
TARGETS = 'transferability(solution: "solution:sms-service", first: 100) { totalCount }'
CANDIDATES = f'transferability(department: "{DEPARTMENT}") {{ totalCount }}'


def related(count: int) -> str:
    same = ", ".join(['"municipality:eksempel"'] * count)
    return f"departments(relatedTo: [{same}]) {{ totalCount }}"


def cursor(place: object) -> str:
    return base64.urlsafe_b64encode(f"place:{place}".encode()).decode()


def often(field: str, times: int = 30) -> str:
    return "{ " + " ".join(f"a{n}: {field}" for n in range(times)) + " }"


@pytest.fixture(scope="module")
def asking(example_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=example_address, timeout=30) as client:
        yield client


def answered(asking: httpx.Client, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = asking.post("/graphql", json={"query": query}).json()
    return answer


def code(answer: dict[str, Any]) -> str:
    return str(answer["errors"][0]["extensions"]["code"])


def test_every_field_that_is_reckoned_over_the_whole_graph_is_weighed_as_a_question() -> None:
    query = SCHEMA._schema.query_type
    assert query is not None
    looked_up = {"node", "nodes", "revision", "loads"}
    looked_up |= {kind.key for kind in ONTOLOGY.node_kinds}
    looked_up |= {kind.plural.en for kind in ONTOLOGY.node_kinds}
    assert set(query.fields) - looked_up == QUESTIONS


def test_a_question_costs_for_each_answer_that_it_can_give() -> None:
    few = parse(often(SYNERGIES.replace("100", "5"), 10))
    assert check_document(few, SCHEMA._schema, {}, Limits()) == []
    many = parse(often(SYNERGIES, 10))
    (said,) = check_document(many, SCHEMA._schema, {}, Limits())
    assert said.code == "query-too-costly"


@pytest.mark.parametrize("field", [SYNERGIES, TARGETS, CANDIDATES], ids=lambda each: each[:15])
def test_a_question_asked_again_and_again_is_refused_within_milliseconds(
    asking: httpx.Client, field: str
) -> None:
    spent, answer = quickest(lambda: answered(asking, often(field)))
    assert code(answer) == "query-too-costly"
    assert spent < AT_ONCE


def test_a_list_is_narrowed_by_few_nodes_and_each_of_them_once(asking: httpx.Client) -> None:
    spent, answer = quickest(lambda: answered(asking, often(related(30), 5)))
    assert answer["data"]["a0"] == answered(asking, "{ " + related(1) + " }")["data"]["departments"]
    assert spent < AT_ONCE
    different = ", ".join(f'"solution:x{n}"' for n in range(21))
    query = f"{{ departments(relatedTo: [{different}]) {{ totalCount }} }}"
    assert code(answered(asking, query)) == "bad-argument"


def test_lists_narrowed_by_many_nodes_again_and_again_are_refused_within_milliseconds(
    asking: httpx.Client,
) -> None:
    fields = often("departments(relatedTo: $ids) { totalCount }")
    query = {
        "query": f"query($ids: [ID!]!) {fields}",
        "variables": {"ids": ["municipality:eksempel"] * 1_000},
    }
    spent, answer = quickest(lambda: asking.post("/graphql", json=query).json())
    assert code(answer) == "query-too-costly"
    assert spent < AT_ONCE


@pytest.mark.parametrize("field", [SYNERGIES, TARGETS, CANDIDATES], ids=lambda each: each[:15])
def test_a_cursor_far_behind_the_end_costs_nothing(asking: httpx.Client, field: str) -> None:
    far = field.replace(
        ") {",
        f', after: "{cursor(999_999)}") {{ edges {{ cursor }} pageInfo {{ hasNextPage endCursor }}',
    )
    answered(asking, "{ " + field + " }")
    spent, answer = quickest(lambda: answered(asking, "{ " + far + " }"))
    (found,) = answer["data"].values()
    assert found["totalCount"] > 0
    assert found["edges"] == []
    assert found["pageInfo"] == {"hasNextPage": False, "endCursor": None}
    assert spent < AT_ONCE


@pytest.mark.parametrize("place", ["9" * 5_000, 2**63, 10**9, "²", "-1", ""])
def test_a_cursor_that_no_list_gave_is_refused(asking: httpx.Client, place: object) -> None:
    after = cursor(place)
    for field in (
        "solutions",
        'path(from: "solution:sms-service", to: "technology:iot")',
        f'synergies(department: "{DEPARTMENT}")',
    ):
        at = (
            field.replace(")", f', after: "{after}")')
            if ")" in field
            else (f'{field}(after: "{after}")')
        )
        assert code(answered(asking, f"{{ {at} {{ totalCount }} }}")) == "bad-argument"


def test_the_pages_of_a_departments_candidates_are_joined_the_whole_list(
    asking: httpx.Client,
) -> None:
    ask = partial(answered, asking)
    query = """{ transferability(department: "%s", first: %d%s) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { solution { id } } } } }"""
    whole = ask(query % (DEPARTMENT, 100, ""))["data"]["transferability"]
    seen, after = [], ""
    for _ in range(30):
        page = ask(query % (DEPARTMENT, 5, after))["data"]["transferability"]
        seen += page["edges"]
        after = f', after: "{page["pageInfo"]["endCursor"]}"'
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == whole["totalCount"]
    assert seen == whole["edges"]


def test_a_question_that_fails_leaves_the_other_answers_standing(asking: httpx.Client) -> None:
    unknown = 'synergies(department: "department:x/y") { totalCount }'
    answer = answered(asking, f"{{ revision {unknown} overview {{ unsolvedCount }} }}")
    assert code(answer) == "unknown-id"
    assert answer["data"]["synergies"] is None
    assert answer["data"]["revision"] > 0
    assert answer["data"]["overview"]["unsolvedCount"] > 0
