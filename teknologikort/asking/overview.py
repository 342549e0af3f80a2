"""``teknologikort ask overview``: a municipality's digital status at a look."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from schema.text import Text
from schema.vocabulary import PURPOSE
from teknologikort.asking.answer import Answer, Cell, Table
from teknologikort.asking.form import Form, form_options_without_evidence
from teknologikort.asking.scope import of_whom
from teknologikort.asking.unsolved import elements_of, unsolved_data, unsolved_table

if TYPE_CHECKING:
    from graph.overview import Count, Overview
    from graph.tables import CrossTable
    from teknologikort.asking.asked import Asked, Json

_TITLE = Text("Digital status", "Digital status")
_KINDS = Text("Hvad der er kortlagt", "What is mapped")
_STATUSES = Text("Løsningernes status i forvaltningerne", "The solutions' status in departments")
_DEPARTMENTS = Text("Forvaltninger og formål", "Departments and purposes")
_TECHNOLOGIES = Text("Teknologier og formål", "Technologies and purposes")
_UNSOLVED = Text("Uløste problemer", "Unsolved problems")
_MANY = Text("Bruges af flere", "Used by several")
_LACKS = Text("Det mangler der oplysninger om", "What the data do not tell")
_WHAT, _NUMBER = Text("hvad", "what"), Text("antal", "number")
_OF = Text("ud af", "of")
_UNTOLD = Text("uden formål", "no purpose")
_TOTAL = Text("i alt", "total")
_SHORT = {
    "service": Text("service", "service"),
    "process": Text("processer", "processes"),
    "wellbeing": Text("trivsel", "wellbeing"),
    "resources": Text("ressourcer", "resources"),
    "data": Text("data", "data"),
}
_FLAT = (
    Text("tabel", "table"),
    Text("række", "row"),
    Text("kolonne", "column"),
    _NUMBER,
    Text("id", "id"),
)


@click.command()
@click.argument("municipality", required=False)
@form_options_without_evidence
def command(form: Form, municipality: str | None) -> None:
    """En kommunes digitale status, eller hele grafens: hvad der er i brug, hvorfor og hvor, hvad
    der er uløst, hvad flere bruger, og hvad der mangler oplysninger om.

    \b
    A municipality's digital status, or that of the whole graph: what is in use, why
    and where, what is unsolved, what several use, and what the data do not tell.

    \b
      teknologikort ask overview
      teknologikort ask overview eksempel
    """

    def question(asked: "Asked") -> Answer:
        home = None if municipality is None else asked.find(municipality, "municipality")
        return _answer(asked.within(home), home)

    form.give(question)


def _answer(asked: "Asked", municipality: str | None) -> Answer:
    from graph.overview import overview

    found = overview(asked.snapshot, municipality)
    asked.read(element for one in found.unsolved.items for element in elements_of(one))
    return Answer(
        of_whom(asked, _TITLE, municipality),
        list(_tables(asked, found)),
        Table(_FLAT, list(_flat(asked, found))),
        _data(asked, found),
    )


def _tables(asked: "Asked", found: "Overview") -> Iterator[Table]:
    yield Table((_WHAT, _NUMBER), _counted(found.kinds), _KINDS)
    yield Table((_WHAT, _NUMBER), _counted(found.statuses), _STATUSES)
    yield _cross(asked, found.departments, _DEPARTMENTS)
    yield _cross(asked, found.technologies, _TECHNOLOGIES)
    title = _first_of(_UNSOLVED, len(found.unsolved.items), found.unsolved.total)
    yield unsolved_table(asked, found.unsolved.items, title)
    many = [
        (asked.name(one.solution), len(one.departments), asked.names(one.departments, 3))
        for one in found.used_by_many.items
    ]
    title = _first_of(_MANY, len(many), found.used_by_many.total)
    columns = (Text("løsning", "solution"), _NUMBER, Text("forvaltninger", "departments"))
    yield Table(columns, many, title)
    lacks = [(lack.label, lack.number, lack.of) for lack in found.lacks if lack.number]
    yield Table((_WHAT, _NUMBER, _OF), lacks, _LACKS)


def _first_of(title: Text, shown: int, total: int) -> Text:
    if shown >= total:
        return title
    return Text(
        f"{title.da} (de {shown} første af {total})", f"{title.en} (the first {shown} of {total})"
    )


def _counted(counts: "Sequence[Count]") -> list[Sequence[Cell]]:
    return [(count.label, count.number) for count in counts]


def _cross(asked: "Asked", table: "CrossTable", title: Text) -> Table:
    """The rows that have any use; those without stand among what the data lack."""
    purposes = [_SHORT[purpose] for purpose in table.columns]
    rows: list[Sequence[Cell]] = [
        (asked.name(row), *counts, untold, total)
        for row, counts, untold, total in zip(
            table.rows, table.counts, table.untold, table.totals, strict=True
        )
        if total
    ]
    return Table((_WHAT, *purposes, _UNTOLD, _TOTAL), rows, title)


def _flat(asked: "Asked", found: "Overview") -> Iterator[Sequence[Cell]]:
    """Every number on a line of its own."""
    for title, counts in ((_KINDS, found.kinds), (_STATUSES, found.statuses)):
        for count in counts:
            yield title, count.label, None, count.number, count.key
    for title, table in ((_DEPARTMENTS, found.departments), (_TECHNOLOGIES, found.technologies)):
        for row, numbers, untold, total in zip(
            table.rows, table.counts, table.untold, table.totals, strict=True
        ):
            for purpose, number in zip(table.columns, numbers, strict=True):
                label = PURPOSE.by_key[purpose].label
                yield title, asked.name(row), label, number, row
            yield title, asked.name(row), _UNTOLD, untold, row
            yield title, asked.name(row), _TOTAL, total, row
    for problem in found.unsolved.items:
        yield _UNSOLVED, asked.name(problem.problem), None, len(problem.facing), problem.problem
    for one in found.used_by_many.items:
        yield _MANY, asked.name(one.solution), None, len(one.departments), one.solution
    for lack in found.lacks:
        yield _LACKS, lack.label, None, lack.number, lack.key


def _data(asked: "Asked", found: "Overview") -> "Json":
    home = found.municipality
    return {
        "question": "overview",
        "revision": asked.snapshot.revision,
        "municipality": None if home is None else asked.node(home),
        "kinds": [_count_data(asked, count) for count in found.kinds],
        "statuses": [_count_data(asked, count) for count in found.statuses],
        "departments": _cross_data(asked, found.departments),
        "technologies": _cross_data(asked, found.technologies),
        "unsolved": [unsolved_data(asked, one) for one in found.unsolved.items],
        "unsolvedCount": found.unsolved.total,
        "usedByMany": [
            {"solution": asked.node(one.solution), "departments": asked.nodes(one.departments)}
            for one in found.used_by_many.items
        ],
        "usedByManyCount": found.used_by_many.total,
        "lacks": [
            {
                "key": lack.key,
                "label": asked.say(lack.label),
                "number": lack.number,
                "of": lack.of,
                "examples": list(lack.examples.items),
            }
            for lack in found.lacks
        ],
    }


def _count_data(asked: "Asked", count: "Count") -> "Json":
    return {"key": count.key, "label": asked.say(count.label), "number": count.number}


def _cross_data(asked: "Asked", table: "CrossTable") -> "list[Json]":
    return [
        {
            "node": asked.node(row),
            "counts": dict(zip(table.columns, counts, strict=True)),
            "untold": untold,
            "total": total,
        }
        for row, counts, untold, total in zip(
            table.rows, table.counts, table.untold, table.totals, strict=True
        )
    ]
