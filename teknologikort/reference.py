"""The pages of ``docs/`` that follow from the code: run as a module, it writes them anew."""

from collections.abc import Callable, Iterable
from pathlib import Path

from schema.field import Field, FieldType
from schema.messages import MESSAGES
from schema.ontology import ONTOLOGY
from schema.sheets import SHEETS, Column, FieldColumn, LinkColumn, NameColumn, Sheet
from schema.vocabulary import VOCABULARIES

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by `make docs` from the code; change the code, not this page. -->\n"


def ontology_page() -> str:
    """Every kind of node and relationship with its fields, and the vocabularies."""
    lines = [
        NOTE,
        "# The ontology",
        "",
        "Every kind of node and relationship, with its fields, as `schema/` declares them. From "
        "this one declaration follow the SQLite tables, the Neo4j constraints, the template "
        "workbook, the columns that are recognised, the GraphQL types and the labels on pages.",
        "",
        "## Nodes",
        "",
    ]
    for kind in ONTOLOGY.node_kinds:
        lines += [f"### {kind.label} – {kind.name.da}", "", kind.explanation.en, ""]
        lines += _table(FIELD_HEAD, map(_field_row, kind.fields))
    lines += ["## Relationships", ""]
    for relation in ONTOLOGY.relation_kinds:
        ends = f"({'|'.join(relation.sources)})-[:{relation.key}]->({'|'.join(relation.targets)})"
        lines += [f"### {relation.key} – {relation.phrase.da}", "", f"`{ends}`", ""]
        lines += [relation.explanation.en, ""]
        if relation.fields:
            lines += _table(FIELD_HEAD, map(_field_row, relation.fields))
    lines += ["## Vocabularies", ""]
    for vocabulary in VOCABULARIES:
        lines += [f"### {vocabulary.label.en} – {vocabulary.label.da}", ""]
        rows = ((f"`{w.key}`", w.label.en, w.label.da, ", ".join(w.also)) for w in vocabulary)
        lines += _table(("key", "English", "Danish", "also read"), rows)
    return _page(lines)


FIELD_HEAD = ("field", "English", "Danish", "type", "if two differ", "what it is")


def _field_row(field: Field) -> tuple[str, ...]:
    what = f"{field.explanation.en} / {field.explanation.da}"
    label = field.label
    rule = field.rule.value
    return f"`{field.name}`", label.en, label.da, _type(field), rule, what


def _type(field: Field) -> str:
    words = f" of {field.vocabulary.label.en}" if field.vocabulary is not None else ""
    bounds = ""
    if field.type in (FieldType.INTEGER, FieldType.NUMBER) and field.minimum is not None:
        bounds = f", {field.minimum:g} to {field.maximum:g}"
    form = f", {field.form.value}" if field.form is not None else ""
    return f"{field.type.value}{words}{bounds}{form}"


def sheets_page() -> str:
    """Every mapping sheet and its columns in both languages."""
    lines = [
        NOTE,
        "# Mapping sheets",
        "",
        "One row makes statements about nodes and relationships. `teknologikort template ark.xlsx` "
        "writes a workbook with these sheets. Column names are read in Danish and English, in any "
        "order and spelling of case and blanks; * marks a required column. Lists in a cell are "
        "separated by `;` or a line break.",
        "",
    ]
    for sheet in SHEETS:
        lines += [f"## {sheet.label.en} – {sheet.label.da}", ""]
        lines += [f"{sheet.explanation.en} / {sheet.explanation.da}", ""]
        head = ("column", "Danish", "says", "if two differ", "also read")
        lines += _table(head, (_column_row(sheet, column) for column in sheet.columns))
    return _page(lines)


def _column_row(sheet: Sheet, column: Column) -> tuple[str, ...]:
    mark = "*" if getattr(column, "required", False) else ""
    says = f"{column.explanation.en} / {column.explanation.da}"
    also = ", ".join(column.also)
    return (
        column.label.en + mark,
        column.label.da,
        f"{says} ({_on(sheet, column)})",
        _rule(column),
        also,
    )


def _on(sheet: Sheet, column: Column) -> str:
    match column:
        case FieldColumn():
            owner = ONTOLOGY.nodes.get(column.owner)
            return (
                owner.label
                if owner is not None and sheet.key != "names"
                else ("any node" if sheet.key == "names" else column.owner)
            )
        case LinkColumn():
            return ", ".join(link.relation for link in column.links)
        case NameColumn():
            return "PART_OF" if column.key == "parent" else _node_of(column)


def _node_of(column: NameColumn) -> str:
    return "any node" if column.kind is None else ONTOLOGY.nodes[column.kind].label


def _rule(column: Column) -> str:
    match column:
        case FieldColumn():
            return column.field.rule.value
        case LinkColumn():
            return "highest" if column.levels else "union"
        case NameColumn():
            return "latest" if column.key == "parent" else ""


def errors_page() -> str:
    """Every message with its code, how grave it is, and its sentence in both languages."""
    lines = [
        NOTE,
        "# Messages",
        "",
        "Everything the software tells when something is wrong or worth knowing. The code never "
        "changes; the sentence says what is wrong and what to do. An error refuses the row or the "
        "file; a warning and a note do not.",
        "",
    ]
    for code, kind in sorted(MESSAGES.items()):
        lines += [f"## {code}", "", f"*{kind.severity}*", ""]
        lines += [f"- da: {kind.says.da}", f"- en: {kind.says.en}", ""]
    return _page(lines)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return [line(head), line("---" for _ in head), *map(line, rows), ""]


def _page(lines: list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def sdl() -> str:
    """The GraphQL schema in its own language."""
    from api.graphql_types.schema import SCHEMA

    return str(SCHEMA.as_str()).rstrip() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/ontology.md": ontology_page,
    "docs/sheets.md": sheets_page,
    "docs/errors.md": errors_page,
    "docs/schema.graphql": sdl,
}
"""Each file that follows from the code, and what writes it."""


def main() -> None:
    """Write every page that follows from the code."""
    for path, page in PAGES.items():
        (ROOT / path).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
