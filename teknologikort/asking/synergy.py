"""``teknologikort ask synergy``: a department's best synergies, or all with one partner."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from graph.answer import Cut
from graph.synergy_kinds import KINDS, LABELS, SynergyKind
from schema.messages import Refusal, say
from schema.names import municipality_of
from schema.text import Text
from teknologikort.asking.answer import Answer, Detail, Share, Table
from teknologikort.asking.form import Form, first_option, form_options, left_out
from teknologikort.asking.shared import evidence_group, joined, parts_group, unknown_group

if TYPE_CHECKING:
    from graph.synergy import Synergy
    from teknologikort.asking.answer import Cell
    from teknologikort.asking.asked import Asked, Json

_NAMED = 3
_SCORED = (Text("styrke", "score"), Text("oplyst", "known"), Text("om", "about"))
_COLUMNS = (
    Text("slags", "kind"),
    Text("med", "with"),
    Text("retning", "direction"),
    *_SCORED,
)
_PAIR = (Text("slags", "kind"), Text("mellem", "between"), *_SCORED)
_FLAT = (
    Text("slags", "kind"),
    Text("forvaltning", "department"),
    Text("med", "with"),
    Text("giver", "giver"),
    Text("modtager", "receiver"),
    Text("styrke", "score"),
    Text("oplyst", "known"),
    Text("om", "about"),
    Text("ikke oplyst", "not told"),
    Text("forvaltningens id", "department id"),
    Text("id på den anden", "partner id"),
)
_MADE_UP = Text("Sådan er styrken gjort op", "How the score is made up")
_BOTH = Text("begge veje", "both ways")
_GIVES = Text("giver", "gives")
_RECEIVES = Text("modtager", "receives")


@click.command()
@click.argument("department")
@click.argument("partner", required=False)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    help="Kun denne slags: dele, genbruge, gå sammen, lære; kan gentages. / This kind only; may "
    "be repeated.",
)
@first_option(10)
@form_options
def command(
    form: Form, department: str, partner: str | None, kinds: tuple[str, ...], first: int
) -> None:
    """Hvem kan forvaltningen dele løsninger med, gå sammen med og lære af?

    Med PARTNER besvares alle slags for netop de to, også hvor intet er fundet.

    \b
    Whom could the department share solutions with, join forces with and learn from?
    With PARTNER all kinds are answered for these two, also where nothing is found.

    \b
      teknologikort ask synergy sundhed-og-omsorg
      teknologikort ask synergy "Vej og Park" "Kultur og Fritid" --evidence
      teknologikort ask synergy borgerservice --kind join --csv
    """
    wanted = cast(tuple[SynergyKind, ...] | None, kinds or None)

    def question(asked: "Asked") -> Answer:
        a = asked.find(department, "department")
        asked = asked.within(municipality_of(a))
        if partner is None:
            return _best(asked, a, wanted, first)
        b = asked.find(partner, "department")
        if a == b:
            raise Refusal(say("synergy-with-itself", name=asked.name(a)))
        return _pair(asked, a, b, wanted)

    form.give(question)


def _best(
    asked: "Asked", department: str, kinds: tuple[SynergyKind, ...] | None, first: int
) -> Answer:
    from graph.synergy import best_synergies

    cut = best_synergies(asked.snapshot, department, kinds, first)
    name = asked.name(department)
    notes = left_out(len(cut.items), cut.total)
    if not cut.items:
        notes = (Text("Der er ikke fundet nogen.", "None were found."),)
    return _answer(
        asked,
        cut,
        Text(f"Synergi for {name.da}", f"Synergy for {name.en}"),
        Table(_COLUMNS, [_row(asked, one) for one in cut.items]),
        notes,
    )


def _pair(asked: "Asked", a: str, b: str, kinds: tuple[SynergyKind, ...] | None) -> Answer:
    from graph.synergy import synergies_between

    found = synergies_between(asked.snapshot, a, b, kinds)
    names = asked.name(a), asked.name(b)
    title = Text(
        f"Synergi mellem {names[0].da} og {names[1].da}",
        f"Synergy between {names[0].en} and {names[1].en}",
    )
    table = Table(_PAIR, [_pair_row(asked, one) for one in found])
    return _answer(asked, Cut(found, len(found)), title, table, (), in_full=True)


def _answer(
    asked: "Asked",
    cut: "Cut[Synergy]",
    title: Text,
    table: Table,
    notes: Sequence[Text],
    in_full: bool = False,
) -> Answer:
    asked.read(element for one in cut.items for each in one.evidence for element in each.elements)
    return Answer(
        title,
        [table],
        Table(_FLAT, [_flat(asked, one) for one in cut.items]),
        asked.answered("synergy", cut.total, [_data(asked, one) for one in cut.items]),
        [_detail(asked, one) for one in cut.items],
        notes,
        in_full,
    )


def _direction(one: "Synergy") -> Text:
    if one.giver is None:
        return _BOTH
    return _GIVES if one.giver == one.department else _RECEIVES


def _about(asked: "Asked", one: "Synergy", most: int | None) -> Text:
    return asked.names(dict.fromkeys(each.node for each in one.evidence), most)


def _row(asked: "Asked", one: "Synergy") -> "Sequence[Cell]":
    partner = asked.name(one.partner)
    return (LABELS[one.kind], partner, _direction(one), *_scored(asked, one))


def _pair_row(asked: "Asked", one: "Synergy") -> "Sequence[Cell]":
    return (LABELS[one.kind], _between(asked, one), *_scored(asked, one))


def _scored(asked: "Asked", one: "Synergy") -> "Sequence[Cell]":
    return Share(one.score), Share(one.coverage), _about(asked, one, _NAMED)


def _between(asked: "Asked", one: "Synergy") -> Text:
    """Giver and receiver, or the two where neither is."""
    if one.giver is None or one.receiver is None:
        ends, sign = (one.department, one.partner), "–"
    else:
        ends, sign = (one.giver, one.receiver), "→"
    first, second = map(asked.name, ends)
    return Text(f"{first.da} {sign} {second.da}", f"{first.en} {sign} {second.en}")


def _flat(asked: "Asked", one: "Synergy") -> "Sequence[Cell]":
    return (
        LABELS[one.kind],
        asked.name(one.department),
        asked.name(one.partner),
        None if one.giver is None else asked.name(one.giver),
        None if one.receiver is None else asked.name(one.receiver),
        Share(one.score),
        Share(one.coverage),
        _about(asked, one, None),
        joined(one.unknown),
        one.department,
        one.partner,
    )


def _detail(asked: "Asked", one: "Synergy") -> Detail:
    label, between = LABELS[one.kind], _between(asked, one)
    title = Text(f"{label.da.capitalize()}: {between.da}", f"{label.en.capitalize()}: {between.en}")
    evidence = evidence_group(one.evidence)
    groups = [evidence, unknown_group(one.unknown)]
    return Detail(title, groups, evidence.points, parts_group(one.parts, _MADE_UP))


def _data(asked: "Asked", one: "Synergy") -> "Json":
    return {
        "kind": one.kind,
        "label": asked.say(LABELS[one.kind]),
        "score": one.score,
        "coverage": one.coverage,
        "department": asked.node(one.department),
        "partner": asked.node(one.partner),
        "giver": None if one.giver is None else asked.node(one.giver),
        "receiver": None if one.receiver is None else asked.node(one.receiver),
        "parts": asked.parts(one.parts),
        "evidence": asked.evidence(one.evidence),
        "unknown": [asked.say(text) for text in one.unknown],
    }
