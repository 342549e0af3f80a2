"""``python -m benchmarks [S] [M] [L] [--only PART …] [--write]``: figures for these sizes, as
ratios within this run; ``--write`` puts them into ``docs/performance.md``."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import tables
from benchmarks.generator import SIZES
from benchmarks.part import PARTS
from benchmarks.timing import Figure

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def figures_of(size: str, parts: Sequence[str], folder: str) -> Iterator[tuple[str, Figure]]:
    """The figures of these parts, each part in a process of its own."""
    for part in parts:
        command = [sys.executable, "-m", "benchmarks.part", part, size, folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                told = json.loads(line)
                if "work" not in told:
                    print(f"{size} {part}: {told}", file=sys.stderr)
                    continue
                figure = Figure(**told)
                print(
                    f"{size} {figure.work}: {tables.shown(figure.ours, figure.unit)}",
                    file=sys.stderr,
                )
                yield part, figure
        if process.returncode != 0:
            print(f"{size} {part}: failed, see above", file=sys.stderr)


def report(figures: tables.FigureOf) -> str:
    """All tables, in Markdown."""
    lines: list[str] = []
    for size, of_size in figures.items():
        count = SIZES[size]
        named = f"{count:,} municipalit{'y' if count == 1 else 'ies'}"
        lines += ["", f"## {size}: {named}", "", *tables.table(of_size)]
    if len(figures) > 1:
        lines += ["", "## How it grows", "", *tables.growth(figures)]
    return "\n".join(lines).strip()


def written(page: str, told: str) -> str:
    """The page with these tables in place of those between the two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{told}\n\n{END}{after}"


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", choices=[*SIZES, []], default=["S", "M"])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    figures: dict[str, list[Figure]] = {}
    with TemporaryDirectory() as folder:
        for size in asked.sizes:
            parts = ["loading", *(part for part in asked.only if part != "loading")]
            found = figures_of(size, parts, folder)
            figures[size] = [figure for part, figure in found if part in asked.only]
    told = report(figures)
    print(told)
    if asked.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), told), encoding="utf-8")


if __name__ == "__main__":
    main()
