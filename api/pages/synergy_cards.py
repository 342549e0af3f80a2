"""Synergies told one at a time, in a sentence."""

from dataclasses import dataclass

from api.pages.addresses import pair_path
from api.pages.visit import Visit
from graph.synergy import Synergy, synergies_between
from graph.synergy_kinds import KINDS, LABELS, SynergyKind
from graph.synergy_matrix import KindScore, SynergyMatrix
from schema.text import Text


@dataclass(frozen=True, slots=True)
class SynergyCard:
    """One kind of synergy between two departments: the most important thing it rests on, and how
    many things there are besides."""

    kind: SynergyKind
    label: Text
    heading: Text
    sentence: Text
    more: int
    href: str


def largest_of_each_kind(visit: Visit, matrix: SynergyMatrix) -> list[SynergyCard]:
    """The largest synergy of each kind in a matrix, in the order of the kinds."""
    largest = [(kind, _largest(matrix, kind)) for kind in KINDS]
    return [
        card
        for kind, found in largest
        if found is not None
        for answer in synergies_between(visit.snapshot, *found, [kind])[:1]
        if (card := synergy_card(visit, answer)) is not None
    ]


def _largest(matrix: SynergyMatrix, kind: SynergyKind) -> tuple[str, str] | None:
    """The pair with the highest score of a kind, the giver first; among equals the first."""
    found: list[tuple[float, tuple[str, str]]] = [
        (each.score, _ends(each, cell.department, cell.partner))
        for cell in matrix.cells
        for each in cell.scores
        if each.kind == kind and each.score
    ]
    return max(found, key=lambda each: round(each[0], 12))[1] if found else None


def _ends(score: KindScore, department: str, partner: str) -> tuple[str, str]:
    if score.giver is None or score.receiver is None:
        return department, partner
    return score.giver, score.receiver


def synergy_card(visit: Visit, answer: Synergy) -> SynergyCard | None:
    """A synergy as a card; None where nothing was found."""
    if not answer.evidence:
        return None
    return SynergyCard(
        answer.kind,
        LABELS[answer.kind],
        heading(visit, answer),
        answer.evidence[0].explanation,
        len(answer.evidence) - 1,
        pair_path(answer.department, answer.partner),
    )


def heading(visit: Visit, answer: Synergy) -> Text:
    """Whom it is between: ``Fra A til B`` where one gives."""
    if answer.giver is None or answer.receiver is None:
        first, second = map(visit.department_name, (answer.department, answer.partner))
        return Text(f"{first} med {second}", f"{first} with {second}")
    giver, receiver = map(visit.department_name, (answer.giver, answer.receiver))
    return Text(f"Fra {giver} til {receiver}", f"From {giver} to {receiver}")
