"""What a source said before and is not to fall: of rows that are refused, in unread sheets."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from loaders.verdicts import said_by
from schema.records import KeptRecord, Record


def says_something(kept: KeptRecord) -> bool:
    """Whether it is a row; one that says nothing only holds the place of a row that fell."""
    return bool(kept.record.statements)


def said_again(made: Iterable[Record], staying: Sequence[Record]) -> list[Record]:
    """The records to state anew, since rows that are loaded take their place; but not what a row
    says again."""
    of_these = {record.key for record in staying}
    again = Counter((each.key, said_by(each)) for each in made if each.key in of_these)
    kept: list[Record] = []
    for record in staying:
        at = record.key, said_by(record)
        again[at] -= 1
        if again[at] < 0:
            kept.append(record)
    return kept


def emptied(fallen: Iterable[KeptRecord], missing: Set[str]) -> list[Record]:
    """Records that say nothing, to take the place of those that are missing where others are let
    alone: stated anew, the others would have the last word again over other sources."""
    places = {each.record.key: each.record.place for each in fallen if each.record.key in missing}
    return [Record(key, place, ()) for key, place in places.items()]
