"""The nested GraphQL page: 50 departments, their solutions, their problems."""

import asyncio
import json
from typing import Any

from api.graphql_types.context import Asking
from api.graphql_types.schema import SCHEMA
from graph.live import LiveGraph

QUERY = """
{ departments(first: 50) { edges { node { id name uses(first: 20) { edges { status node { id name
    description solves(first: 5) { edges { node { id name description } } } } } } } } } }
"""


def ask(live: LiveGraph) -> Any:
    """The page through the schema."""

    async def run() -> Any:
        result = await SCHEMA.execute(QUERY, context_value=Asking(live, live.snapshot()))
        assert result.errors is None
        return result.data

    return json.dumps(asyncio.run(run()))


def by_hand_asking_for_each(live: LiveGraph) -> str:
    """The same page by hand, asking the store for every object by itself."""
    snapshot, store = live.snapshot(), live.store

    def told(node: str) -> dict[str, Any]:
        fields = store.details([node])[node]
        return {"id": node, "name": fields["name"], "description": fields.get("description")}

    page = [
        {
            **told(department),
            "uses": [
                {**told(solution), "solves": [told(p) for p in _some(snapshot, solution)]}
                for solution in snapshot.outgoing("USES", department)[:20]
            ],
        }
        for department in snapshot.nodes("department")[:50]
    ]
    return json.dumps(page)


def _some(snapshot: Any, solution: str) -> list[str]:
    found: list[str] = snapshot.outgoing("SOLVES", solution)[:5]
    return found
