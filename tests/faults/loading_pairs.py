"""A program that loads beside others that do so too: each load says two things that belong
together, so that half a load can be told."""

import sys

from graph.store import StaleLoad, Store
from schema.records import Load
from teknologikort.opening import open_store
from tests.graph.loads import uses

LEFT, RIGHT = "venstre", "hoejre"


def pair_load(who: str, number: int, revision: int) -> Load:
    """The load that says a left and a right solution of this number."""
    rows = [uses(f"{who}/omsorg", f"{side}-{who}-{number}") for side in (LEFT, RIGHT)]
    return Load(f"{who}-{number}.xlsx", tuple(rows), revision)


def load_pair(store: Store, who: str, number: int) -> None:
    """Apply it; where another came first, anew at the revision that the graph has now."""
    while True:
        try:
            store.apply(pair_load(who, number, store.revision()))
        except StaleLoad:
            continue
        return


def main() -> None:
    name, who, times = sys.argv[1:]
    store = open_store(name)
    print("ready", flush=True)
    sys.stdin.readline()  # all begin at once
    for number in range(int(times)):
        load_pair(store, who, number)
    store.close()


if __name__ == "__main__":
    main()
