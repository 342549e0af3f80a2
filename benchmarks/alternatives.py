"""What one would do without this project: plain SQLite rows, networkx, loops over sets."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import networkx as nx

from graph.snapshot import Snapshot
from graph.structure import Structure
from schema.records import Load, is_relation, parse_relation


def bare_rows(path: Path, loads: Sequence[Load]) -> int:
    """Write nothing but the relationships and their fields into one table, in one go."""
    path.unlink(missing_ok=True)
    rows: dict[tuple[str, str, str], str] = {}
    for load in loads:
        for record in load.records:
            for said in record.statements:
                if is_relation(said.element):
                    key = parse_relation(said.element)
                    rows[key] = rows.get(key, "") + f"{said.field}={said.value};"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bare (kind, source, target, told)")
        connection.executemany(
            "INSERT INTO bare VALUES (?, ?, ?, ?)", [(*key, told) for key, told in rows.items()]
        )
        connection.commit()
    return len(rows)


def networkx_graph(structure: Structure) -> "nx.MultiDiGraph[str]":
    """The same structure as a networkx graph."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind, nodes in structure.nodes.items():
        graph.add_nodes_from(nodes, kind=kind)
    for kind, pairs in structure.relations.items():
        graph.add_edges_from(pairs, kind=kind)
    return graph


def solutions_of_all(graph: "nx.MultiDiGraph[str]") -> dict[str, set[str]]:
    """The solutions of each department, from a networkx graph."""
    held: dict[str, set[str]] = defaultdict(set)
    for source, target, told in graph.edges(data=True):
        if told["kind"] == "USES":
            held[source].add(target)
    return held


def count_of(graph: "nx.MultiDiGraph[str]", kind: str) -> int:
    """How many relationships of a kind there are, each looked at."""
    return sum(told["kind"] == kind for _, _, told in graph.edges(data=True))


def users_of(graph: "nx.MultiDiGraph[str]", solution: str) -> list[str]:
    """Who uses a solution, by its incoming relationships."""
    return [s for s, _, told in graph.in_edges(solution, data=True) if told["kind"] == "USES"]


def jaccard_of_one(held: Mapping[str, set[str]], department: str) -> list[tuple[float, str]]:
    """One department's likeness to all others by the solutions they share, in plain Python."""
    own = held[department]
    return sorted(
        (
            (len(own & other) / len(own | other), name)
            for name, other in held.items()
            if name != department
        ),
        reverse=True,
    )


def adamic_adar_of_one(graph: "nx.Graph[str]", solution: str, departments: Sequence[str]) -> Any:
    """Where a solution tends to go by networkx's Adamic-Adar index over paths of length three:
    for each department the sum over its solutions of their users in common with this one."""
    users = set(graph[solution])
    return {
        department: sum(
            sum(1.0 / len(graph[user]) for user in users.intersection(graph[other]))
            for other in graph[department]
        )
        for department in departments
        if department not in users
    }


def names_holding(snapshot: Snapshot, word: str) -> list[str]:
    """Nodes whose names hold a word, looking at each."""
    return [node for node in snapshot.ids if word in snapshot.name(node).lower()]
