"""Every field of the ontology that has a value stands with its label on its node's page, in words,
and leads to the cell that it was read from."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import httpx
import pytest

from api.pages.addresses import node_path
from api.templating import LOCALES, written_date
from graph.sqlite_store import SqliteStore
from schema.field import Field, FieldType, Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY, Kind
from schema.records import EXISTS, Record, relation_key
from schema.text import LANGUAGES, Language, Text
from tests.api.reading_pages import told_on
from tests.api.server import running_server
from tests.api.site import site_app
from tests.graph.loads import apply, says

ABOVE = "department:a/over"
NODES = {
    "municipality": "municipality:a",
    "department": "department:a/under",
    "solution": "solution:s",
    "problem": "problem:p",
    "technology": "technology:t",
    "competence": "competence:c",
}


def ends_of(relation: str) -> tuple[str, str]:
    """The nodes that a relationship of the test's graph joins."""
    kind = ONTOLOGY.relations[relation]
    if relation == "PART_OF":
        return NODES["department"], ABOVE
    return NODES[kind.sources[0]], NODES[kind.targets[0]]


def value_of(owner: Kind, field: Field) -> Value:
    """A value that no other field has, as far as its type allows."""
    own = f"{owner.key} {field.name} er sagt"
    match field.type:
        case FieldType.WORD:
            return field.vocabulary.words[-1].key if field.vocabulary else ""
        case FieldType.WORDS:
            return tuple(word.key for word in field.vocabulary or ())
        case FieldType.INTEGER:
            return 4 if field.vocabulary else 43_210
        case FieldType.NUMBER:
            return 12.5
        case FieldType.DATE:
            return "2021-03-04"
        case FieldType.NODE:
            return ABOVE
        case FieldType.TEXTS:
            return (own, f"{own} igen")
        case _:
            return own


def words_of(field: Field, value: Value) -> list[Text]:
    """How a value is to be read."""
    parts = value if isinstance(value, tuple) else (value,)
    if field.vocabulary is not None:
        labels = [field.vocabulary.by_key[str(part)].label for part in parts]
        if field.type is FieldType.INTEGER:
            return [Text(f"{value} – {each.da}", f"{value} – {each.en}") for each in labels]
        return labels
    match field.type:
        case FieldType.DATE:
            return [Text(*(written_date(str(value), LOCALES[each]) for each in LANGUAGES))]
        case FieldType.INTEGER:
            return [Text("43.210", "43,210")]
        case FieldType.NUMBER:
            return [Text("12,5", "12.5")]
        case FieldType.NODE:
            return [Text("Over", "Over")]
        case _:
            return [Text(str(part), str(part)) for part in parts]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = SqliteStore(Path(tmp_path_factory.mktemp("fields")) / "graph.sqlite")
    apply(store, "ark.xlsx", [*said_of_nodes(), *said_of_relations()])
    with running_server(site_app(store)) as running:
        yield running
    store.close()


def said_of_nodes() -> Iterator[Record]:
    yield says((ABOVE, "name", "Over"), row=99)
    for row, (kind, node) in enumerate(NODES.items(), 1):
        fields = ONTOLOGY.nodes[kind].fields
        told = [(node, field.name, value_of(ONTOLOGY.nodes[kind], field)) for field in fields]
        yield says(*told, row=row)


def name_of(node: str) -> Value:
    """What a node of the test's graph is called."""
    if node == ABOVE:
        return "Over"
    kind = ONTOLOGY.nodes[kind_of(node)]
    return value_of(kind, kind.by_name["name"])


def said_of_relations() -> Iterator[Record]:
    for row, kind in enumerate(ONTOLOGY.relation_kinds, 11):
        ends = ends_of(kind.key)
        key = relation_key(kind.key, *ends)
        names = [(end, "name", name_of(end)) for end in ends]
        told = [(key, field.name, value_of(kind, field)) for field in kind.fields]
        yield says((key, EXISTS, ""), *told, *names, key=key, row=row)


def page(address: str, node: str, language: Language) -> str:
    answer = httpx.get(f"{address}{node_path(node)}", params={"lang": language}, timeout=30)
    assert answer.status_code == 200
    return answer.text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NODES)
def test_every_field_of_a_node_stands_with_its_label(
    kind: str, language: Language, address: str
) -> None:
    told = told_on(page(address, NODES[kind], language))
    for field in ONTOLOGY.nodes[kind].fields:
        beside = told.get(capital(field.label.to(language)), [])
        for words in words_of(field, value_of(ONTOLOGY.nodes[kind], field)):
            assert words.to(language) in beside, field.name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("end", [0, 1], ids=["source", "target"])
@pytest.mark.parametrize("relation", ONTOLOGY.relations)
def test_every_field_of_a_relationship_stands_with_its_label_at_both_ends(
    relation: str, end: int, language: Language, address: str
) -> None:
    kind = ONTOLOGY.relations[relation]
    html = page(address, ends_of(relation)[end], language)
    assert capital((kind.inverse if end else kind.phrase).to(language)) in html
    told = told_on(html)
    for field in kind.fields:
        beside = told.get(capital(field.label.to(language)), [])
        for words in words_of(field, value_of(kind, field)):
            assert words.to(language) in beside, field.name


@pytest.mark.parametrize("kind", NODES)
def test_every_field_of_a_node_leads_to_its_cell(kind: str, address: str) -> None:
    html = page(address, NODES[kind], "da")
    row = list(NODES).index(kind) + 1
    assert f"ark.xlsx, ark Status, række {row}<" in html
    for place, field in enumerate(ONTOLOGY.nodes[kind].fields):
        letter = "ABCDEFGHIJ"[place % 10]
        assert f"{escape(field.label.da)} (kolonne {letter})" in html, field.name


@pytest.mark.parametrize("relation", ONTOLOGY.relations)
def test_every_field_of_a_relationship_leads_to_its_cell(relation: str, address: str) -> None:
    kind = ONTOLOGY.relations[relation]
    row = list(ONTOLOGY.relations).index(relation) + 11
    for node in ends_of(relation):
        html = page(address, node, "da")
        assert f"ark.xlsx, ark Status, række {row}<" in html
        for place, field in enumerate(kind.fields, 1):
            letter = "ABCDEFGHIJ"[place % 10]
            assert f"{escape(field.label.da)} (kolonne {letter})" in html, field.name
