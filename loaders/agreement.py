"""Rows of one load held against each other: the same said twice, and what cannot both be so."""

from collections.abc import Iterable, Mapping, Sequence, Set

from loaders.shown import NameOf, shown_element, shown_place, shown_value
from loaders.statements import Draft
from schema.field import Field, FieldType, Value
from schema.messages import say
from schema.records import Statement, is_relation
from schema.text import Text

Claim = tuple[Draft, Statement, Field]
_WRITE_AS_PATH = Text(
    " Er det to forvaltninger med samme navn, så skriv dem som stier: „Sundhed > Administration“.",
    " If they are two departments of one name, write them as paths: “Health > Administration”.",
)
_NOTHING = Text("", "")


def settle_defaults(drafts: Iterable[Draft]) -> None:
    """What one row says outright is not undone by what another says by leaving it out."""
    drafts = list(drafts)
    silent = {draft.main for draft in drafts if draft.defaults}
    outright = {
        (statement.element, statement.field)
        for draft in drafts
        if draft.main in silent
        for statement, _ in draft.claims
        if statement.element == draft.main
    }
    for draft in drafts:
        if draft.defaults:
            draft.defaults = [
                said for said in draft.defaults if (said.element, said.field) not in outright
            ]


def leave_told(
    drafts: Iterable[Draft],
    details: Mapping[str, Mapping[str, Value]],
    said_before: Set[tuple[str, str]],
) -> None:
    """What another source has told outright is not undone either: only where nothing is told, or
    where this source told it before, does a row say something by leaving it out."""
    for draft in drafts:
        if not draft.defaults:
            continue
        draft.defaults = [
            said
            for said in draft.defaults
            if said.field not in details.get(said.element, {})
            or (said.element, said.field) in said_before
        ]


def skip_twins(drafts: Iterable[Draft]) -> None:
    """A row that says just what one above it says is skipped, and names it. What a row says holds
    the relationship that it is about, so only rows about the same one can say the same."""
    about: dict[tuple[str, str | None], list[Draft]] = {}
    for draft in drafts:
        if draft.key is not None and not draft.refused and not draft.skipped:
            assert draft.main is not None
            main = draft.main if is_relation(draft.main) else None
            about.setdefault((draft.row.sheet.sheet.key, main), []).append(draft)
    for alike in about.values():
        if len(alike) > 1:
            _skip_twins(alike)


def _skip_twins(drafts: Iterable[Draft]) -> None:
    first: dict[frozenset[tuple[str, str, Value]], Draft] = {}
    for draft in drafts:
        twin = first.setdefault(_said(draft), draft)
        if twin is not draft:
            draft.twin = twin
            other = shown_place(twin.row.place, draft.row.place)
            draft.messages.append(say("row-twice", draft.row.place, other=other))


def _said(draft: Draft) -> frozenset[tuple[str, str, Value]]:
    said = (*draft.statements, *draft.defaults)
    return frozenset((each.element, each.field, each.value) for each in said)


def refuse_contradictions(drafts: Iterable[Draft], name_of: NameOf) -> None:
    """Rows that state different values where only one can hold are refused, each naming another."""
    drafts = [draft for draft in drafts if draft.twin is None]
    contested = _contested(drafts)
    if not contested:
        return
    claims: dict[tuple[str, str], list[Claim]] = {}
    for draft in drafts:
        for statement, declared in draft.claims:
            at = (statement.element, statement.field)
            if at in contested:
                claims.setdefault(at, []).append((draft, statement, declared))
    for made in claims.values():
        _refuse(made, name_of)


def _contested(drafts: Iterable[Draft]) -> set[tuple[str, str]]:
    """What is claimed to be this and that."""
    said: dict[tuple[str, str], Value] = {}
    contested: set[tuple[str, str]] = set()
    for draft in drafts:
        for statement, _ in draft.claims:
            at = (statement.element, statement.field)
            if said.setdefault(at, statement.value) != statement.value:
                contested.add(at)
    return contested


def _refuse(claims: Sequence[Claim], name_of: NameOf) -> None:
    """Each is held against the first that says otherwise."""
    first = claims[0]
    other = next(claim for claim in claims if claim[1].value != first[1].value)
    for claim in claims:
        against = first if claim[1].value != first[1].value else other
        _contradict(claim, against, name_of)


def _contradict(claim: Claim, against: Claim, name_of: NameOf) -> None:
    draft, statement, declared = claim
    here = draft.row.place
    place = type(here)(here.file, here.sheet, here.row, statement.column)
    draft.messages.append(
        say(
            "rows-contradict",
            place,
            field=declared.label,
            about=shown_element(statement.element, name_of),
            value=shown_value(declared, statement.value, name_of),
            other_value=shown_value(declared, against[1].value, name_of),
            other=shown_place(against[0].row.place, here),
            hint=_WRITE_AS_PATH if declared.type is FieldType.NODE else _NOTHING,
        )
    )
