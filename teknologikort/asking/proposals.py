"""``teknologikort ask proposals``: the technology cards, and what already solves the same."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from schema.text import Text
from schema.vocabulary import DECISION, GUIDEPOST, PURPOSE, Vocabulary
from teknologikort.asking.answer import Answer, Cell, Detail, Group, Point, Table
from teknologikort.asking.form import Form, first_option, form_options, left_out
from teknologikort.asking.scope import of_whom
from teknologikort.asking.shared import joined, unknown_group

if TYPE_CHECKING:
    from graph.proposals import Existing, Proposal
    from teknologikort.asking.asked import Asked, Json

_TITLE = Text("Teknologikort", "Technology cards")
_LEADING = (
    Text("beslutning", "decision"),
    Text("forslag", "proposal"),
    Text("fra", "from"),
    Text("skal løse", "is to solve"),
)
_COLUMNS = (*_LEADING, Text("findes allerede", "exists already"))
_FLAT = (
    *_LEADING,
    Text("samme løsning hos", "same solution in"),
    Text("løser allerede det samme", "already solves the same"),
    Text("formål", "purposes"),
    Text("pejlemærker", "guideposts"),
    Text("teknologier", "technologies"),
    Text("foreslås også af", "also proposed by"),
    Text("ikke oplyst", "not told"),
    Text("forslagets id", "proposal id"),
    Text("forvaltningens id", "department id"),
)
_CARD = Text("Kortet", "The card")
_EXISTING = Text("Løser allerede det samme", "Already solves the same")
_SAME = Text("Samme løsning", "The same solution")


@click.command()
@click.argument("municipality", required=False)
@click.option(
    "--decision",
    type=click.Choice([word.key for word in DECISION]),
    help="Kun kort med denne beslutning. / Only cards with this decision.",
)
@first_option(50)
@form_options
def command(form: Form, municipality: str | None, decision: str | None, first: int) -> None:
    """Teknologikortene, de ubesluttede først, og hvad der allerede løser det samme.

    \b
    The technology cards, those to be decided first, and what already solves the
    same.

    \b
      teknologikort ask proposals eksempel
      teknologikort ask proposals --decision proposed --evidence
    """

    def question(asked: "Asked") -> Answer:
        home = None if municipality is None else asked.find(municipality, "municipality")
        return _answer(asked.within(home), home, decision, first)

    form.give(question)


def _answer(asked: "Asked", municipality: str | None, decision: str | None, first: int) -> Answer:
    from graph.proposals import proposals

    cut = proposals(asked.snapshot, municipality, decision, first)
    asked.read(element for one in cut.items for element in _elements(one))
    notes = left_out(len(cut.items), cut.total)
    if not cut.items:
        notes = (Text("Der er ingen.", "There are none."),)
    return Answer(
        of_whom(asked, _TITLE, municipality),
        [Table(_COLUMNS, [_row(asked, one) for one in cut.items])],
        Table(_FLAT, [_flat(asked, one) for one in cut.items]),
        asked.answered("proposals", cut.total, [_data(asked, one) for one in cut.items]),
        [_detail(asked, one) for one in cut.items],
        notes,
    )


def _elements(one: "Proposal") -> Iterator[str]:
    yield from one.elements
    for existing in one.existing:
        yield from existing.elements


def _leading(asked: "Asked", one: "Proposal", most: int | None) -> Sequence[Cell]:
    return (
        DECISION.by_key[one.decision].label,
        asked.name(one.solution),
        asked.name(one.department),
        asked.names(one.problems, most),
    )


def _row(asked: "Asked", one: "Proposal") -> Sequence[Cell]:
    return *_leading(asked, one, 1), _exists(asked, one)


def _exists(asked: "Asked", one: "Proposal") -> Text:
    """Where the solution itself is, and what else solves the same."""
    same = asked.names(one.used_by, 2)
    others = asked.names((each.solution for each in one.existing), 2)
    if not one.used_by:
        return others
    here = Text(f"samme løsning hos {same.da}", f"same solution in {same.en}")
    if not one.existing:
        return here
    return Text(f"{here.da}; {others.da}", f"{here.en}; {others.en}")


def _flat(asked: "Asked", one: "Proposal") -> Sequence[Cell]:
    return (
        *_leading(asked, one, None),
        asked.names(one.used_by),
        asked.names(each.solution for each in one.existing),
        _words(PURPOSE, one.purposes),
        _words(GUIDEPOST, one.guideposts),
        asked.names(one.technologies),
        asked.names(one.also_proposed_by),
        joined(one.unknown),
        one.solution,
        one.department,
    )


def _words(vocabulary: Vocabulary, keys: Sequence[str]) -> Text:
    labels = [vocabulary.by_key[key].label for key in keys]
    return Text("; ".join(label.da for label in labels), "; ".join(label.en for label in labels))


def _detail(asked: "Asked", one: "Proposal") -> Detail:
    what, who = asked.name(one.solution), asked.name(one.department)
    proposes = Text(f"{who.da} foreslår {what.da}.", f"{who.en} proposes {what.en}.")
    card = Point(proposes, one.elements)
    existing = [Point(_solves(asked, each), each.elements) for each in one.existing]
    used_by = [Point(asked.name(department)) for department in one.used_by]
    return Detail(
        Text(f"{what.da} ({who.da})", f"{what.en} ({who.en})"),
        [
            Group(_CARD, [card]),
            Group(_SAME, used_by),
            Group(_EXISTING, existing),
            unknown_group(one.unknown),
        ],
        [card, *existing],
    )


def _solves(asked: "Asked", existing: "Existing") -> Text:
    name, where = asked.name(existing.solution), asked.names(existing.departments)
    what = asked.names(existing.problems)
    return Text(
        f"{name.da} hos {where.da} løser: {what.da}", f"{name.en} in {where.en} solves: {what.en}"
    )


def _data(asked: "Asked", one: "Proposal") -> "Json":
    return {
        "department": asked.node(one.department),
        "solution": asked.node(one.solution),
        "decision": one.decision,
        "purposes": list(one.purposes),
        "guideposts": list(one.guideposts),
        "problems": asked.nodes(one.problems),
        "technologies": asked.nodes(one.technologies),
        "alsoProposedBy": asked.nodes(one.also_proposed_by),
        "usedBy": asked.nodes(one.used_by),
        "existing": [
            {
                "solution": asked.node(each.solution),
                "problems": asked.nodes(each.problems),
                "departments": asked.nodes(each.departments),
                "source": asked.source(each.elements),
            }
            for each in one.existing
        ],
        "unknown": [asked.say(text) for text in one.unknown],
        "source": asked.source(one.elements),
    }
