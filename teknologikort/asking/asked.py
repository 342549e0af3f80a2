"""What a question is answered from: one snapshot, its names, and the rows behind its elements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from graph.answer import Evidence, Part
from graph.naming import placed, title
from graph.provenance import SayingRow, rows_saying
from graph.snapshot import Snapshot
from graph.store import Store
from schema.names import kind_of, municipality_of
from schema.records import Provenance
from schema.text import Language, Text
from teknologikort.named import find

Json = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """One question. All that it is told is of ``snapshot``'s revision. ``home`` is the
    municipality that it is about: its departments need not be told apart from others'."""

    snapshot: Snapshot
    store: Store
    language: Language
    home: str | None = None
    _read: dict[str, list[Provenance]] = field(default_factory=dict)

    def find(self, name: str, *kinds: str) -> str:
        """The node that a person means by this; raises Refusal, with *did you mean*."""
        return find(self.snapshot, kinds, name)

    def name(self, node: str) -> Text:
        """What a node is called; a department with its municipality, unless that is ``home`` or
        the only one."""
        alone = len(self.snapshot.nodes("municipality")) == 1
        if kind_of(node) != "department" or alone or municipality_of(node) == self.home:
            return title(self.snapshot, node)
        return placed(self.snapshot, node)

    def within(self, home: str | None) -> "Asked":
        """The same question, about this municipality."""
        return replace(self, home=home)

    def names(self, nodes: Iterable[str], most: int | None = None) -> Text:
        """Several nodes, separated by semicolons; the first of them, and how many more."""
        listed = list(nodes)
        names = [self.name(node) for node in listed[:most]]
        more = f" (+{len(listed) - len(names)})" if len(listed) > len(names) else ""
        return Text(
            "; ".join(name.da for name in names) + more, "; ".join(name.en for name in names) + more
        )

    def read(self, elements: Iterable[str]) -> None:
        """Fetch the rows behind all these elements in one batch, for ``sources``."""
        wanted = [each for each in dict.fromkeys(elements) if each not in self._read]
        if wanted:
            found = self.store.sources(wanted)
            self._read.update({each: found.get(each, []) for each in wanted})

    def sources(self, elements: Sequence[str]) -> list[SayingRow]:
        """The rows that tell of any of these elements, each once, by load, file, sheet and row."""
        self.read(elements)
        return rows_saying(self._read, elements)

    def say(self, text: Text) -> str:
        return text.to(self.language)

    # The same answers as JSON: names as in GraphQL.

    def node(self, node: str) -> Json:
        """A node as JSON: its id and name, a department with its municipality."""
        told: Json = {"id": node, "name": self.say(title(self.snapshot, node))}
        if kind_of(node) == "department":
            told["municipality"] = self.node(municipality_of(node))
        return told

    def nodes(self, nodes: Iterable[str]) -> list[Json]:
        return [self.node(node) for node in nodes]

    def source(self, elements: Sequence[str]) -> list[Json]:
        """The rows behind elements as JSON, one for each column that says it."""
        return [
            {
                "load": source.load,
                "file": source.file,
                "sheet": source.sheet,
                "row": source.row,
                "column": column,
            }
            for source in self.sources(elements)
            for column in (source.columns or (None,))
        ]

    def parts(self, parts: Iterable[Part]) -> list[Json]:
        return [
            {
                "name": part.name,
                "label": self.say(part.label),
                "weight": part.weight,
                "value": part.value,
                "known": part.known,
            }
            for part in parts
        ]

    def evidence(self, evidence: Iterable[Evidence]) -> list[Json]:
        return [
            {
                "node": self.node(one.node),
                "explanation": self.say(one.explanation),
                "weight": one.weight,
                "source": self.source(one.elements),
            }
            for one in evidence
        ]

    def answered(self, question: str, total: int, items: Sequence[object]) -> Json:
        """A list as JSON: which question, of which revision, its first answers and how many
        there are in all."""
        return {
            "question": question,
            "revision": self.snapshot.revision,
            "totalCount": total,
            "items": list(items),
        }
