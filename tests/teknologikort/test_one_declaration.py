"""A field is declared once: from there it reaches tables, workbook, columns, GraphQL and docs."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from graphql import GraphQLObjectType
from openpyxl import load_workbook

from api.graphql_types.schema import SCHEMA
from graph.neo4j_model import properties
from graph.sqlite_store import SqliteStore
from loaders.recognise import column_key, known_columns
from loaders.template import write_template
from schema.field import Field, FieldType, Value
from schema.ontology import ONTOLOGY, Kind
from schema.records import EXISTS, relation_key
from schema.sheets import SHEET_BY_KEY, FieldColumn
from schema.text import LANGUAGES
from teknologikort.reference import ontology_page, sheets_page
from tests.graph.loads import apply, says

FIELDS = [
    pytest.param(owner, field, id=f"{owner.key}.{field.name}") for owner, field in ONTOLOGY.fields()
]
COLUMNS = [
    pytest.param(owner, field, sheet, id=f"{sheet}.{owner.key}.{field.name}")
    for owner, field in ONTOLOGY.fields()
    for sheet in field.sheets
]
INTERNAL = {("department", "parent")}
"""Shown as the relationship PART_OF that follows from it, and nowhere else."""


@pytest.fixture(scope="module")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path_factory.mktemp("store") / "graph.sqlite")
    yield store
    store.close()


def _some_value(field: Field) -> Value:
    if field.vocabulary is not None and field.type is not FieldType.INTEGER:
        word = field.vocabulary.words[-1].key
        return (word,) if field.many else word
    values: dict[FieldType, Value] = {FieldType.INTEGER: 3, FieldType.NUMBER: 1.5}
    return values.get(field.type, ("x",) if field.many else "x")


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """The first rows of the template's sheets, by language and sheet name."""
    folder = tmp_path_factory.mktemp("template")
    found: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        write_template(folder / f"{language}.xlsx", language)
        with closing(load_workbook(folder / f"{language}.xlsx", read_only=True)) as book:
            found[language] = {
                name: [str(cell) for cell in _first(book[name].iter_rows(values_only=True))]
                for name in book.sheetnames
            }
    return found


def _first(rows: Iterator[tuple[object, ...]]) -> tuple[object, ...]:
    return next(iter(rows), ())


@pytest.mark.parametrize(("owner", "field"), FIELDS)
def test_it_is_said_in_both_languages(owner: Kind, field: Field) -> None:
    for text in (field.label, field.explanation):
        assert text.da.strip()
        assert text.en.strip()


@pytest.mark.parametrize(("owner", "field"), FIELDS)
def test_it_comes_back_from_sqlite(owner: Kind, field: Field, sqlite_store: SqliteStore) -> None:
    value = _some_value(field)
    if owner.key in ONTOLOGY.nodes:
        element = f"{owner.key}:{owner.key}/x"
        record = says((element, field.name, value), key=f"{element} {field.name}")
    else:
        kind = ONTOLOGY.relations[owner.key]
        source, target = (f"{kinds[0]}:{kinds[0]}/x" for kinds in (kind.sources, kind.targets))
        element = relation_key(owner.key, source, target)
        ends = [(source, "name", "X"), (target, "name", "Y")]
        record = says(*ends, (element, EXISTS, ""), (element, field.name, value))
    apply(sqlite_store, f"{owner.key}-{field.name}.xlsx", [record])

    assert sqlite_store.details([element])[element][field.name] == value
    structure = sqlite_store.structure()
    columns = structure.node_fields if owner.key in ONTOLOGY.nodes else structure.relation_fields
    assert (field.name in columns[owner.key]) is field.structural
    if field.structural:
        assert value in list(columns[owner.key][field.name])


@pytest.mark.parametrize(("owner", "field"), FIELDS)
def test_it_is_a_property_in_neo4j(owner: Kind, field: Field) -> None:
    value: Value = ("x",) if field.many else "x"
    assert field.camel in properties(owner, {field.name: value})


@pytest.mark.parametrize(("owner", "field", "sheet"), COLUMNS)
def test_it_has_a_column_in_the_template_in_both_languages(
    owner: Kind, field: Field, sheet: str, workbooks: dict[str, dict[str, list[str]]]
) -> None:
    for language in LANGUAGES:
        labels = workbooks[language][SHEET_BY_KEY[sheet].label.to(language)]
        assert column_key(field.label.to(language)) in map(column_key, labels)


@pytest.mark.parametrize(("owner", "field", "sheet"), COLUMNS)
def test_its_column_is_recognised_by_all_its_names(owner: Kind, field: Field, sheet: str) -> None:
    known = known_columns(SHEET_BY_KEY[sheet])
    for name in (field.label.da, field.label.en, *field.also):
        column = known[column_key(name)]
        assert isinstance(column, FieldColumn)
        assert column.field.name == field.name


@pytest.mark.parametrize(("owner", "field"), FIELDS)
def test_graphql_has_it_with_its_explanation(owner: Kind, field: Field) -> None:
    if (owner.key, field.name) in INTERNAL:
        return
    described = {
        made.fields[field.camel].description
        for name, made in SCHEMA._schema.type_map.items()
        if _is_about(name, owner) and isinstance(made, GraphQLObjectType)
    }
    assert any(field.name == "name" or field.explanation.en in str(text) for text in described)


def _is_about(type_name: str, owner: Kind) -> bool:
    if owner.key in ONTOLOGY.nodes:
        return type_name == ONTOLOGY.nodes[owner.key].label
    relation = ONTOLOGY.relations[owner.key]
    ends = (relation.outgoing, relation.incoming)
    return any(type_name.endswith(f"{end[0].upper()}{end[1:]}Edge") for end in ends)


@pytest.mark.parametrize(("owner", "field"), FIELDS)
def test_the_reference_page_tells_of_it(owner: Kind, field: Field) -> None:
    page = ontology_page()
    section = page[page.index(f"### {getattr(owner, 'label', owner.key)} ") :]
    assert f"| `{field.name}` | {field.label.en} | {field.label.da} |" in section


@pytest.mark.parametrize(("owner", "field", "sheet"), COLUMNS)
def test_the_page_about_sheets_tells_of_its_column(owner: Kind, field: Field, sheet: str) -> None:
    declared = SHEET_BY_KEY[sheet]
    page = sheets_page()
    section = page[page.index(f"## {declared.label.en} – {declared.label.da}") :]
    assert f"| {field.label.en}" in section
