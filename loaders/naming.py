"""Which node a written name means: by its id, or as another name of a node."""

from collections.abc import Mapping
from dataclasses import dataclass

from loaders.known import Known
from schema.names import department_path, fold, node_id
from schema.records import Statement


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A name that was written, and the node it means. ``written`` is the id that the name itself
    has; ``shown`` is the node's own name, and ``other`` tells that another was written; ``outer``
    is the department before it in a path."""

    name: str
    written: str
    meant: str
    shown: str
    other: bool
    outer: "Named | None" = None


class Naming:
    """Finds the node that each name means; every spelling is looked up once."""

    def __init__(
        self,
        known: Known,
        other_names: Mapping[str, frozenset[str]],
        own_names: Mapping[str, str],
        own_parts: Mapping[str, frozenset[str]],
    ) -> None:
        """``other_names``, ``own_names`` and ``own_parts``, the departments within each, add what
        the load itself says to what is known."""
        self._known = known
        self._other_names = other_names
        self._own_names = own_names
        self._own_parts = own_parts
        self._found: dict[tuple[str, str], Named] = {}
        self._mentions: dict[tuple[Named, str | None], tuple[Statement, ...]] = {}
        self._shown: dict[str, str] = {}
        self.shared: dict[str, frozenset[str]] = {}

    def node(self, kind: str, name: str) -> Named:
        """The node of a kind that is no department; raises NamelessError."""
        found = self._found.get((kind, name))
        if found is None:
            found = self._found[kind, name] = self._named(name, node_id(kind, name), None)
        return found

    def department(self, municipality: Named, name: str) -> Named:
        """The department of this name, or path, within the municipality; raises NamelessError."""
        found = self._found.get((municipality.written, name))
        if found is None:
            for part in department_path(name):
                node_id("department", part)
            found = self._path(municipality, department_path(name))
            self._found[municipality.written, name] = found
        return found

    def _path(self, municipality: Named, path: tuple[str, ...]) -> Named:
        outer = self._path(municipality, path[:-1]) if len(path) > 1 else None
        within = municipality if outer is None else outer
        parts = [_after_kind(municipality.written), *map(fold, path)]
        written = "department:" + "/".join(parts)
        candidate = f"department:{_after_kind(within.meant)}/{fold(path[-1])}"
        named = self._named(" > ".join(path), candidate, outer)
        part = None if outer is None or named.other else self._part(outer.meant, candidate)
        if part is not None:
            shown = self._known.names.get(part, path[-1])
            return Named(named.name, written, part, shown, True, outer)
        return Named(named.name, written, named.meant, named.shown, named.other, outer)

    def _part(self, outer: str, candidate: str) -> str | None:
        """The only department within another that has the candidate's last name, where it has an
        id of its own: a path that agrees with what the organisation says means that one."""
        within = self._known.parts.get(outer, frozenset()) | self._own_parts.get(outer, frozenset())
        if candidate in self._known.names or candidate in within:
            return None
        last = candidate.rpartition("/")[2]
        meant = [part for part in within if part.rpartition("/")[2] == last]
        return meant[0] if len(meant) == 1 else None

    def _named(self, name: str, candidate: str, outer: Named | None) -> Named:
        meant = self._meant(candidate)
        other = meant != candidate
        if not other:
            self._shown.setdefault(meant, name)
        shown = self.name_of(meant) if other else name
        return Named(name, candidate, meant, shown, other, outer)

    def name_of(self, node: str) -> str:
        """The node's name as far as the graph or the load tells it."""
        for names in (self._known.names, self._own_names, self._shown):
            if node in names:
                return names[node]
        return node.partition(":")[2]

    def _meant(self, written: str) -> str:
        """Follow other names to the node that is meant; a ring of them ends at its first id."""
        seen = [written]
        while True:
            targets = self._targets(seen[-1])
            if len(targets) != 1:
                if len(targets) > 1:
                    self.shared[seen[-1]] = targets
                return seen[-1]
            (target,) = targets
            if target in seen:
                return min(seen[seen.index(target) :])
            seen.append(target)

    def _targets(self, written: str) -> frozenset[str]:
        nothing: frozenset[str] = frozenset()
        known = self._known.other_names.get(written, nothing)
        return known | self._other_names.get(written, nothing)

    def mention(self, named: Named, letter: str | None) -> tuple[Statement, ...]:
        """What a cell says by naming a node: that it exists, and for a path what it is part of."""
        said = self._mentions.get((named, letter))
        if said is None:
            said = (Statement(named.meant, "name", named.shown, letter),)
            if named.outer is not None and not named.other:
                parent = Statement(named.meant, "parent", named.outer.meant, letter)
                said = (*said, parent, *self.mention(named.outer, letter))
            self._mentions[named, letter] = said
        return said


def _after_kind(node: str) -> str:
    return node.partition(":")[2]
