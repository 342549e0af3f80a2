"""All departments' best synergies as a file, written block by block as they are reckoned."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from graph.naming import placed
from graph.snapshot import Snapshot
from graph.synergy_all import PairScore, all_synergies
from graph.synergy_kinds import LABELS, SynergyKind
from loaders.reading.formula_guard import guard
from schema.text import Language, Text

DECIMALS = 4
_COLUMNS = (
    Text("slags", "kind"),
    Text("forvaltning", "department"),
    Text("med", "with"),
    Text("giver", "giver"),
    Text("modtager", "receiver"),
    Text("styrke", "score"),
    Text("forvaltningens id", "department id"),
    Text("id på den anden", "partner id"),
)


@dataclass(frozen=True)
class Wanted:
    """Which synergies of each department: of these kinds or all, how many, as many of each kind or
    all together, and in which language they are told."""

    kinds: tuple[SynergyKind, ...] | None
    first: int
    of_each_kind: bool
    language: Language


def write_all(
    snapshot: Snapshot, file: Path, as_json: bool, wanted: Wanted, advance: Callable[[int], None]
) -> int:
    """Write the file; how many synergies stand in it. ``advance`` is called with the number of
    departments each time some are done."""
    with file.open("w", encoding="utf-8" if as_json else "utf-8-sig", newline="") as to:
        pairs = _pairs(snapshot, wanted, advance)
        return (_write_json if as_json else _write_csv)(snapshot, to, wanted, pairs)


def _pairs(
    snapshot: Snapshot, wanted: Wanted, advance: Callable[[int], None]
) -> Iterator[PairScore]:
    for block in all_synergies(
        snapshot, wanted.kinds, wanted.first, of_each_kind=wanted.of_each_kind
    ):
        yield from block.pairs(snapshot)
        advance(block.end - block.start)


def _write_csv(snapshot: Snapshot, to: TextIO, wanted: Wanted, pairs: Iterator[PairScore]) -> int:
    writer = csv.writer(to, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.to(wanted.language) for column in _COLUMNS])
    rows = 0
    for pair in pairs:
        writer.writerow(_cells(snapshot, pair, wanted.language))
        rows += 1
    return rows


def _cells(snapshot: Snapshot, pair: PairScore, language: Language) -> list[str]:
    ends = (pair.department, pair.partner, pair.giver, pair.receiver)
    names = ["" if each is None else guard(placed(snapshot, each).to(language)) for each in ends]
    score = f"{round(pair.score, DECIMALS):g}"
    told = score.replace(".", ",") if language == "da" else score
    ids = (guard(pair.department), guard(pair.partner))
    return [LABELS[pair.kind].to(language), *names, told, *ids]


def _write_json(snapshot: Snapshot, to: TextIO, wanted: Wanted, pairs: Iterator[PairScore]) -> int:
    rows = 0
    to.write(f'{{"question": "synergies", "revision": {snapshot.revision}, "items": [')
    for rows, pair in enumerate(pairs, 1):
        to.write("\n  " if rows == 1 else ",\n  ")
        json.dump(_data(snapshot, pair, wanted.language), to, ensure_ascii=False)
    to.write("\n]}\n")
    return rows


def _data(snapshot: Snapshot, pair: PairScore, language: Language) -> dict[str, object]:
    def node(department: str | None) -> dict[str, str] | None:
        if department is None:
            return None
        return {"id": department, "name": placed(snapshot, department).to(language)}

    return {
        "kind": pair.kind,
        "label": LABELS[pair.kind].to(language),
        "score": pair.score,
        "department": node(pair.department),
        "partner": node(pair.partner),
        "giver": node(pair.giver),
        "receiver": node(pair.receiver),
    }
