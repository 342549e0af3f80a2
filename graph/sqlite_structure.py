"""The structure of the graph, read from SQLite as arrays: no relationship is looked at alone."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import orjson

from graph.columns import Coded, Column, frozen
from graph.sqlite_links import FORMATS, LINK_KINDS, LinkKind
from graph.structure import Pair, Pairs, Structure
from schema.field import Field, Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY

_NOWHERE = -1
_WIDTH = 3 + len(LINK_KINDS)
_COLUMNS = ", ".join(f'"{kind.key}"' for kind in LINK_KINDS)


def structure(connection: sqlite3.Connection, revision: int) -> Structure:
    """The structure of the graph, as the snapshot is built from it."""
    rows = connection.execute(
        f"SELECT id, key, fields, {_COLUMNS} FROM node WHERE fields IS NOT NULL ORDER BY id"  # noqa: S608
    ).fetchall()
    numbers, keys, fields, *links = zip(*rows, strict=True) if rows else [()] * _WIDTH
    nodes: dict[str, list[str]] = {kind: [] for kind in ONTOLOGY.nodes}
    stored: dict[str, list[str]] = {kind: [] for kind in ONTOLOGY.nodes}
    for key, said in zip(keys, fields, strict=True):
        of = kind_of(key)
        nodes[of].append(key)
        stored[of].append(said)
    places = _places(numbers)
    relations: dict[str, Sequence[Pair]] = {}
    relation_fields: dict[str, Mapping[str, Sequence[Value | None]]] = {}
    for kind, packed in zip(LINK_KINDS, links, strict=True):
        relations[kind.key], relation_fields[kind.key] = _relations(kind, packed, keys, places)
    return Structure(
        revision,
        nodes,
        {kind: _node_fields(ONTOLOGY.nodes[kind].fields, said) for kind, said in stored.items()},
        relations,
        relation_fields,
    )


def _places(numbers: Sequence[int]) -> npt.NDArray[np.int32]:
    """The place in the list of each node's number, below zero for one that nothing says."""
    places = np.full(max(numbers, default=0) + 2, _NOWHERE, dtype=np.int32)
    places[np.array(numbers, dtype=np.int64)] = np.arange(len(numbers), dtype=np.int32)
    return places


def _node_fields(
    fields: Iterable[Field], stored: Sequence[str]
) -> dict[str, Sequence[Value | None]]:
    told = orjson.loads(f"[{','.join(stored)}]")
    columns: dict[str, Sequence[Value | None]] = {}
    for field in fields:
        if field.structural:
            values = [each.get(field.name) for each in told]
            columns[field.name] = [tuple(v) if v else v for v in values] if field.many else values
    return columns


def _relations(
    kind: LinkKind,
    packed: Sequence[bytes | None],
    keys: Sequence[str],
    places: npt.NDArray[np.int32],
) -> tuple[Pairs, dict[str, Coded]]:
    columns = [(field.name, f"<{FORMATS[field.type]}") for field in kind.structural]
    dtype = np.dtype([("target", "<u4"), *columns])
    there = [(place, cell) for place, cell in enumerate(packed) if cell is not None]
    rows = np.frombuffer(b"".join(cell for _, cell in there), dtype)
    counts = np.array([len(cell) for _, cell in there], dtype=np.int64) // dtype.itemsize
    sources = np.repeat(np.array([place for place, _ in there], dtype=np.int32), counts)
    targets = places[np.minimum(rows["target"], len(places) - 1)]
    if (said := targets != _NOWHERE).sum() < len(said):  # part of a department that nothing says
        rows, sources, targets = rows[said], sources[said], targets[said]
    fields = {
        field.name: Coded(Column(field, frozen(np.ascontiguousarray(rows[field.name]))))
        for field in kind.structural
    }
    return Pairs(keys, sources, targets), fields
