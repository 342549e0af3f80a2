"""From a name typed on the command line to the node that it means."""

from collections.abc import Iterable, Iterator

import click
from rapidfuzz import fuzz, process

from graph.naming import placed, title
from graph.snapshot import Snapshot
from loaders.did_you_mean import hint
from schema.messages import Refusal, say
from schema.names import fold, municipality_of
from schema.ontology import ONTOLOGY
from schema.text import Language, Text

_NEAR = 60
_MOST = 3


def named(snapshot: Snapshot, kinds: Iterable[str], text: str, language: Language) -> str:
    """What ``find`` finds, for the value of an option: raises click.UsageError."""
    try:
        return find(snapshot, kinds, text)
    except Refusal as refusal:
        raise click.UsageError(refusal.text(language)) from refusal


def find(snapshot: Snapshot, kinds: Iterable[str], text: str) -> str:
    """The id of the node of one of these kinds that is meant: by its id, or by any of its names
    however it is typed; a department also as ``municipality/department``.

    Raises Refusal, with *did you mean*, where there is none or where there are several.
    """
    kinds = tuple(kinds)
    if text in snapshot and text.partition(":")[0] in kinds:
        return text
    found = sorted({node for form, node in _forms(snapshot, kinds) if form == _form(text)})
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(say("name-of-several", name=text, ids=found))
    near = _near(snapshot, kinds, text)
    raise Refusal(say("name-not-found", name=text, kind=_kinds(kinds), hint=hint(near)))


def _form(text: str) -> str:
    return "/".join(fold(part) for part in text.replace(">", "/").split("/"))


def _forms(snapshot: Snapshot, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Everything that each node goes by, folded, and the node."""
    for kind in kinds:
        for node in snapshot.nodes(kind):
            for form in dict.fromkeys(_forms_of(snapshot, node)):
                yield form, node


def _forms_of(snapshot: Snapshot, node: str) -> Iterator[str]:
    path = node.partition(":")[2]
    yield path
    if "/" in path:
        yield path.partition("/")[2]
    for field in ("name", "danish_name", "english_name"):
        name = snapshot.value(node, field)
        if name is not None:
            yield fold(str(name))
    if node.startswith("department:"):
        yield fold(placed(snapshot, node).da)
    others = snapshot.value(node, "other_names")
    if isinstance(others, tuple):
        yield from map(fold, others)


def _near(snapshot: Snapshot, kinds: Iterable[str], text: str) -> list[Text]:
    forms = list(_forms(snapshot, kinds))
    close = process.extract(
        _form(text), [form for form, _ in forms], scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=20
    )
    nodes = dict.fromkeys(forms[place][1] for _, _, place in close)
    return [_shown(snapshot, node) for node in list(nodes)[:_MOST]]


def _shown(snapshot: Snapshot, node: str) -> Text:
    if not node.startswith("department:"):
        return title(snapshot, node)
    homes = {municipality_of(each) for each in snapshot.nodes("department")}
    return title(snapshot, node) if len(homes) == 1 else placed(snapshot, node)


def _kinds(kinds: Iterable[str]) -> Text:
    names = [ONTOLOGY.nodes[kind].name for kind in kinds]
    return Text(" eller ".join(n.da for n in names), " or ".join(n.en for n in names))
