"""What nodes are called in a sentence, in both languages."""

from collections.abc import Sequence

from graph.remembered import NAMES, remembered
from graph.snapshot import Snapshot
from schema.names import municipality_of
from schema.text import Text
from schema.vocabulary import PRIORITY


@remembered(NAMES)
def title(snapshot: Snapshot, node: str) -> Text:
    """A node's Danish and English name, each its ordinary name where no other is told."""
    name = snapshot.name(node)
    return Text(
        da=str(snapshot.value(node, "danish_name") or name),
        en=str(snapshot.value(node, "english_name") or name),
    )


@remembered(NAMES)
def placed(snapshot: Snapshot, department: str) -> Text:
    """A department's name with its municipality behind it."""
    return bracketed(title(snapshot, department), home_of(snapshot, department))


def home_of(snapshot: Snapshot, department: str) -> Text | None:
    """What the department's municipality is called, None where the graph does not have it."""
    home = municipality_of(department)
    return title(snapshot, home) if home in snapshot else None


def bracketed(name: Text, *notes: Text | None) -> Text:
    """A name with those notes that there are behind it, in one pair of brackets."""
    told = [note for note in notes if note is not None]
    if not told:
        return name
    da, en = ", ".join(note.da for note in told), ", ".join(note.en for note in told)
    return Text(f"{name.da} ({da})", f"{name.en} ({en})")


def told_apart(snapshot: Snapshot, departments: Sequence[str]) -> list[Text]:
    """The departments' names, with the municipality where they lie in several."""
    naming = placed if in_several(departments) else title
    return [naming(snapshot, department) for department in departments]


def in_several(departments: Sequence[str]) -> bool:
    """Whether the departments lie in several municipalities."""
    return len({municipality_of(department) for department in departments}) > 1


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


def priority_of(snapshot: Snapshot, department: str, problem: str) -> Text | None:
    """The priority that a department gives a problem, in words; None where it says none."""
    told = snapshot.told("FACES", department, problem, "priority")
    if told is None:
        return None
    word = PRIORITY.by_key[str(told)].label
    return Text(f"{word.da} prioritet", f"{word.en} priority")


def priority_phrase(snapshot: Snapshot, department: str, problem: str) -> Text:
    """The same, in brackets and with a blank before them; empty where it says none."""
    told = priority_of(snapshot, department, problem)
    return Text("", "") if told is None else Text(f" ({told.da})", f" ({told.en})")
