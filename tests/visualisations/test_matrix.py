"""Steps of colour, the largest first, pages, and the bar of a score."""

import pytest

from schema.text import Text
from visualisations.matrix import Matrix, MatrixCell, MatrixHeading, largest_first, pages, step
from visualisations.score import BAR_WIDTH, Score, ScorePart
from visualisations.table import Cell, Column, Table

EMPTY = Text("", "")


@pytest.mark.parametrize(
    ("value", "look"),
    [(0, "step-0"), (0.01, "step-1"), (50, "step-3"), (51, "step-4"), (100, "step-6")],
)
def test_an_amount_has_the_step_of_its_share_of_the_largest(value: float, look: str) -> None:
    assert step(value, 100) == look


def test_nothing_at_all_is_the_lowest_step() -> None:
    assert step(0, 0) == "step-0"


def test_the_largest_come_first_and_equals_keep_their_order() -> None:
    assert largest_first([1, 5, 3, 5], page=1, size=3) == [1, 3, 2]
    assert largest_first([1, 5, 3, 5], page=2, size=3) == [0]


@pytest.mark.parametrize(("count", "expected"), [(0, 1), (20, 1), (21, 2)])
def test_pages_hold_all_rows(count: int, expected: int) -> None:
    assert pages(count, 20) == expected


def test_a_matrix_whose_rows_do_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells, 1 columns"):
        Matrix(
            "m",
            EMPTY,
            EMPTY,
            (MatrixHeading("A"),),
            ((MatrixHeading("A"), (None, MatrixCell("1", "step-1"))),),
        )


def test_a_table_whose_rows_do_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="a row of 2 cells under 1 columns"):
        Table(EMPTY, (Column(EMPTY),), ((Cell("a"), Cell("b")),))


def test_the_bar_is_as_long_as_the_weights_and_filled_as_far_as_the_parts_reach() -> None:
    parts = (
        ScorePart(EMPTY, 0.3, 1.0),
        ScorePart(EMPTY, 0.2, 0.5),
        ScorePart(EMPTY, 0.5, None),
    )
    bar = Score(EMPTY, 0.4, parts).segments()
    assert [segment.x for segment in bar] == [0, 180, 300]
    assert sum(segment.width for segment in bar) == BAR_WIDTH
    assert [segment.filled for segment in bar] == [180, 60, 0]


def test_a_value_beyond_its_range_never_leaves_its_place_in_the_bar() -> None:
    bar = Score(EMPTY, None, (ScorePart(EMPTY, 1, 3.0), ScorePart(EMPTY, 1, -2.0))).segments()
    assert [segment.filled for segment in bar] == [300, 0]
