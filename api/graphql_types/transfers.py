"""Transferability in GraphQL: a solution's best targets, or a department's best candidates."""

from typing import Any

import strawberry

from api.graphql_types.answers import (
    LANGUAGE_NOTE,
    Evidence,
    NamedPart,
    Part,
    answer_connection,
    answer_connection_type,
    evidence_of,
    parts_of,
    said,
)
from api.graphql_types.context import Asking, Info
from api.graphql_types.made import TYPES, Argument, made_enum, made_field, named_type
from api.graphql_types.node import PAGING, Node, node
from api.graphql_types.refusing import bad_argument
from api.graphql_types.rows import rows_field
from api.graphql_types.vocabularies import AskedLanguage
from graph import fit, gaps, likelihood_parts, transfer, transfer_card, untold
from graph.answer import Ranked
from graph.outcome import OUTCOMES
from schema.text import Text

Outcome: Any = made_enum(
    "Outcome",
    {outcome.key: f"{outcome.label.en}: {outcome.meaning.en}" for outcome in OUTCOMES},
    "What a transfer would be.",
)


@named_type("Would it work there? A weighted mean of what is known.")
class Fit:
    """An answer of graph.fit."""

    found: strawberry.Private[fit.Fit]

    @strawberry.field(description="0 to 1; null where nothing is known.")
    def score(self) -> float | None:
        return self.found.score

    @strawberry.field(description="How much of the parts' weight is known, 0 to 1.")
    def coverage(self) -> float:
        return self.found.coverage

    @strawberry.field(description="Problem, users, technology, competence and maturity.")
    def parts(self) -> list[Part]:
        return parts_of(self.found.parts)


@named_type("A part of a likelihood, in units of its spread among candidates.")
class LikelihoodPart(NamedPart):
    """A part of an answer of graph.likelihood."""

    part: strawberry.Private[likelihood_parts.LikelihoodPart]

    @strawberry.field(description="Above 0: more than among the others; null: not known.")
    def value(self) -> float | None:
        return self.part.value

    @strawberry.field(description="The nodes that weigh most in it.")
    def nodes(self) -> list[Node]:
        return [node(id_) for id_ in self.part.nodes]


@named_type("Where does it tend to go? From who uses what, nothing else.")
class Likelihood:
    """An answer of graph.likelihood."""

    found: strawberry.Private[likelihood_parts.Likelihood]

    @strawberry.field(description="The sum of the parts; null where it cannot be ranked.")
    def score(self) -> float | None:
        return self.found.score

    @strawberry.field(description="The place among the candidates, counted from 1.")
    def rank(self) -> int | None:
        return self.found.rank

    @strawberry.field(description="How many candidates there are.")
    def candidates(self) -> int:
        return self.found.candidates

    @strawberry.field(description=f"Why it cannot be ranked, if so. {LANGUAGE_NOTE}")
    def reason(self, info: Info, language: AskedLanguage = None) -> str | None:
        return None if self.found.reason is None else said(info, self.found.reason, language)

    @strawberry.field(description="Together, kindred, covered and size.")
    def parts(self) -> list[LikelihoodPart]:
        return [LikelihoodPart(part=part) for part in self.found.parts]


@named_type("Something that is missing before it would work there.")
class Gap:
    """A line of the gap list."""

    gap: strawberry.Private[gaps.Gap]

    @strawberry.field(description="The part of the fit that it keeps from 1.")
    def part(self) -> str:
        return self.gap.part

    @strawberry.field(description="The competence, technology or problem; null for the others.")
    def node(self) -> Node | None:
        return None if self.gap.node is None else node(self.gap.node)

    @strawberry.field(description="The level that is there; 0 where there is none.")
    def has(self) -> float:
        return self.gap.has

    @strawberry.field(description="The level that is needed; null where none is told.")
    def needs(self) -> float | None:
        return self.gap.needs

    @strawberry.field(description=f"The gap in a sentence. {LANGUAGE_NOTE}")
    def explanation(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.gap.explanation, language)

    source = rows_field(lambda self: self.gap.elements)


@named_type("Something that is not told, and so not known; never taken for 0.")
class Unknown:
    """A part of the fit that is not known."""

    unknown: strawberry.Private[untold.Unknown]

    @strawberry.field(description="The part of the fit.")
    def part(self) -> str:
        return self.unknown.part

    @strawberry.field(description=f"What is not told, and by whom. {LANGUAGE_NOTE}")
    def explanation(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.unknown.explanation, language)


@named_type("A transfer in words that a meeting can discuss.")
class TransferCard:
    """An answer of graph.transfer_card."""

    card: strawberry.Private[transfer_card.TransferCard]

    @strawberry.field(description=f"What it would solve, and how users fare. {LANGUAGE_NOTE}")
    def potential(self, info: Info, language: AskedLanguage = None) -> list[str]:
        return _all(info, self.card.potential, language)

    @strawberry.field(description=f"What is in place, and whom to learn from. {LANGUAGE_NOTE}")
    def opportunities(self, info: Info, language: AskedLanguage = None) -> list[str]:
        return _all(info, self.card.opportunities, language)

    @strawberry.field(description=f"What is missing, and what is not known. {LANGUAGE_NOTE}")
    def obstacles(self, info: Info, language: AskedLanguage = None) -> list[str]:
        return _all(info, self.card.obstacles, language)


def _all(info: Info, texts: tuple[Text, ...], language: AskedLanguage) -> list[str]:
    return [said(info, text, language) for text in texts]


@named_type("What it would be to take over a solution in a department.")
class Transfer:
    """An answer of graph.transfer."""

    found: strawberry.Private[transfer.Transfer]

    @strawberry.field(description="What it would be, in a word.", graphql_type=Outcome)
    def outcome(self) -> Any:
        return Outcome(self.found.outcome.key)

    @strawberry.field(description=f"The outcome as people call it. {LANGUAGE_NOTE}")
    def label(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.found.outcome.label, language)

    @strawberry.field(
        description="fits, too_little_known, not_for_them or already_there: groups stand apart."
    )
    def group(self) -> str:
        return self.found.group

    @strawberry.field(description="The solution.", graphql_type="Solution")
    def solution(self) -> Any:
        return node(self.found.solution)

    @strawberry.field(description="The department.", graphql_type="Department")
    def department(self) -> Any:
        return node(self.found.department)

    @strawberry.field(
        description="With the outcome OTHER_TECHNOLOGY: the solution of the same problem.",
        graphql_type="Solution | None",
    )
    def other_solution(self) -> Any:
        return None if self.found.other_solution is None else node(self.found.other_solution)

    @strawberry.field(description="Would it work there?")
    def fit(self) -> Fit:
        return Fit(found=self.found.fit)

    @strawberry.field(description="Where does it tend to go?")
    def likelihood(self) -> Likelihood:
        return Likelihood(found=self.found.likelihood)

    @strawberry.field(description="What is missing before it would work there.")
    def gaps(self) -> list[Gap]:
        return [Gap(gap=gap) for gap in self.found.gaps]

    @strawberry.field(description="What is not told.")
    def unknown(self) -> list[Unknown]:
        return [Unknown(unknown=unknown) for unknown in self.found.unknown]

    @strawberry.field(description="What the fit rests on.")
    def evidence(self) -> list[Evidence]:
        return evidence_of(self.found.evidence)

    @strawberry.field(description="Potential, opportunities and obstacles, for a meeting.")
    def card(self, info: Info) -> TransferCard:
        snapshot = info.context.snapshot
        return TransferCard(card=transfer_card.transfer_card(snapshot, self.found))


answer_connection_type("Transfer", Transfer, "transfers")
TYPES["Transfer"] = Transfer


def _ranked(_self: Any, info: Info, **given: Any) -> Any:
    asking: Asking = info.context
    solution, department = given["solution"], given["department"]
    return answer_connection("Transfer", Transfer, _asked(asking, solution, department), given)


def _asked(
    asking: Asking, solution: str | None, department: str | None
) -> Ranked[transfer.Transfer]:
    snapshot = asking.snapshot
    if solution is None and department is None:
        raise bad_argument(
            "„solution“ eller „department“ skal nævnes, eller begge.",
            "“solution” or “department” must be named, or both.",
        )
    if solution is not None and department is not None:
        of, to = asking.known(solution, "solution"), asking.known(department, "department")
        return Ranked(1, lambda _place: transfer.transfer(snapshot, of, to))
    if solution is not None:
        return transfer.ranked_targets(snapshot, asking.known(solution, "solution"))
    to = asking.known(str(department), "department")
    return transfer.ranked_candidates(snapshot, to)


def transferability_field() -> Any:
    """``transferability`` of ``Query``."""
    arguments = {
        "solution": Argument(strawberry.ID | None, "What would be taken over: a solution's id."),
        "department": Argument(strawberry.ID | None, "Who would take it over: a department's id."),
        **PAGING,
    }
    described = (
        "With a solution: the departments that it could go to. With a department: the solutions "
        "that it could take over. With both: that one transfer. The best first; those of whom too "
        "little is known stand behind those that fit, ordered by likelihood."
    )
    return made_field("transferability", "TransferConnection | None", described, _ranked, arguments)
