"""Random small graphs for property tests: two municipalities, everything possibly left out."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from graph.snapshot import Snapshot
from schema.field import Value
from schema.vocabulary import PRIORITY, STATUS
from tests.graph.small import snapshot

DEPARTMENTS = ("a/x", "a/y", "a/z", "b/x", "b/y")
SOLUTIONS = ("bot", "map", "rda", "sms")
PROBLEMS = ("calls", "queues", "typing", "waste")
TECHNOLOGIES = ("ai", "gis", "robot")
COMPETENCES = ("drawing", "law", "prompts")

checked = settings(max_examples=30, deadline=None)
"""How a question is tried on random graphs: often enough, and however slow the machine is."""


def snapshots() -> st.SearchStrategy[Snapshot]:
    """Snapshots of random graphs of a few nodes of every kind."""
    words = st.none() | st.sampled_from([word.key for word in STATUS])
    priorities = st.none() | st.sampled_from([word.key for word in PRIORITY])
    levels = st.integers(1, 5)
    return st.builds(
        snapshot,
        uses=_related(DEPARTMENTS, SOLUTIONS, _field("status", words)),
        faces=_related(DEPARTMENTS, PROBLEMS, _field("priority", priorities)),
        proposes=_related(DEPARTMENTS, SOLUTIONS, st.just({}), 3),
        has=_related(DEPARTMENTS, COMPETENCES, _field("level", levels)),
        familiar=_related(DEPARTMENTS, TECHNOLOGIES, _field("level", st.integers(0, 4)), 4),
        solves=_related(SOLUTIONS, PROBLEMS, st.just({})),
        built_on=_related(SOLUTIONS, TECHNOLOGIES, st.just({})),
        requires=_related(
            (*(f"solution:{each}" for each in SOLUTIONS), "technology:ai"),
            COMPETENCES,
            st.fixed_dictionaries(
                {"necessity": st.sampled_from(["useful", "essential"])},
                optional={"level": levels},
            ),
            6,
        ),
        parents=st.sampled_from([[], [("a/y", "a/x")], [("a/y", "a/x"), ("a/z", "a/y")]]),
        nodes=st.just({f"department:{department}": {} for department in DEPARTMENTS}),
    )


def _field(
    name: str, values: st.SearchStrategy[Value | None]
) -> st.SearchStrategy[dict[str, Value]]:
    return values.map(lambda value: {} if value is None else {name: value})


def _related(
    sources: tuple[str, ...],
    targets: tuple[str, ...],
    fields: st.SearchStrategy[Any],
    most: int = 9,
) -> st.SearchStrategy[list[Any]]:
    return st.lists(
        st.tuples(st.sampled_from(sources), st.sampled_from(targets), fields),
        max_size=most,
        unique_by=lambda each: each[:2],
    )
