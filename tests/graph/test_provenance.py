"""The rows that an answer is led back to."""

from graph.provenance import SayingRow, rows_saying, telling
from schema.messages import Place
from schema.records import Provenance


def said(row: int, load: int = 1, **columns: str) -> Provenance:
    return Provenance(load, Place("a.xlsx", "Status", row), dict(columns))


def test_rows_that_only_name_a_node_are_left_out_where_another_says_more() -> None:
    naming, more = said(2, name="B"), said(3, name="B", digital_maturity="E")

    assert list(telling([naming, more])) == [more]
    assert list(telling([naming])) == [naming]


def test_each_row_stands_once_in_the_order_of_loads_and_rows() -> None:
    told = {
        "x": [said(4, load=2, level="C"), said(9, load=1, level="C")],
        "y": [said(9, load=1, level="AA"), said(9, load=1, priority="D", level="E")],
        "z": [],
    }

    assert rows_saying(told, ["x", "y", "z", "unsaid"]) == [
        SayingRow(1, "a.xlsx", "Status", 9, ("C", "AA")),
        SayingRow(2, "a.xlsx", "Status", 4, ("C",)),
    ]
