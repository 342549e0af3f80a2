"""``teknologikort ask transfer``: where a solution could go, what a department could take over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import click

from graph.answer import Cut
from schema.names import municipality_of
from schema.text import Text
from teknologikort.asking.answer import (
    UNKNOWN,
    Amount,
    Answer,
    Cell,
    Detail,
    Group,
    Point,
    Share,
    Table,
)
from teknologikort.asking.form import Form, first_option, form_options, left_out
from teknologikort.asking.numbers import signed
from teknologikort.asking.shared import evidence_group, joined, parts_group, unknown_group

if TYPE_CHECKING:
    from graph.gaps import Gap
    from graph.likelihood_parts import Likelihood, LikelihoodPart
    from graph.transfer import Transfer
    from teknologikort.asking.asked import Asked

_SOLUTION = Text("løsning", "solution")
_DEPARTMENT = Text("forvaltning", "department")
_JUDGED = (
    Text("udfald", "outcome"),
    Text("egnethed", "fit"),
    Text("oplyst", "known"),
    Text("sandsynlighed", "likelihood"),
    Text("mangler", "missing"),
)
_FLAT = (
    _SOLUTION,
    _DEPARTMENT,
    Text("udfald", "outcome"),
    Text("anden løsning", "other solution"),
    Text("egnethed", "fit"),
    Text("oplyst", "known"),
    Text("sandsynlighed", "likelihood"),
    Text("plads", "rank"),
    Text("ud af", "of"),
    Text("mangler", "missing"),
    Text("ikke oplyst", "not told"),
    Text("løsningens id", "solution id"),
    Text("forvaltningens id", "department id"),
)
_POTENTIAL = Text("Potentiale", "Potential")
_OPPORTUNITIES = Text("Muligheder", "Opportunities")
_OBSTACLES = Text("Hindringer", "Obstacles")
_MADE_UP = Text("Sådan er egnetheden gjort op", "How the fit is made up")
_GAPS = Text("Det mangler", "What is missing")
_LIKELIHOOD = Text(
    "Sandsynlighed (over 0 taler for, under 0 imod)",
    "Likelihood (above 0 speaks for it, below 0 against)",
)
_NOTHING_ASKED = Text(
    "Angiv --solution, --department eller begge.", "Give --solution, --department or both."
)


@click.command()
@click.option(
    "--solution",
    metavar="NAVN",
    help="Hvor kan denne løsning overtages? / Where could this solution be taken over?",
)
@click.option(
    "--department",
    metavar="NAVN",
    help="Hvad kan denne forvaltning overtage? / What could this department take over?",
)
@first_option(10)
@form_options
def command(form: Form, solution: str | None, department: str | None, first: int) -> None:
    """Hvor kan en løsning overtages, og hvad mangler der?

    Med --solution svares der med forvaltninger, med --department med løsninger, og med begge med
    netop den overførsel: potentiale, muligheder og forhindringer.

    \b
    Where could a solution be taken over, and what is missing? With --solution the
    answer is departments, with --department solutions, and with both that one
    transfer: potential, opportunities and obstacles.

    \b
      teknologikort ask transfer --solution SMS-service
      teknologikort ask transfer --department "Vej og Park" --first 20
      teknologikort ask transfer --solution SMS-service --department "Vej og Park"
    """
    if solution is None and department is None:
        raise click.UsageError(form.say(_NOTHING_ASKED))

    def question(asked: "Asked") -> Answer:
        what = None if solution is None else asked.find(solution, "solution")
        where = None if department is None else asked.find(department, "department")
        if where is not None:
            asked = asked.within(municipality_of(where))
        if what is None:
            return _candidates(asked, cast(str, where), first)
        return _targets(asked, what, first) if where is None else _pair(asked, what, where)

    form.give(question)


def _targets(asked: "Asked", solution: str, first: int) -> Answer:
    from graph.transfer import best_targets

    name = asked.name(solution)
    title = Text(f"Hvor kan {name.da} overtages?", f"Where could {name.en} be taken over?")
    cut = best_targets(asked.snapshot, solution, first)
    rows = [(asked.name(one.department), *_judged(asked, one)) for one in cut.items]
    return _answer(asked, title, cut, [Table((_DEPARTMENT, *_JUDGED), rows)])


def _candidates(asked: "Asked", department: str, first: int) -> Answer:
    from graph.transfer import best_candidates

    name = asked.name(department)
    title = Text(f"Hvad kan {name.da} overtage?", f"What could {name.en} take over?")
    cut = best_candidates(asked.snapshot, department, first)
    rows = [(asked.name(one.solution), *_judged(asked, one)) for one in cut.items]
    return _answer(asked, title, cut, [Table((_SOLUTION, *_JUDGED), rows)])


def _pair(asked: "Asked", solution: str, department: str) -> Answer:
    from graph.transfer import transfer

    one = transfer(asked.snapshot, solution, department)
    names = asked.name(solution), asked.name(department)
    title = Text(
        f"{names[0].da} til {names[1].da}: {one.outcome.label.da}",
        f"{names[0].en} to {names[1].en}: {one.outcome.label.en}",
    )
    table = Table(_JUDGED, [_judged(asked, one)])
    answer = _answer(asked, title, Cut((one,), 1), [table])
    return replace(answer, lead=one.outcome.meaning, in_full=True)


def _answer(asked: "Asked", title: Text, cut: "Cut[Transfer]", tables: Sequence[Table]) -> Answer:
    from teknologikort.asking.transfer_data import transfer_data

    asked.read(element for one in cut.items for element in _elements(one))
    notes = left_out(len(cut.items), cut.total)
    if not cut.items:
        notes = (Text("Der er ikke fundet nogen.", "None were found."),)
    return Answer(
        title,
        tables,
        Table(_FLAT, [_flat(asked, one) for one in cut.items]),
        asked.answered("transfer", cut.total, [transfer_data(asked, one) for one in cut.items]),
        [_detail(asked, one) for one in cut.items],
        notes,
    )


def _elements(one: "Transfer") -> Iterator[str]:
    for evidence in one.evidence:
        yield from evidence.elements
    for gap in one.gaps:
        yield from gap.elements


def _judged_fit(one: "Transfer") -> float | None:
    """The fit, unknown where too little is known to judge by it."""
    return None if one.outcome.key == "too_little_known" else one.fit.score


def _judged(asked: "Asked", one: "Transfer") -> Sequence[Cell]:
    return (
        _outcome(asked, one),
        Share(_judged_fit(one)),
        Share(one.fit.coverage),
        _rank(one.likelihood),
        _missing(asked, one.gaps),
    )


def _outcome(asked: "Asked", one: "Transfer") -> Text:
    label = one.outcome.label
    if one.other_solution is None:
        return label
    other = asked.name(one.other_solution)
    return Text(f"{label.da}: {other.da}", f"{label.en}: {other.en}")


def _rank(likelihood: "Likelihood") -> Text:
    if likelihood.rank is None:
        return UNKNOWN
    return Text(
        f"nr. {likelihood.rank} af {likelihood.candidates}",
        f"no. {likelihood.rank} of {likelihood.candidates}",
    )


def _missing(asked: "Asked", gaps: "Sequence[Gap]") -> Text:
    """What the gaps are about, each once."""
    from graph.fit import LABELS

    about = [LABELS[gap.part] if gap.node is None else asked.name(gap.node) for gap in gaps]
    return Text(
        "; ".join(dict.fromkeys(text.da for text in about)),
        "; ".join(dict.fromkeys(text.en for text in about)),
    )


def _flat(asked: "Asked", one: "Transfer") -> Sequence[Cell]:
    return (
        asked.name(one.solution),
        asked.name(one.department),
        one.outcome.label,
        None if one.other_solution is None else asked.name(one.other_solution),
        Share(one.fit.score),
        Share(one.fit.coverage),
        Amount(one.likelihood.score),
        UNKNOWN if one.likelihood.rank is None else one.likelihood.rank,
        one.likelihood.candidates,
        joined(gap.explanation for gap in one.gaps),
        joined(unknown.explanation for unknown in one.unknown),
        one.solution,
        one.department,
    )


def _detail(asked: "Asked", one: "Transfer") -> Detail:
    from graph.transfer_card import transfer_card

    card = transfer_card(asked.snapshot, one)
    what, where = asked.name(one.solution), asked.name(one.department)
    label, evidence = one.outcome.label, evidence_group(one.evidence)
    return Detail(
        Text(f"{what.da} til {where.da}: {label.da}", f"{what.en} to {where.en}: {label.en}"),
        [
            Group(_POTENTIAL, [Point(text) for text in card.potential]),
            Group(_OPPORTUNITIES, [Point(text) for text in card.opportunities]),
            Group(_OBSTACLES, [Point(text) for text in card.obstacles]),
            _likelihood_group(asked, one.likelihood),
        ],
        evidence.points,
        parts_group(one.fit.parts, _MADE_UP),
        [
            Group(_GAPS, [Point(gap.explanation, gap.elements) for gap in one.gaps]),
            unknown_group(unknown.explanation for unknown in one.unknown),
            evidence,
        ],
    )


def _likelihood_group(asked: "Asked", likelihood: "Likelihood") -> Group:
    if likelihood.reason is not None:
        return Group(_LIKELIHOOD, [Point(likelihood.reason)])
    return Group(_LIKELIHOOD, [_likelihood_point(asked, part) for part in likelihood.parts])


def _likelihood_point(asked: "Asked", part: "LikelihoodPart") -> Point:
    from graph.likelihood_parts import saying

    nodes = asked.names(part.nodes)
    behind = Text(f" ({nodes.da})", f" ({nodes.en})") if part.nodes else Text("", "")
    value = UNKNOWN
    if part.value is not None:
        value = Text(signed(part.value, "da"), signed(part.value, "en"))
    says = saying(part)
    return Point(Text(f"{says.da}: {value.da}{behind.da}", f"{says.en}: {value.en}{behind.en}"))
