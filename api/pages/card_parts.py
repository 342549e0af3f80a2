"""The parts of a transfer's card: the fit as a bar, what is missing, where it is likely to go."""

from collections.abc import Sequence

from api.pages.addresses import node_path
from api.pages.visit import Visit
from graph.fit import LABELS
from graph.gaps import Gap
from graph.likelihood_parts import Likelihood, LikelihoodPart, saying
from graph.outcome import TOO_LITTLE_KNOWN
from graph.transfer import Transfer
from schema.names import kind_of
from schema.text import Text
from visualisations.evidence import Gap as ShownGap
from visualisations.score import Score, ScorePart
from visualisations.table import Cell, Column, Table

FIT = Text("egnethed", "fit")
FAMILIARITY = (
    Text("intet kendskab", "no familiarity"),
    Text("hørt om den", "heard of it"),
    Text("prøvet den", "tried it"),
    Text("den i brug", "it in use"),
    Text("videreudviklet den", "developed it further"),
)
"""How familiar a technology is, to stand after *has* and *needs*."""
MUCH = 1.0
"""From how many spreads on a part is said to speak much for or against."""


def fit_score(transfer: Transfer) -> Score:
    """The fit as the sum of its parts; where too little is known it is no number to go by, and
    stands as unknown."""
    fit = transfer.fit
    parts = tuple(ScorePart(each.label, each.weight, each.value) for each in fit.parts)
    judged = None if transfer.outcome is TOO_LITTLE_KNOWN else fit.score
    return Score(FIT, judged, parts, fit.coverage)


def shown_gaps(visit: Visit, gaps: Sequence[Gap]) -> list[ShownGap]:
    """What is missing, with levels in words."""
    return [_gap(visit, gap) for gap in gaps]


def _gap(visit: Visit, gap: Gap) -> ShownGap:
    has, needs = _levels(gap)
    return ShownGap(
        LABELS[gap.part],
        visit.say(_subject(gap)) if gap.node is None else visit.name(gap.node),
        gap.explanation,
        None if gap.node is None else node_path(gap.node),
        None if gap.node is None else kind_of(gap.node),
        has,
        needs,
    )


def _subject(gap: Gap) -> Text:
    label = LABELS[gap.part]
    return Text(label.da.capitalize(), label.en.capitalize())


def _levels(gap: Gap) -> tuple[Text | None, Text | None]:
    """What is there and what it takes; none for problems and users, which have no levels."""
    match gap.part:
        case "competence":
            lacking = Text("intet oplyst niveau", "no level told")
            needs = lacking if gap.needs is None else _level(gap.needs)
            return (_level(gap.has) if gap.has else Text("ikke oplyst", "not told"), needs)
        case "technology":
            return _familiarity(gap.has), _familiarity(gap.needs or 0.0)
        case "maturity":
            return _level(gap.has), _level(gap.needs or 0.0)
        case _:
            return None, None


def _level(value: float) -> Text:
    return Text(f"niveau {value:g}".replace(".", ","), f"level {value:g}")


def _familiarity(level: float) -> Text:
    return FAMILIARITY[int(level)]


def likelihood_table(visit: Visit, likelihood: Likelihood) -> Table:
    """The parts in words, with the nodes behind them."""
    columns = (
        Column(Text("Hvad", "What")),
        Column(Text("Taler", "Speaks")),
        Column(Text("På grund af", "Because of")),
    )
    rows = tuple(
        (Cell(saying(part)), _weight(part), Cell(_names(visit, part))) for part in likelihood.parts
    )
    return Table(Text("Hvor den plejer at brede sig", "Where it tends to go"), columns, rows)


def _weight(part: LikelihoodPart) -> Cell:
    """How a part counts, in words and in spreads."""
    if part.value is None:
        return Cell(Text("ukendt", "unknown"))
    value = round(part.value, 1)
    note = Text(f"{value:+.1f}".replace(".", ","), f"{value:+.1f}")
    if abs(value) < 0.1:
        return Cell(Text("hverken for eller imod", "neither for nor against"), note=note)
    if value > 0:
        strong, weak = Text("meget for", "much for"), Text("for", "for")
    else:
        strong, weak = Text("meget imod", "much against"), Text("imod", "against")
    return Cell(strong if abs(value) >= MUCH else weak, note=note)


def _names(visit: Visit, part: LikelihoodPart) -> str:
    names = [
        visit.department_name(each) if kind_of(each) == "department" else visit.name(each)
        for each in part.nodes
    ]
    return "; ".join(names) or "–"
