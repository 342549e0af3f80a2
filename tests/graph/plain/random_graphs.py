"""Random small graphs in which anything can be told, or left out, that a question looks at."""

from typing import Any

from hypothesis import strategies as st

from graph.structure import Structure
from schema.field import Value
from schema.vocabulary import DECISION, GUIDEPOST, PEOPLE, PRIORITY, PURPOSE, STATUS, Vocabulary
from tests.graph.small import structure

DEPARTMENTS = ("a/x", "a/y", "a/z", "b/x", "b/y", "c/x")
MUNICIPALITIES = ("a", "b", "c")
SOLUTIONS = ("bot", "map", "rda", "sms", "old", "new")
PROBLEMS = ("calls", "queues", "typing", "waste", "delay")
TECHNOLOGIES = ("ai", "gis", "robot")
COMPETENCES = ("drawing", "law", "prompts")
NAMES = (
    "SMS til borgere",
    "SMS-service til borgere",
    "Robot",
    "Ventetid på telefonen",
    "Venteliste",
)
KLE = ("27", "27.03", "27.36", "27.36.04", "25.01")
DEMANDERS = (
    *(f"solution:{each}" for each in SOLUTIONS),
    *(f"technology:{each}" for each in TECHNOLOGIES),
)

Fields = dict[str, Value]


def structures() -> st.SearchStrategy[Structure]:
    """Structures of a few nodes of every kind, whose relationships are thrown in at random."""
    level = st.integers(1, 5)
    related = st.fixed_dictionaries(
        {
            "USES": _related(
                DEPARTMENTS,
                SOLUTIONS,
                _fields(
                    status=_word(STATUS),
                    users=_words(PEOPLE),
                    primary_purpose=_word(PURPOSE),
                    other_purposes=_words(PURPOSE),
                ),
                18,
            ),
            "PROPOSES": _related(
                DEPARTMENTS,
                SOLUTIONS,
                _fields(
                    decision=_word(DECISION),
                    purposes=_words(PURPOSE),
                    guideposts=_words(GUIDEPOST),
                ),
                5,
            ),
            "FACES": _related(DEPARTMENTS, PROBLEMS, _fields(priority=_word(PRIORITY)), 12),
            "HAS": _related(DEPARTMENTS, COMPETENCES, _fields(level=level), 9),
            "FAMILIAR_WITH": _related(
                DEPARTMENTS, TECHNOLOGIES, _fields(level=st.integers(0, 4)), 6
            ),
            "SOLVES": _related(SOLUTIONS, PROBLEMS, st.just({}), 10),
            "BUILT_ON": _related(SOLUTIONS, TECHNOLOGIES, st.just({}), 8),
            "REQUIRES": _related(
                DEMANDERS,
                COMPETENCES,
                _fields(level=level, necessity=st.sampled_from(["useful", "essential"])),
                8,
            ),
        }
    )
    parents: list[dict[str, str]] = [
        {},
        {"a/y": "a/x"},
        {"a/y": "a/x", "a/z": "a/y"},
        {"a/y": "a/x", "a/z": "a/x"},
    ]
    return st.builds(structure, related, st.sampled_from(parents), _nodes())


def _nodes() -> st.SearchStrategy[dict[str, Fields]]:
    departments = _fields(serves=_words(PEOPLE), digital_maturity=st.integers(1, 5))
    places = _fields(
        population=st.sampled_from([4_000, 20_000, 45_000, 600_000]),
        latitude=st.sampled_from([54.9, 55.4, 57.0]),
        longitude=st.sampled_from([8.5, 10.4, 12.5]),
    )
    solutions = _fields(
        name=st.sampled_from(NAMES), other_names=st.just(("Andet navn", "Robotten"))
    )
    problems = _fields(
        name=st.sampled_from(NAMES),
        kle=st.sampled_from(KLE),
        danish_name=st.just("Lang ventetid"),
    )
    return st.fixed_dictionaries(
        {
            **{f"department:{each}": departments for each in DEPARTMENTS},
            **{f"municipality:{each}": places for each in MUNICIPALITIES},
            **{f"solution:{each}": solutions for each in SOLUTIONS},
            **{f"problem:{each}": problems for each in PROBLEMS},
        }
    )


def _fields(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[Fields]:
    """Each of these fields told or not."""
    return st.fixed_dictionaries({}, optional=values)


def _word(vocabulary: Vocabulary) -> st.SearchStrategy[str]:
    return st.sampled_from([word.key for word in vocabulary])


def _words(vocabulary: Vocabulary) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.lists(_word(vocabulary), min_size=1, max_size=2, unique=True)
    return chosen.map(lambda words: tuple(sorted(words, key=vocabulary.codes.__getitem__)))


def _related(
    sources: tuple[str, ...],
    targets: tuple[str, ...],
    fields: st.SearchStrategy[Fields],
    most: int,
) -> st.SearchStrategy[list[Any]]:
    return st.lists(
        st.tuples(st.sampled_from(sources), st.sampled_from(targets), fields),
        max_size=most,
        unique_by=lambda each: each[:2],
    )
