"""The matrix of synergies, of one municipality or two compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.snapshot import Snapshot
from graph.synergy import synergies_between
from graph.synergy_kinds import SynergyWeights
from graph.synergy_matrix import departments_of, synergy_matrix
from tests.graph.graphs import checked, snapshots
from tests.graph.small import snapshot

# Of a failing example Hypothesis would tell its size as a warning instead of the failure.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

V, X, Y, Z = (f"department:a/{each}" for each in "vxyz")


def test_the_departments_with_most_synergy_stand_first() -> None:
    graph = snapshot(
        uses=[("a/y", "sms"), ("a/z", "sms"), ("a/z", "map"), ("a/x", "map"), ("a/v", "rda")]
    )

    matrix = synergy_matrix(graph, departments_of(graph, "municipality:a"))

    assert matrix.rows == matrix.columns == (Z, X, Y, V)
    assert [(cell.department, cell.partner) for cell in matrix.cells[:2]] == [(X, Z), (Y, Z)]
    assert len(matrix.cells) == 6


def test_a_total_is_the_weighted_sum_of_what_is_known_and_says_how_much_is() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "sms")])

    cell = synergy_matrix(graph, [X, Y]).cell(Y, X)

    assert cell is not None
    assert cell.total == pytest.approx(0.25)
    assert cell.coverage == pytest.approx(0.25 * 0.6)
    assert cell.score("share") == 1.0
    assert cell.score("learn") is None


def test_the_weights_of_kinds_are_settings() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "sms")])

    matrix = synergy_matrix(graph, [X, Y], weights=SynergyWeights(share=0.7))

    assert matrix.cells[0].total == pytest.approx(0.7)
    assert matrix.weights.share == 0.7


def test_two_municipalities_are_compared_across() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "sms"), ("b/x", "sms"), ("b/y", "map")])

    matrix = synergy_matrix(graph, [X, Y], departments_of(graph, "municipality:b"))

    assert matrix.columns == ("department:b/x", "department:b/y")
    assert matrix.cell(X, Y) is None
    assert len(matrix.cells) == 4


def test_departments_in_one_line_have_no_cell() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "sms")], parents=[("a/y", "a/x")])

    assert synergy_matrix(graph, [X, Y]).cells == ()


@given(snapshots(), st.integers(0, 7))
@checked
def test_the_matrix_says_the_same_as_the_pair_asked_about(graph: Snapshot, place: int) -> None:
    cell = synergy_matrix(graph, graph.nodes("department")).cells[place % 7]

    answers = synergies_between(graph, cell.department, cell.partner)

    assert [(each.kind, each.giver) for each in cell.scores] == [
        (each.kind, each.giver) for each in answers
    ]
    for ours, theirs in zip(cell.scores, answers, strict=True):
        assert ours.score == pytest.approx(theirs.score)
        assert ours.coverage == pytest.approx(theirs.coverage)
