"""Limits on what one may ask for: what passes, what does not, and how little refusing costs."""

import time
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import TypeVar

import pytest
from graphql import get_introspection_query, parse
from httpx import Client

from api.limits import Limits, check_document
from api.list_size import Lists
from api.query_size import CEILING, DocumentSize, measure
from tests.api.small_schema import small_schema

SCHEMA = small_schema()._schema
LIMITS = Limits()
# In seconds: tens of milliseconds, with room for a machine that has other things to do.
AT_ONCE = 1.0  # seconds, on a busy machine

T = TypeVar("T")

NESTED = """
query Page($departments: Int = 50) {
  departments(first: $departments) { totalCount edges { node { id name
    solutions(first: 20) { totalCount edges { node { id name
      problems(first: 10) { totalCount edges { node { id name } } } } } } } } }
}
"""


def size(query: str, **variables: object) -> DocumentSize:
    lists = Lists(LIMITS.page, LIMITS.plain_list, variables)
    return measure(parse(query), SCHEMA, lists)


def refused(query: str, **variables: object) -> list[str]:
    return [said.code for said in check_document(parse(query), SCHEMA, variables, LIMITS)]


def quickest(run: Callable[[], T]) -> tuple[float, T]:
    """The seconds of the quickest of three runs, and what it gave."""
    spent: list[float] = []
    for _ in range(3):
        started = time.perf_counter()
        given = run()
        spent.append(time.perf_counter() - started)
    return min(spent), given


def doubling(count: int) -> str:
    """Fragments each of which contains the next one twice: written out, 2 ** count fields."""
    chain = " ".join(
        f"fragment F{n} on Department {{ a: parent {{ ...F{n + 1} }} b: parent {{ ...F{n + 1} }} }}"
        for n in range(count)
    )
    return f"{{ departments {{ edges {{ node {{ ...F0 }} }} }} }} {chain} " + (
        f"fragment F{count} on Department {{ id }}"
    )


@pytest.mark.parametrize(
    ("query", "depth", "fields"),
    [
        ("{ echo }", 1, 1),
        ("{ departments(first: 3) { totalCount } }", 2, 1 + 3),
        ("{ departments(first: 3) { edges { node { id } } } }", 4, 1 + 3 * 3),
        ("{ departments { totalCount } }", 2, 1 + 20),
        ("{ brokenList { id name } }", 2, 1 + 10 * 2),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 2, 1 + 3),
        ("{ ...F ...F } fragment F on Query { echo }", 1, 2),
        ("{ ... on Query { ... { departments(first: 2) { totalCount } } } }", 2, 1 + 2),
        ("query A { echo } query B { departments(first: 9) { totalCount } }", 2, 10),
        ("{ departments(first: -4) { totalCount } }", 2, 1 + 1),
        ("{ nothing { at { all } } }", 3, 3),
    ],
)
def test_a_query_is_as_large_as_what_it_can_answer(query: str, depth: int, fields: int) -> None:
    measured = size(query)
    assert (measured.depth, measured.fields) == (depth, fields)


def test_sizes_are_taken_from_variables_and_their_defaults() -> None:
    query = "query Q($n: Int = 7) { departments(first: $n) { totalCount } }"
    assert size(query, n=3).fields == 1 + 3
    assert size(query, n=3.0).fields == 1 + 3
    assert refused(query) == []
    assert refused(query, n=LIMITS.fields) == ["query-too-costly"]
    assert refused(query.replace("7", "2000000000")) == ["query-too-costly"]


def test_an_introspection_and_a_page_of_50_with_20_with_10_are_let_through(client: Client) -> None:
    introspection = get_introspection_query(input_value_deprecation=True)
    assert refused(introspection) == []
    assert refused(NESTED) == []
    for query in (introspection, NESTED):
        answer = client.post("/graphql", json={"query": query}).json()
        assert "errors" not in answer


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ departments { edges { node { " + "parent { " * 25 + "id" + " }" * 29, "query-too-deep"),
        (
            "{ ...F } fragment F on Query { blocking { ...G } } fragment G on Query { "
            + "blocking { " * 25
            + "echo"
            + " }" * 26,
            "query-too-deep",
        ),
        (
            "{ departments { " + " ".join(f"a{n}: totalCount" for n in range(101)) + " } }",
            "query-too-many-aliases",
        ),
        ("{ " + " ".join(f"echo(text: {n})" for n in range(31)) + " }", "query-too-large"),
        ("{ departments { " + "totalCount @skip(if: true) " * 101 + "} }", "query-too-large"),
        ("{ departments { " + "totalCount " * 31 + "} }", "query-too-large"),
        ("{ nodes(ids: [" + '"a" ' * 1_001 + "]) { id } }", "query-too-large"),
        ("{ departments(first: 100000) { totalCount } }", "query-too-costly"),
        ("{ departments(last: 99999999999999999999999) { totalCount } }", "query-too-costly"),
        (NESTED.replace("first: 20", "first: 200"), "query-too-costly"),
    ],
)
def test_a_query_over_a_limit_is_refused_with_its_code(query: str, code: str) -> None:
    assert code in refused(query)


def test_a_long_list_among_the_variables_is_refused() -> None:
    query = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert refused(query, ids=["a"] * 1_000) == []
    assert refused(query, ids=["a"] * 1_001) == ["query-too-large"]
    assert refused("{ echo }", deep={"in": [{"side": ["a"] * 1_001}]}) == ["query-too-large"]


def test_the_same_field_asked_for_on_several_levels_multiplies() -> None:
    inner = "parent { " + "id " * 6 + "}"
    query = "{ departments { edges { node { " + inner * 6 + " } } } }"
    assert size(query).overlap == 36


def test_fragments_are_remembered_so_doubling_costs_no_more_than_reading() -> None:
    document = parse(doubling(2_000))
    spent, measured = quickest(lambda: measure(document, SCHEMA, Lists(20, 10)))
    assert measured.fields == CEILING
    assert measured.depth == 2_004
    assert spent < 1.0


def test_measuring_takes_time_in_proportion_to_the_document() -> None:
    short, long = parse(doubling(100)), parse(doubling(1_000))
    one, _ = quickest(lambda: measure(short, SCHEMA, Lists(20, 10)))
    ten, _ = quickest(lambda: measure(long, SCHEMA, Lists(20, 10)))
    assert ten < 40 * one


def test_fragments_in_a_ring_are_measured_and_left_to_validation(client: Client) -> None:
    query = "{ ...A } fragment A on Query { echo ...B } fragment B on Query { ...A }"
    assert size(query).fields == 1
    answer = client.post("/graphql", json={"query": query})
    assert answer.json()["errors"][0]["extensions"]["code"] == "query-invalid"


HOSTILE = {
    "thousands of fragments that double": doubling(2_500),
    "fragments that double, within the tokens": doubling(80),
    "ten thousand aliases": "{ " + " ".join(f"a{n}: echo" for n in range(10_000)) + " }",
    "many aliases, within the tokens": "{ " + " ".join(f"a{n}: echo" for n in range(600)) + " }",
    "deep nesting": "{ blocking " * 15_000,
    "nesting just not too deep to read": "{ blocking " * 195 + "{ echo }" + " }" * 195,
    "a giant list": "{ nodes(ids: [" + '"a",' * 40_000 + "]) { id } }",
    "a giant page": "{ departments(first: 2000000000) { edges { node { id } } } }",
    "nested pages": "{ departments(first: 100) { edges { node { solutions(first: 100) { edges { "
    "node { problems(first: 100) { edges { node { id } } } } } } } } } }",
    "the same field": "{ " + "echo " * 1_900 + "}",
    "the same field with a selection": "{ " + "blocking { echo } " * 480 + "}",
    "unknown fields": "{ " + " ".join(f"x{n}" for n in range(1_900)) + " }",
    "directives": "{ echo " + "@skip(if: true) " * 300 + "}",
    "introspection again and again": "{ "
    + " ".join(
        "__schema { types { fields { type { fields { type { fields { name } } } } } } }"
        for _ in range(60)
    )
    + " }",
    "comments": "#x\n" * 60_000 + "{ echo }",
    "blanks": " " * 190_000 + "{ echo",
    "a giant string": '{ echo(text: "' + "a" * 150_000 + '" }',
    "a giant number": "{ departments(first: " + "9" * 150_000 + ") { totalCount } }",
    "many operations": " ".join(f"query Q{n} {{ echo }}" for n in range(350)),
    "a giant name": "{ " + "a" * 190_000 + " }",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_refused_within_milliseconds(client: Client, name: str) -> None:
    asked = {"query": HOSTILE[name]}
    spent, response = quickest(lambda: client.post("/graphql", json=asked))
    assert response.json()["errors"], name
    assert "data" not in response.json()
    print(f"{name}: {spent * 1000:.1f} ms")
    assert spent < AT_ONCE


def test_the_costliest_overlaps_that_are_let_through_are_validated_within_milliseconds(
    client: Client,
) -> None:
    """Comparing selections of the same name is quadratic; what is allowed keeps it small."""
    for outer, inner in product((1, 2, 5, 15, 30), repeat=2):
        if outer * inner > LIMITS.overlap:
            continue
        block = "blocking { " + "echo " * inner + "} "
        query = "{ blocking { " + block * outer + "} }"
        query = query if outer < 30 else query.replace("blocking { echo }", "echo")
        assert "query-too-large" not in refused(query)
        asked = {"query": query.replace("blocking", "blocking(seconds: 0)")}
        spent, response = quickest(partial(client.post, "/graphql", json=asked))
        assert "errors" not in response.json()
        assert spent < AT_ONCE
