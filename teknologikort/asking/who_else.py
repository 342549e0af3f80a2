"""``teknologikort ask who-else``: who has the same solution, problem, competence or technology."""

from typing import TYPE_CHECKING

import click

from schema.names import kind_of, municipality_of
from schema.text import Text
from schema.vocabulary import FAMILIARITY, PRIORITY, STATUS
from teknologikort.asking.answer import UNKNOWN, Answer, Detail, Group, Point, Table
from teknologikort.asking.form import Form, first_option, form_options, left_out

if TYPE_CHECKING:
    from graph.who_else import Holder
    from teknologikort.asking.asked import Asked, Json

KINDS = ("solution", "problem", "competence", "technology")
_WORDS = {"solution": STATUS, "problem": PRIORITY, "technology": FAMILIARITY}
_VALUES = {
    "solution": Text("status", "status"),
    "problem": Text("prioritet", "priority"),
    "competence": Text("niveau", "level"),
    "technology": Text("kendskab", "familiarity"),
}
_ASKED = {
    "solution": Text("Hvem bruger {}?", "Who uses {}?"),
    "problem": Text("Hvem står med „{}“?", "Who faces “{}”?"),
    "competence": Text("Hvem har {}?", "Who has {}?"),
    "technology": Text("Hvem kender {}?", "Who knows {}?"),
}
_DEPARTMENT = Text("forvaltning", "department")
_SAYS = Text("forklaring", "explanation")
_ID = Text("forvaltningens id", "department id")
_ROWS = Text("Det står i", "It stands in")


@click.command()
@click.argument("node")
@click.option(
    "--besides",
    metavar="FORVALTNING",
    help="Andre end denne. / Others than this department.",
)
@first_option(50)
@form_options
def command(form: Form, node: str, besides: str | None, first: int) -> None:
    """Hvem har det samme? NODE er en løsning, et problem, en kompetence eller en teknologi.

    \b
    Who has the same? NODE is a solution, a problem, a competence or a technology.

    \b
      teknologikort ask who-else SMS-service
      teknologikort ask who-else dataetik --besides "It og Digitalisering"
    """

    def question(asked: "Asked") -> Answer:
        but = None if besides is None else asked.find(besides, "department")
        home = None if but is None else municipality_of(but)
        return _answer(asked.within(home), asked.find(node, *KINDS), but, first)

    form.give(question)


def _answer(asked: "Asked", node: str, besides: str | None, first: int) -> Answer:
    from graph.who_else import who_else

    cut = who_else(asked.snapshot, node, besides, first)
    asked.read(element for one in cut.items for element in one.elements)
    kind, name = kind_of(node), asked.name(node)
    title = Text(_ASKED[kind].da.format(name.da), _ASKED[kind].en.format(name.en))
    columns = (_DEPARTMENT, _VALUES[kind])
    rows = [(asked.name(one.department), value_of(kind, one)) for one in cut.items]
    flat = [
        (*row, one.explanation, one.department) for row, one in zip(rows, cut.items, strict=True)
    ]
    notes = left_out(len(cut.items), cut.total)
    if not cut.items:
        notes = (Text("Ingen, så vidt det er oplyst.", "Nobody, as far as is told."),)
    return Answer(
        title,
        [Table(columns, rows)],
        Table((*columns, _SAYS, _ID), flat),
        {
            **asked.answered("whoElse", cut.total, [_data(asked, one) for one in cut.items]),
            "node": asked.node(node),
        },
        [_detail(asked, one) for one in cut.items],
        notes,
    )


def value_of(kind: str, one: "Holder") -> Text:
    """A status, priority or level in words."""
    if one.value is None:
        return UNKNOWN
    words = _WORDS.get(kind)
    return Text(one.value, one.value) if words is None else words.by_key[one.value].label


def _detail(asked: "Asked", one: "Holder") -> Detail:
    point = Point(one.explanation, one.elements)
    return Detail(asked.name(one.department), [Group(_ROWS, [point])], [point])


def _data(asked: "Asked", one: "Holder") -> "Json":
    return {
        "department": asked.node(one.department),
        "value": one.value,
        "explanation": asked.say(one.explanation),
        "source": asked.source(one.elements),
    }
