"""A query answered level by level is answered as graphql-core answers it, byte for byte."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLError, parse
from graphql.execution import Executor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.by_level.answering import answer_by_level
from api.graphql_types.context import Asking
from api.graphql_types.schema import SCHEMA
from api.limited_schema import Deadline, LimitedSchema
from api.limits import Limits
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from schema.field import Value
from tests.api.queries import queries
from tests.api.site import example_store
from tests.api.small_schema import small_schema
from tests.graph.loads import apply, uses

_VAST = 1_000_000
LIMITED = LimitedSchema.of(
    SCHEMA, Limits(tokens=_VAST, aliases=_VAST, fields=_VAST, directives=_VAST)
)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveGraph]:
    store = example_store(tmp_path_factory.mktemp("levels") / "example.sqlite")
    yield LiveGraph(store)
    store.close()


def by_level(schema: Any, query: str, context: object, **variables: object) -> Any:
    """The data by level; None where that is left to graphql-core."""
    executor = Executor.build(
        schema._schema, parse(query), context_value=context, raw_variable_values=variables
    )
    assert isinstance(executor, Executor)
    return answer_by_level(schema, executor, lambda: None)


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_query_is_answered_as_graphql_core_answers_it(live: LiveGraph, data: Any) -> None:
    query, variables = data.draw(queries(SCHEMA._schema, live.snapshot().ids))
    asked = Asking(live, live.snapshot())
    core = asyncio.run(SCHEMA.execute(query, variables, context_value=asked))
    asked = Asking(live, live.snapshot())
    ours = asyncio.run(LIMITED.execute(query, variables, context_value=asked))
    assert written(ours.data) == written(core.data)
    assert shown(ours.errors) == shown(core.errors)
    if core.errors is None:
        again = by_level(SCHEMA, query, Asking(live, live.snapshot()), **variables)
        assert written(again) == written(core.data)
        asked = Asking(live, live.snapshot())
        known = LIMITED.at_once(query, variables, None, asked)
        assert not isinstance(known, Deadline)
        assert known is None or written(known.data) == written(core.data)


def shown(errors: list[GraphQLError] | None) -> list[dict[str, Any]]:
    return [dict(error.formatted) for error in errors or ()]


def test_every_field_of_every_kind_of_node_is_answered_by_level(live: LiveGraph) -> None:
    snapshot = live.snapshot()
    for kind in ("municipality", "department", "solution", "problem", "technology", "competence"):
        type_: Any = SCHEMA._schema.type_map[kind.capitalize()]
        leaves = [name for name, field in type_.fields.items() if not _has_fields(field.type)]
        query = f'{{ {kind}(id: "{snapshot.nodes(kind)[0]}") {{ {" ".join(leaves)} }} }}'
        core = asyncio.run(SCHEMA.execute(query, context_value=Asking(live, snapshot)))
        assert core.errors is None
        assert by_level(SCHEMA, query, Asking(live, snapshot)) == core.data


def _has_fields(type_: Any) -> bool:
    while hasattr(type_, "of_type"):
        type_ = type_.of_type
    return hasattr(type_, "fields")


def test_what_waits_or_fails_or_changes_something_is_left_to_graphql_core() -> None:
    schema = small_schema()
    assert by_level(schema, "{ waiting(seconds: 0) }", {}) is None
    assert by_level(schema, "{ __schema { queryType { name } } }", {}) is None
    assert by_level(schema, "mutation { slowChange { echo } }", {}) is None
    assert by_level(schema, '{ echo(text: "a", number: 2) }', {}) == {"echo": "a2.0"}
    with pytest.raises(ZeroDivisionError):
        by_level(schema, "{ broken }", {})


class CountingStore(SqliteStore):
    """A store that notes how often it is asked for details."""

    asked = 0

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        self.asked += 1
        return super().details(elements)


def test_a_text_that_is_known_is_answered_at_once_and_only_within_the_limits(
    live: LiveGraph,
) -> None:
    limited = LimitedSchema.of(SCHEMA, Limits())
    query = "query Q($first: Int!) { solutions(first: $first) { edges { node { name } } } }"

    def at_once(**variables: object) -> Any:
        return limited.at_once(query, variables, None, Asking(live, live.snapshot()))

    assert at_once(first=2) is None
    asked = Asking(live, live.snapshot())
    core = asyncio.run(limited.execute(query, {"first": 2}, context_value=asked))
    assert at_once(first=2).data == core.data
    assert at_once(first="two") is None
    assert at_once(first=100_000) is None
    assert isinstance(at_once(first=101), Deadline)


def test_the_store_is_asked_once_for_all_objects_of_a_level(tmp_path: Path) -> None:
    store = CountingStore(tmp_path / "graph.sqlite")
    for number in range(5):
        apply(store, f"{number}.xlsx", [uses(f"eksempel/d{number}", f"l{number}")])
    query = """{ solutions { edges { node { description function
        usedBy { edges { node { description } } } } } } }"""
    live = LiveGraph(store)
    answered = by_level(SCHEMA, query, Asking(live, live.snapshot()))
    assert len(answered["solutions"]["edges"]) == 5
    assert store.asked == 2
    store.close()
