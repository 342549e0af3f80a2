"""Two programs load at the same time: both are there, as if one after the other; who reads
meanwhile sees one revision, never half of one."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.store import Store
from graph.structure import Structure
from teknologikort.local_neo4j import Neo4jAddress
from teknologikort.opening import open_store
from tests.faults.counts import times
from tests.faults.killing import environment_of
from tests.faults.loading_pairs import LEFT, RIGHT
from tests.graph.conftest import neo4j_store
from tests.neo4j_server import IN_NEO4J

WHO = ("den-ene", "den-anden")


@contextmanager
def loading(
    store: str, each: int, address: Neo4jAddress | None = None
) -> Iterator[list[subprocess.Popen[str]]]:
    """Two programs that have begun to load so many times each."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.loading_pairs", store, who, str(each)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment_of(address),
        )
        for who in WHO
    ]
    try:
        for program in programs:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("go\n")
            program.stdin.flush()
        yield programs
    finally:
        for program in programs:
            program.kill()
            program.communicate()


def solutions_of(structure: Structure) -> Counter[str]:
    """How many left and right solutions there are."""
    return Counter(
        node.removeprefix("solution:").split("-")[0] for node in structure.nodes["solution"]
    )


def one_revision(structure: Structure) -> None:
    """All that is in it was said by the loads up to its revision, each load whole."""
    sides = solutions_of(structure)
    assert sides[LEFT] == sides[RIGHT] == structure.revision
    assert len(structure.relations["USES"]) == 2 * structure.revision


def read_until_all_have_ended(store: Store, programs: list[subprocess.Popen[str]]) -> set[int]:
    """The revisions that were seen while the programs loaded, each looked at whole."""
    seen: set[int] = set()
    while any(program.poll() is None for program in programs):
        structure = store.structure()
        one_revision(structure)
        seen.add(structure.revision)
    return seen


def both_are_there(store: Store, each: int) -> None:
    assert store.revision() == 2 * each
    one_revision(store.structure())
    sources = Counter(load.source for load in store.loads())
    assert sources == {f"{who}-{number}.xlsx": 1 for who in WHO for number in range(each)}
    assert store.check() == []


def test_on_sqlite(tmp_path: Path) -> None:
    each = times(100)
    store = open_store(str(tmp_path / "graph.sqlite"))
    with loading(str(tmp_path / "graph.sqlite"), each) as programs:
        seen = read_until_all_have_ended(store, programs)
        assert [program.wait() for program in programs] == [0, 0]
    assert len(seen) > 1
    both_are_there(store, each)
    store.close()


class TestOnNeo4j:
    pytestmark = IN_NEO4J

    def test_on_neo4j(self, empty_neo4j: Neo4jAddress) -> None:
        each = times(100)
        store = neo4j_store(empty_neo4j)
        with loading(empty_neo4j.uri, each, empty_neo4j) as programs:
            seen = read_until_all_have_ended(store, programs)
            assert [program.wait() for program in programs] == [0, 0]
        assert len(seen) > 1
        both_are_there(store, each)
        store.close()
