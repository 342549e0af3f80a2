"""What holds of an element follows from what it was and what newer records say of it."""

import hypothesis.strategies as st
from hypothesis import given

from graph.settling import Voice, grown, settled
from schema.field import Value

NODE = "technology:x"
WORDS: dict[str, st.SearchStrategy[Value]] = {
    "name": st.sampled_from(["SMS", "Sms"]),
    "kind": st.sampled_from(["product", "automates"]),
    "other_names": st.lists(st.sampled_from("abc"), min_size=1, max_size=2).map(tuple),
    "description": st.sampled_from(["før", "nu"]),
}
REQUIRES = "solution:x REQUIRES competence:y"
LEVELS: dict[str, st.SearchStrategy[Value]] = {
    "": st.just(""),
    "level": st.integers(1, 5),
    "necessity": st.sampled_from(["essential", "useful"]),
}


@st.composite
def heard(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[Value]]) -> list[list[Voice]]:
    """What older and newer records say, each at least once."""
    told = st.lists(
        st.sampled_from(sorted(fields)).flatmap(
            lambda name: st.tuples(st.just(name), fields[name])
        ),
        min_size=1,
        max_size=4,
    )
    number, sides = 0, []
    for _ in range(2):
        voices = []
        for says in draw(st.lists(told, min_size=1, max_size=3)):
            count = draw(st.integers(1, 3))
            voices.append(Voice(tuple(says), count, number, number + count - 1))
            number += count
        sides.append(voices)
    return sides


def follows(element: str, older: list[Voice], newer: list[Voice]) -> bool:
    fields = grown(element, settled(element, older), newer)
    if fields is None:
        return False
    assert fields == settled(element, [*older, *newer])
    return True


@given(heard(WORDS))
def test_a_node_grows_into_what_all_its_records_say_or_its_name_is_spelt_otherwise(
    sides: list[list[Voice]],
) -> None:
    older, newer = sides
    if not follows(NODE, older, newer):
        before = settled(NODE, older)["name"]
        assert any(
            ("name", name) in voice.says for voice in newer for name in {"SMS", "Sms"} - {before}
        )


@given(heard(LEVELS))
def test_a_requirement_always_grows_into_the_highest(sides: list[list[Voice]]) -> None:
    assert follows(REQUIRES, *sides)
