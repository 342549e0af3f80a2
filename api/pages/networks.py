"""Networks out of a snapshot: nodes with their names and pages, relationships in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from api.pages.addresses import node_path
from api.pages.visit import Visit
from graph.snapshot import Snapshot
from graph.solved import status_of
from schema.names import kind_of
from schema.records import is_relation, parse_relation
from schema.text import Text
from schema.vocabulary import DECISION, FAMILIARITY, NECESSITY, PRIORITY, STATUS
from visualisations.network import Network, NetworkLink, NetworkNode


def network_of(
    visit: Visit,
    elements: Iterable[str],
    focus: Sequence[str] = (),
    told: Mapping[str, Sequence[Text]] | None = None,
    left_out: int = 0,
) -> Network:
    """The network that elements (ids of nodes and keys of relationships) make up, with the ends
    of the relationships; ``told`` is what is worth knowing of a node."""
    found = list(dict.fromkeys(elements))
    keys = [parse_relation(each) for each in found if is_relation(each)]
    ends = [end for _, source, target in keys for end in (source, target)]
    nodes = dict.fromkeys([*focus, *(each for each in found if not is_relation(each)), *ends])
    return Network(
        tuple(_node(visit, node, (told or {}).get(node, ())) for node in nodes),
        tuple(
            NetworkLink(source, target, kind, link_evidence(visit.snapshot, kind, source, target))
            for kind, source, target in keys
        ),
        left_out,
        tuple(focus),
    )


def _node(visit: Visit, node: str, told: Sequence[Text]) -> NetworkNode:
    name = visit.department_name(node) if kind_of(node) == "department" else visit.name(node)
    return NetworkNode(node, name, kind_of(node), node_path(node), tuple(told))


def link_evidence(snapshot: Snapshot, kind: str, source: str, target: str) -> tuple[Text, ...]:
    """What a relationship itself tells: its status, priority, decision or level, in words."""
    tell = _TELLING.get(kind)
    found = None if tell is None else tell(snapshot, source, target)
    return () if found is None else (found,)


def _status(snapshot: Snapshot, source: str, target: str) -> Text | None:
    status = status_of(snapshot, source, target)
    return None if status is None else STATUS.by_key[status].label


def _priority(snapshot: Snapshot, source: str, target: str) -> Text | None:
    told = snapshot.told("FACES", source, target, "priority")
    if told is None:
        return None
    word = PRIORITY.by_key[str(told)].label
    return Text(f"{word.da} prioritet", f"{word.en} priority")


def _decision(snapshot: Snapshot, source: str, target: str) -> Text | None:
    told = snapshot.told("PROPOSES", source, target, "decision")
    return None if told is None else DECISION.by_key[str(told)].label


def _level(snapshot: Snapshot, source: str, target: str) -> Text | None:
    told = snapshot.told("HAS", source, target, "level")
    return None if told is None else Text(f"niveau {told}", f"level {told}")


def _familiarity(snapshot: Snapshot, source: str, target: str) -> Text | None:
    told = snapshot.told("FAMILIAR_WITH", source, target, "level")
    return None if told is None else FAMILIARITY.by_key[str(told)].label


def _required(snapshot: Snapshot, source: str, target: str) -> Text | None:
    necessity = snapshot.told("REQUIRES", source, target, "necessity")
    level = snapshot.told("REQUIRES", source, target, "level")
    word = NECESSITY.by_key[str(necessity)].label if necessity is not None else None
    if level is None:
        return word
    at = Text(f"niveau {level}", f"level {level}")
    return at if word is None else Text(f"{word.da}, {at.da}", f"{word.en}, {at.en}")


_TELLING: Mapping[str, Callable[[Snapshot, str, str], Text | None]] = {
    "USES": _status,
    "FACES": _priority,
    "PROPOSES": _decision,
    "HAS": _level,
    "FAMILIAR_WITH": _familiarity,
    "REQUIRES": _required,
}
