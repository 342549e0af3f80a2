"""Values, elements and places as a message or a report shows them."""

from collections.abc import Callable

from schema.field import Field, FieldType, Value
from schema.messages import Place
from schema.ontology import ONTOLOGY
from schema.records import EXISTS, is_relation, parse_relation
from schema.text import Text

NameOf = Callable[[str], str]
_LONGEST = 80


def shown_value(declared: Field, value: Value | None, name_of: NameOf) -> Text:
    """A value in words: labels of vocabularies, names of nodes, long texts cut short."""
    if value is None:
        return Text("", "")
    if isinstance(value, tuple):
        parts = [_shown(declared, part, name_of) for part in value]
        return Text("; ".join(p.da for p in parts), "; ".join(p.en for p in parts))
    return _shown(declared, value, name_of)


def _shown(declared: Field, value: str | int | float, name_of: NameOf) -> Text:
    if declared.type is FieldType.NODE:
        return _same(name_of(str(value)))
    if declared.vocabulary is None:
        return _same(_short(str(value)))
    label = declared.vocabulary.by_key[str(value)].label
    if declared.type is FieldType.INTEGER:
        return Text(f"{value} {label.da}", f"{value} {label.en}")
    return label


def _same(text: str) -> Text:
    return Text(text, text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def shown_element(element: str, name_of: NameOf) -> Text:
    """A node by its name, a relationship as a sentence: ``Sundhed bruger SMS-service``."""
    if not is_relation(element):
        return _same(name_of(element))
    relation, source, target = parse_relation(element)
    phrase = ONTOLOGY.relations[relation].phrase
    start, end = name_of(source), name_of(target)
    return Text(f"{start} {phrase.da} {end}", f"{start} {phrase.en} {end}")


def shown_place(place: Place, seen_from: Place) -> Text:
    """A place as it is told to someone who stands at another: only what differs, and the row."""
    file = None if place.file == seen_from.file else place.file
    sheet = None if file is None and place.sheet == seen_from.sheet else place.sheet
    nearer = Place(file, sheet, place.row)
    return Text(nearer.text("da"), nearer.text("en"))


def shown_field(element: str, name: str) -> Text:
    """The label of a field of an element; nothing for the statement that it exists."""
    if name == EXISTS:
        return Text("", "")
    if is_relation(element):
        return ONTOLOGY.relations[parse_relation(element)[0]].by_name[name].label
    return ONTOLOGY.nodes[element.partition(":")[0]].by_name[name].label
