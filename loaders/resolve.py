"""The names of a load held against the graph: what is unknown, other names, look-alikes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.aliases import NAMES, id_of_name
from loaders.did_you_mean import hint, near
from loaders.known import ORGANISATION, PARENT, Known, group_of, parts_of
from loaders.lookalikes import Comparable, TooManyNames, look_alikes
from loaders.naming import Named, Naming
from loaders.rows import Row
from loaders.statements import Draft, Mention
from schema.messages import Message, Place, say
from schema.names import (
    NamelessError,
    department_id,
    department_path,
    kind_of,
    municipality_of,
    node_id,
    same,
)
from schema.ontology import ONTOLOGY
from schema.sheets import DEPARTMENT

_HINTS = 3
_LOOKS_LIKE = {"municipality": "municipality-looks-like"}


@dataclass(frozen=True)
class OwnNames:
    """What the load's own sheet of names says: names by node, and nodes by other name."""

    names: Mapping[str, str]
    others: Mapping[str, frozenset[str]]


def own_names(rows: Iterable[Row], municipality: str | None) -> OwnNames:
    """What rows of the sheet Names say; they hold for the whole load wherever they stand in it."""
    names: dict[str, str] = {}
    others: dict[str, set[str]] = {}
    for row in rows:
        node = _named_in(row, municipality)
        if node is None:
            continue
        names.setdefault(node, row.names["name"])
        for field in NAMES:
            value = row.values.get(field, ())
            for name in value if isinstance(value, tuple) else (str(value),):
                written = id_of_name(node, name)
                if written is not None and written != node:
                    others.setdefault(written, set()).add(node)
    return OwnNames(names, {written: frozenset(nodes) for written, nodes in others.items()})


def _named_in(row: Row, municipality: str | None) -> str | None:
    kind, name = row.names.get("kind"), row.names.get("name")
    if kind is None or name is None:
        return None
    try:
        if kind != "department":
            return node_id(kind, name)
        return department_id(row.names.get("municipality", municipality or ""), name)
    except NamelessError:
        return None


def own_parts(rows: Iterable[Row], municipality: str | None) -> dict[str, frozenset[str]]:
    """The departments within each, as the load's own rows of the organisation name them."""
    parents: dict[str, str] = {}
    for row in rows:
        department, parent = row.names.get("department"), row.names.get(PARENT)
        if row.sheet.sheet.key == ORGANISATION and department and parent:
            home = row.names.get("municipality", municipality or "")
            try:
                parents[department_id(home, department)] = department_id(home, parent)
            except NamelessError:
                continue  # the row itself tells of it
    return parts_of(parents)


def refuse_unknown_departments(
    drafts: Sequence[Draft], known: Known, naming: Naming
) -> frozenset[str]:
    """Where a municipality's organisation is loaded, a department that is not in it is a
    question; the answer is the option to create it. Returns the departments asked about."""
    told = {
        mention.named.meant
        for draft in filter(_is_organisation, drafts)
        for mention in draft.mentions
        if kind_of(mention.named.meant) == "department"
    }
    named = {mention.named.meant for draft in drafts for mention in draft.mentions}
    unknown = {
        node for node in named - told if node not in known.names and kind_of(node) == "department"
    }
    if not unknown:
        return frozenset()
    strangers = [
        (draft, mention)
        for draft in drafts
        for mention in draft.mentions
        if mention.named.meant in unknown
    ]
    organised = known.organised | set(map(municipality_of, told))
    choices = _departments(known, drafts, organised)
    asked: set[str] = set()
    for draft, mention in strangers:
        municipality = municipality_of(mention.named.meant)
        if municipality in organised:
            asked.add(mention.named.meant)
            _ask(draft, mention, naming.name_of(municipality), choices[municipality])
    return frozenset(asked)


def _is_organisation(draft: Draft) -> bool:
    return draft.row.sheet.sheet.key == ORGANISATION and draft.main is not None


def _departments(
    known: Known, drafts: Sequence[Draft], organised: frozenset[str] | set[str]
) -> dict[str, list[str]]:
    """The departments that could be meant, by municipality."""
    choices: dict[str, dict[str, None]] = {municipality: {} for municipality in organised}
    for node in known.snapshot.nodes("department"):
        if (municipality := municipality_of(node)) in choices:
            choices[municipality][known.names[node]] = None
    for draft in filter(_is_organisation, drafts):
        department = next(m.named for m in draft.mentions if m.named.meant == draft.main)
        choices[municipality_of(department.meant)][department.name] = None
    return {municipality: list(names) for municipality, names in choices.items()}


def _ask(draft: Draft, mention: Mention, municipality: str, choices: Sequence[str]) -> None:
    values = {
        "name": mention.named.name,
        "municipality": municipality,
        "hint": hint(_meant_by(mention.named.name, choices)),
    }
    column = draft.row.sheet.sheet.by_key.get(mention.column, DEPARTMENT)
    draft.row.say("department-unknown", column, **values)


def _meant_by(name: str, choices: Sequence[str]) -> list[str]:
    """The departments that were probably meant, also by the last step of their path alone."""
    steps = {choice: _last_step(choice) for choice in choices}
    steps_meant = near(_last_step(name), dict.fromkeys(steps.values()))
    by_step = [choice for step in steps_meant for choice in choices if steps[choice] == step]
    return list(dict.fromkeys((*near(name, choices), *by_step)))[:_HINTS]


def _last_step(name: str) -> str:
    return department_path(name)[-1]


def about_names(
    drafts: Sequence[Draft], known: Known, naming: Naming, asked: frozenset[str]
) -> Iterator[Message]:
    """What there is to say about the names of a load: other names, spellings, look-alikes; of
    departments that are ``asked`` about it is said already."""
    first: dict[Named, Place] = {}
    for draft in drafts:
        for mention in draft.mentions:
            named = mention.named
            if named not in first and named.meant not in asked:
                first[named] = draft.row.place_of(mention.column)
    yield from _about_other_names(first, naming)
    yield from _about_spellings(first, known)
    yield from _about_look_alikes(first, known, naming)


def _about_other_names(first: Mapping[Named, Place], naming: Naming) -> Iterator[Message]:
    for named, place in first.items():
        if named.other:
            yield say("read-as", place, name=named.name, meant=named.shown)
        if named.meant in naming.shared:
            meant = sorted(naming.name_of(node) for node in naming.shared[named.meant])
            yield say("other-name-shared", place, name=named.name, meant=meant)


def about_own_names(
    others: Mapping[str, frozenset[str]], rows: Sequence[Row], known: Known, naming: Naming
) -> Iterator[Message]:
    """Other names, new with this load, that stand for a node of their own until now."""
    for written, nodes in others.items():
        if written in known.names and nodes != known.other_names.get(written) and len(nodes) == 1:
            kind = ONTOLOGY.nodes[kind_of(written)].name
            values = {"name": known.names[written], "meant": naming.name_of(min(nodes))}
            place = _row_naming(rows, min(nodes)) or rows[0].place
            yield say("other-name-has-own-node", place, kind=kind, **values)


def _row_naming(rows: Sequence[Row], node: str) -> Place | None:
    return next((row.place for row in rows if _named_in(row, None) == node), None)


def _about_spellings(first: Mapping[Named, Place], known: Known) -> Iterator[Message]:
    """Spellings of one node that differ by more than case, blanks and dashes."""
    spellings: dict[str, dict[str, Place]] = {}
    for named, place in first.items():
        if not named.other:
            spellings.setdefault(named.meant, {}).setdefault(named.name, place)
    for node, places in spellings.items():
        before = known.names.get(node)
        if len(places) == 1 and (before is None or before in places):
            continue
        forms: dict[str, tuple[str, Place]] = {}
        for name, place in places.items():
            forms.setdefault(same(name), (name, place))
        names = [name for name, _ in forms.values()]
        if before is not None and names != [before] and same(before) not in forms:
            names = [before, *names]
        if len(names) > 1:
            kind = ONTOLOGY.nodes[kind_of(node)].name
            place = list(forms.values())[-1][1]
            shown = " = ".join(names)
            yield say("spellings-taken-as-one", place, kind=kind, spellings=shown)


def _about_look_alikes(
    first: Mapping[Named, Place], known: Known, naming: Naming
) -> Iterator[Message]:
    new: dict[str, dict[str, str]] = {}
    places: dict[str, Place] = {}
    for named, place in first.items():
        if named.meant not in known.names and named.meant not in places:
            places[named.meant] = place
            new.setdefault(group_of(named.meant), {})[named.meant] = named.shown
    for group, names in new.items():
        yield from _alike_in(names, known.comparable(group), places, naming)


def _alike_in(
    new: Mapping[str, str], old: Comparable, places: Mapping[str, Place], naming: Naming
) -> Iterator[Message]:
    kind = ONTOLOGY.nodes[kind_of(next(iter(new)))].name
    try:
        for alike in look_alikes(Comparable(new), old):
            values = {"name": new[alike.node], "other": naming.name_of(alike.other)}
            nodes = {"node": alike.node, "other_node": alike.other, "score": alike.score}
            if alike.other in new:
                values["other"] = new[alike.other]
            code = _LOOKS_LIKE.get(kind_of(alike.node), "looks-like")
            yield say(code, places[alike.node], kind=kind, **values, **nodes)
    except TooManyNames:
        yield say("look-alikes-not-sought", kind=kind, count=len(new))
