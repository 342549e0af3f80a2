"""Random small graphs for property tests: two municipalities, everything possibly left out."""

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


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A snapshot of a random graph of a few nodes of every kind."""
    words = st.none() | st.sampled_from([word.key for word in STATUS])
    priorities = st.none() | st.sampled_from([word.key for word in PRIORITY])
    needs = st.sampled_from([*(f"solution:{s}" for s in SOLUTIONS), "technology:ai"])
    return snapshot(
        uses=draw(_related(DEPARTMENTS, SOLUTIONS, _field("status", words))),
        faces=draw(_related(DEPARTMENTS, PROBLEMS, _field("priority", priorities))),
        proposes=draw(_related(DEPARTMENTS, SOLUTIONS, st.just({}), 3)),
        has=draw(_related(DEPARTMENTS, COMPETENCES, _field("level", st.integers(1, 5)))),
        familiar=draw(_related(DEPARTMENTS, TECHNOLOGIES, _field("level", st.integers(0, 4)), 4)),
        solves=draw(_related(SOLUTIONS, PROBLEMS, st.just({}))),
        built_on=draw(_related(SOLUTIONS, TECHNOLOGIES, st.just({}))),
        requires=draw(
            st.lists(
                st.tuples(
                    needs,
                    st.sampled_from(COMPETENCES),
                    st.fixed_dictionaries(
                        {"necessity": st.sampled_from(["useful", "essential"])},
                        optional={"level": st.integers(1, 5)},
                    ),
                ),
                max_size=6,
                unique_by=lambda each: each[:2],
            )
        ),
        parents=draw(st.sampled_from([[], [("a/y", "a/x")], [("a/y", "a/x"), ("a/z", "a/y")]])),
        nodes={f"department:{department}": {} for department in DEPARTMENTS},
    )


def _field(
    name: str, values: st.SearchStrategy[Value | None]
) -> st.SearchStrategy[dict[str, Value]]:
    return values.map(lambda value: {} if value is None else {name: value})


def _related(
    sources: tuple[str, ...],
    targets: tuple[str, ...],
    fields: st.SearchStrategy[dict[str, Value]],
    most: int = 9,
) -> st.SearchStrategy[list[tuple[str, str, dict[str, Value]]]]:
    return st.lists(
        st.tuples(st.sampled_from(sources), st.sampled_from(targets), fields),
        max_size=most,
        unique_by=lambda each: each[:2],
    )
