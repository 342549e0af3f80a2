"""Which records stand: the quick way for a newest edition gives what the rule gives."""

import hypothesis.strategies as st
from hypothesis import given

from graph.changes import standing_change
from graph.ledger import Edition, RecordHead, record_number, replaced_by, standing_numbers

EDITIONS = st.lists(
    st.tuples(st.booleans(), st.lists(st.sampled_from("abcd"), max_size=5)), min_size=1, max_size=5
)


@given(EDITIONS)
def test_what_a_newest_edition_replaces_is_what_ceases_to_stand(
    told: list[tuple[bool, list[str]]],
) -> None:
    editions = [
        Edition(load, remove, [RecordHead(record_number(load, i), k) for i, k in enumerate(keys)])
        for load, (remove, keys) in enumerate(told, 1)
    ]
    *before, newest = editions
    stood = standing_numbers(before)
    heads = [head for edition in before for head in edition.heads if head.number in stood]
    keys = {head.key for head in newest.heads}

    replaced = replaced_by(keys, newest.remove_missing, heads)

    assert replaced == standing_change(before, editions).falling
