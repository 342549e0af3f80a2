"""Which names and subjects are akin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.kinship import kle_subject
from graph.likeness import wording


def likeness(a: str, b: str) -> float:
    return float(wording([a, b]).likeness(0)[1])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Lang ventetid på telefonen", "Telefonventetid"),
        ("Fejl i fakturaer", "Fakturafejl"),
        ("Fakturaer indtastes manuelt", "Manuel indtastning af fakturaer"),
        ("Højt energiforbrug i bygninger", "Energiforbrug i kommunale bygninger"),
        ("Udeblivelse fra aftaler", "Borgerne udebliver fra aftaler"),
    ],
)
def test_inflected_words_and_compounds_are_nearly_the_same(a: str, b: str) -> None:
    assert likeness(a, b) >= 0.4


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Fravær i skolen", "Højt sygefravær blandt medarbejdere"),
        ("Vagtplanlægning tager lang tid", "Byggesager tager for lang tid"),
        ("Trængsel på indfaldsveje", "Vandskader efter skybrud"),
    ],
)
def test_a_shared_common_word_is_not_enough(a: str, b: str) -> None:
    assert likeness(a, b) < 0.5


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("27", (27, -1)),
        ("27.03", (27, 3)),
        ("27.03.05G01", (27, 3)),
        ("KLE 27.03.05", (27, 3)),
        ("", None),
        (None, None),
        ("2024", None),
        ("27.36A04", (27, 36)),
        ("27.3", None),
        ("27,36", None),
        ("2024-03-01", None),
        ("03:36:00", None),
        ("27-36", None),
        ("5", None),
    ],
)
def test_a_kle_number_is_read_to_its_group(
    text: str | None, subject: tuple[int, int] | None
) -> None:
    assert kle_subject(text) == subject


@given(st.lists(st.text("aeiou lrst", max_size=12), min_size=1, max_size=6))
def test_likeness_is_symmetric_and_whole_with_itself(names: list[str]) -> None:
    made = wording(names)
    found = np.array([made.likeness(row) for row in range(len(names))])

    assert np.allclose(found, found.T)
    assert np.all(found <= 1 + 1e-9)
    assert all(np.isclose(own, 1) or own == 0 for own in np.diag(found))


@given(
    st.lists(st.text("aeiou lrst", max_size=12), min_size=1, max_size=8),
    st.sampled_from([0.1, 0.3, 0.5, 0.8, 1.0]),
)
def test_the_names_alike_are_all_those_that_are_so_like(names: list[str], limit: float) -> None:
    made = wording(names)
    for row in range(len(names)):
        near = made.likeness(row)
        clear = np.abs(near - limit) > 1e-8
        expected = np.flatnonzero(clear & (near >= limit)).tolist()
        assert [each for each in made.alike(row, limit).tolist() if clear[each]] == expected
