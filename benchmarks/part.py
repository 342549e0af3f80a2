"""``python -m benchmarks.part NAME SIZE FOLDER``: one part in a process of its own, so that one
part's memory is not another's; each figure is a line of JSON."""

import gc
import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from benchmarks import embedded, reading, served, shared
from benchmarks.timing import Figure

Part = Callable[[str, Path], Iterator[Figure]]
PARTS: Mapping[str, Part] = {
    "loading": embedded.loading,
    "snapshots": embedded.snapshots,
    "questions": embedded.questions,
    "reading": reading.reading,
    "served": served.served,
    "shared": shared.shared,
}


def main() -> None:
    """Print this part's figures; the last line is the most memory that it took, in MB."""
    name, size, folder = sys.argv[1:]
    for figure in PARTS[name](size, Path(folder)):
        print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)
        gc.collect()
    print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    main()
