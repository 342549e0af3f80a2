"""What the country is compared on is what a store would hold of it."""

from pathlib import Path

from benchmarks.generator import SIZES, Generator
from graph.sqlite_store import SqliteStore
from tests.graph.plain.graph import PlainGraph
from tests.graph.plain.sizes import generated, structure_of


def test_the_generated_structure_is_that_of_a_store_with_all_its_loads(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.sqlite")
    for load in Generator(SIZES["S"]).loads():
        store.apply(load)
    kept, said = PlainGraph(store.structure()), PlainGraph(structure_of(generated("S")))
    store.close()
    assert said.nodes == kept.nodes
    assert said.relations == kept.relations
