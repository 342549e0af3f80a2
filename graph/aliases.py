"""Old and other names of nodes as ids: what was bookmarked or written into a program once, when a
node went by another name, leads to it still."""

from graph.snapshot import Snapshot
from schema.names import NamelessError, department_id, kind_of, node_id

NAMES = ("other_names", "danish_name", "english_name")


def resolved(snapshot: Snapshot, node: str) -> str | None:
    """The node with this id, else the one node that goes by a name of this id, else None."""
    return node if node in snapshot else snapshot.derived(other_ids).get(node)


def other_ids(snapshot: Snapshot) -> dict[str, str]:
    """For each id that another name of one node alone would have, that node; ask for it by
    ``snapshot.derived``."""
    meant: dict[str, set[str]] = {}
    for kind, columns in snapshot.node_columns.items():
        for name in NAMES:
            told = columns[name].codes
            for node, value in zip(snapshot.nodes(kind), told, strict=True):
                for each in _names(value):
                    written = id_of_name(node, each)
                    if written is not None and written not in snapshot:
                        meant.setdefault(written, set()).add(node)
    return {written: nodes.pop() for written, nodes in meant.items() if len(nodes) == 1}


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, tuple | list) else (str(value),)


def id_of_name(node: str, name: str) -> str | None:
    """The id that a node would have by this name, None where the name has no letter or digit."""
    kind = kind_of(node)
    try:
        if kind == "department":
            return department_id(node.partition(":")[2].partition("/")[0], name)
        return node_id(kind, name)
    except NamelessError:
        return None
