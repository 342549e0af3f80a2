"""The colour and the shape of each kind, the same in every picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from schema.ontology import ONTOLOGY
from schema.text import Text

Shape = Literal["hexagon", "square", "dot", "triangle", "diamond", "star"]


@dataclass(frozen=True, slots=True)
class NodeLook:
    """How nodes of one kind are drawn. The shape says the same as the colour."""

    colour: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class LinkLook:
    """How relationships of one kind are drawn: the colour of their goal, a dash of their own."""

    colour: str
    dash: tuple[int, ...] = ()


NODE_LOOKS: Mapping[str, NodeLook] = MappingProxyType(
    {
        "municipality": NodeLook("#3d4f58", "hexagon"),
        "department": NodeLook("#0b5c8a", "square"),
        "solution": NodeLook("#0a7a5a", "dot"),
        "problem": NodeLook("#b3362b", "triangle"),
        "technology": NodeLook("#7446a0", "diamond"),
        "competence": NodeLook("#9a5b00", "star"),
    }
)
LINK_LOOKS: Mapping[str, LinkLook] = MappingProxyType(
    {
        "PART_OF": LinkLook("#6d7b82", (2, 4)),
        "USES": LinkLook("#0a7a5a"),
        "PROPOSES": LinkLook("#0a7a5a", (8, 5)),
        "FACES": LinkLook("#b3362b", (8, 5)),
        "SOLVES": LinkLook("#b3362b"),
        "BUILT_ON": LinkLook("#7446a0"),
        "FAMILIAR_WITH": LinkLook("#7446a0", (2, 4)),
        "HAS": LinkLook("#9a5b00", (2, 4)),
        "REQUIRES": LinkLook("#9a5b00"),
    }
)


def name_of(kind: str) -> Text:
    """What one node of the kind is called."""
    return ONTOLOGY.nodes[kind].name


def names_of(kind: str) -> Text:
    """What several nodes of the kind are called."""
    return ONTOLOGY.nodes[kind].plural


def phrase_of(kind: str) -> Text:
    """What a relationship of the kind says, from its source to its target."""
    return ONTOLOGY.relations[kind].phrase
