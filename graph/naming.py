"""What nodes are called in a sentence, in both languages."""

from collections.abc import Sequence

from graph.snapshot import Snapshot
from schema.names import municipality_of
from schema.text import Text


def title(snapshot: Snapshot, node: str) -> Text:
    """A node's Danish and English name, each its ordinary name where no other is told."""
    name = snapshot.name(node)
    return Text(
        da=str(snapshot.value(node, "danish_name") or name),
        en=str(snapshot.value(node, "english_name") or name),
    )


def placed(snapshot: Snapshot, department: str) -> Text:
    """A department's name with its municipality behind it."""
    own = title(snapshot, department)
    home = municipality_of(department)
    if home not in snapshot:
        return own
    there = title(snapshot, home)
    return Text(f"{own.da} ({there.da})", f"{own.en} ({there.en})")


def told_apart(snapshot: Snapshot, departments: Sequence[str]) -> list[Text]:
    """The departments' names, with the municipality where they lie in several."""
    several = len({municipality_of(department) for department in departments}) > 1
    naming = placed if several else title
    return [naming(snapshot, department) for department in departments]


def titles(snapshot: Snapshot, nodes: Sequence[str]) -> Text:
    """Several nodes in one phrase: ``a, b og c``."""
    names = [title(snapshot, node) for node in nodes]
    return Text(
        joined([name.da for name in names], "og"), joined([name.en for name in names], "and")
    )


def joined(words: Sequence[str], last: str) -> str:
    """Words as a list in a sentence: ``a, b og c``."""
    return (
        f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
    )


def quoted(snapshot: Snapshot, nodes: Sequence[str]) -> Text:
    """Several nodes in one phrase, each in quotation marks: ``„a“ og „b“``."""
    names = [title(snapshot, node) for node in nodes]
    return Text(
        joined([f"„{name.da}“" for name in names], "og"),
        joined([f"“{name.en}”" for name in names], "and"),
    )
