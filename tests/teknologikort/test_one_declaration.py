"""A field is declared once: from there it reaches tables, workbook, columns, GraphQL and docs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from graphql import GraphQLObjectType
from openpyxl import load_workbook

from api.graphql_types.schema import SCHEMA
from graph.neo4j_model import properties
from graph.sqlite_store import SqliteStore
from graph.sqlite_tables import node_table, relation_table
from loaders.recognise import column_key, known_columns
from loaders.template import write_template
from schema.field import Field, Value
from schema.ontology import ONTOLOGY, Kind
from schema.sheets import SHEET_BY_KEY, FieldColumn
from schema.text import LANGUAGES
from teknologikort.reference import ontology_page, sheets_page

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
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    path = tmp_path_factory.mktemp("store") / "graph.sqlite"
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
        return {
            name: {row[1] for row in connection.execute(f"PRAGMA table_info('{name}')")}
            for name in names
        }


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
def test_it_has_a_column_in_its_sqlite_table(
    owner: Kind, field: Field, tables: dict[str, set[str]]
) -> None:
    is_node = owner.key in ONTOLOGY.nodes
    assert field.name in tables[node_table(owner.key) if is_node else relation_table(owner.key)]


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
