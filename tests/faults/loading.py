"""A program that loads on and on and says what was acknowledged: made to be killed."""

import sys

from teknologikort.opening import open_store
from tests.faults.loads import nth_load


def main() -> None:
    store = open_store(sys.argv[1])
    print("ready", flush=True)
    while True:
        print(store.apply(nth_load(store.revision())).revision, flush=True)


if __name__ == "__main__":
    main()
