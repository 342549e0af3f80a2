"""Who else, unsolved problems, proposals, paths and search in GraphQL."""

from typing import Any

import strawberry

from api.graphql_types.answers import (
    LANGUAGE_NOTE,
    answer_connection,
    answer_connection_type,
    said,
)
from api.graphql_types.context import Info
from api.graphql_types.made import REQUIRED, Argument, made_field, named_type
from api.graphql_types.node import PAGING, Node, node
from api.graphql_types.refusing import bad_argument
from api.graphql_types.rows import rows_field
from api.graphql_types.vocabularies import ENUMS, AskedLanguage
from graph import path, proposals, unsolved, who_else
from graph.search import Hit

Decision: Any = ENUMS["decision"]
Priority: Any = ENUMS["priority"]
Purpose: Any = ENUMS["purpose"]
Guidepost: Any = ENUMS["guidepost"]
MUNICIPALITY = {
    "municipality": Argument(
        strawberry.ID | None, "The id of a municipality; without it the whole graph is asked."
    )
}


@named_type("A department that has what was asked about.")
class Holder:
    """An answer of graph.who_else."""

    found: strawberry.Private[who_else.Holder]

    @strawberry.field(description="The department.", graphql_type="Department")
    def department(self) -> Any:
        return node(self.found.department)

    @strawberry.field(description="Its status, priority or level; null where it is not told.")
    def value(self) -> str | None:
        return self.found.value

    @strawberry.field(description=f"How it has it. {LANGUAGE_NOTE}")
    def explanation(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.found.explanation, language)

    source = rows_field(lambda self: self.found.elements)


@named_type("A department with the problem unsolved.")
class Facing:
    """A department that faces a problem."""

    found: strawberry.Private[unsolved.Facing]

    @strawberry.field(description="The department.", graphql_type="Department")
    def department(self) -> Any:
        return node(self.found.department)

    @strawberry.field(description="How pressing it is there; null where it is not told.")
    def priority(self) -> Priority | None:
        return None if self.found.priority is None else Priority(self.found.priority)


@named_type("A solution of the problem, and where it is.")
class Solver:
    """A solution that solves a problem."""

    found: strawberry.Private[unsolved.Solver]

    @strawberry.field(description="The solution.", graphql_type="Solution")
    def solution(self) -> Any:
        return node(self.found.solution)

    @strawberry.field(description="The departments where it is in use.")
    def in_use(self) -> list[Node]:
        return [node(id_) for id_ in self.found.in_use]

    @strawberry.field(description="The departments where it is on trial or planned.")
    def on_the_way(self) -> list[Node]:
        return [node(id_) for id_ in self.found.on_the_way]

    @strawberry.field(description="The departments that propose it; declined cards are left out.")
    def proposed_by(self) -> list[Node]:
        return [node(id_) for id_ in self.found.proposed_by]


@named_type("A problem that departments face and have not solved.")
class UnsolvedProblem:
    """An answer of graph.unsolved."""

    found: strawberry.Private[unsolved.UnsolvedProblem]

    @strawberry.field(description="The problem.", graphql_type="Problem")
    def problem(self) -> Any:
        return node(self.found.problem)

    @strawberry.field(description="Who faces it unsolved, the most pressing first.")
    def facing(self) -> list[Facing]:
        return [Facing(found=one) for one in self.found.facing]

    @strawberry.field(description="Its solutions, the most used first.")
    def solvers(self) -> list[Solver]:
        return [Solver(found=one) for one in self.found.solvers]

    @strawberry.field(description="Whether someone who faces it has a solution of it in use.")
    def solved_elsewhere(self) -> bool:
        return self.found.solved_elsewhere


@named_type("A solution in use that solves a problem of a card already.")
class Existing:
    """What already solves the same."""

    found: strawberry.Private[proposals.Existing]

    @strawberry.field(description="The solution.", graphql_type="Solution")
    def solution(self) -> Any:
        return node(self.found.solution)

    @strawberry.field(description="The problems of the card that it solves.")
    def problems(self) -> list[Node]:
        return [node(id_) for id_ in self.found.problems]

    @strawberry.field(description="The departments where it is in use.")
    def departments(self) -> list[Node]:
        return [node(id_) for id_ in self.found.departments]


@named_type("A technology card (Danish: teknologikort): a proposed solution.")
class Proposal:
    """An answer of graph.proposals."""

    found: strawberry.Private[proposals.Proposal]

    @strawberry.field(description="Who proposes it.", graphql_type="Department")
    def department(self) -> Any:
        return node(self.found.department)

    @strawberry.field(description="What is proposed.", graphql_type="Solution")
    def solution(self) -> Any:
        return node(self.found.solution)

    @strawberry.field(description="The council's decision.")
    def decision(self) -> Decision:
        return Decision(self.found.decision)

    @strawberry.field(description="The motives for the proposal.")
    def purposes(self) -> list[Purpose]:
        return [Purpose(word) for word in self.found.purposes]

    @strawberry.field(description="The guideposts that it supports.")
    def guideposts(self) -> list[Guidepost]:
        return [Guidepost(word) for word in self.found.guideposts]

    @strawberry.field(description="The problems that it is to solve.")
    def problems(self) -> list[Node]:
        return [node(id_) for id_ in self.found.problems]

    @strawberry.field(description="The technologies that it is built on.")
    def technologies(self) -> list[Node]:
        return [node(id_) for id_ in self.found.technologies]

    @strawberry.field(description="Other departments that propose the same.")
    def also_proposed_by(self) -> list[Node]:
        return [node(id_) for id_ in self.found.also_proposed_by]

    @strawberry.field(description="Departments that already have this very solution.")
    def used_by(self) -> list[Node]:
        return [node(id_) for id_ in self.found.used_by]

    @strawberry.field(description="Other solutions in use for the same problems.")
    def existing(self) -> list[Existing]:
        return [Existing(found=one) for one in self.found.existing]

    @strawberry.field(description=f"What the card leaves open. {LANGUAGE_NOTE}")
    def unknown(self, info: Info, language: AskedLanguage = None) -> list[str]:
        return [said(info, text, language) for text in self.found.unknown]

    source = rows_field(lambda self: self.found.elements)


@named_type("One step of a path: two nodes and what joins them.")
class PathStep:
    """A step of graph.path."""

    found: strawberry.Private[path.Step]

    @strawberry.field(description="Where the step begins.")
    def source(self) -> Node:
        return node(self.found.source)

    @strawberry.field(description="Where the step ends.")
    def target(self) -> Node:
        return node(self.found.target)

    @strawberry.field(description="The kind of relationship.")
    def relation(self) -> str:
        return self.found.relation

    @strawberry.field(description=f"The step in a sentence. {LANGUAGE_NOTE}")
    def explanation(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.found.explanation, language)

    rows = rows_field(lambda self: self.found.elements, "rows")


@named_type("A way in which two nodes hang together.")
class Path:
    """An answer of graph.path."""

    found: strawberry.Private[path.Path]

    @strawberry.field(description="The nodes on the way, from the first to the second.")
    def nodes(self) -> list[Node]:
        return [node(id_) for id_ in self.found.nodes]

    @strawberry.field(description="The steps of the way.")
    def steps(self) -> list[PathStep]:
        return [PathStep(found=step) for step in self.found.steps]


@named_type("A node that a search found.")
class SearchHit:
    """An answer of graph.search."""

    found: strawberry.Private[Hit]

    @strawberry.field(description="The node.")
    def node(self) -> Node:
        return node(self.found.node)

    @strawberry.field(description="By what: whole name, name, part of name or description.")
    def by(self) -> str:
        return self.found.by


for _label, _made, _of in (
    ("Holder", Holder, "departments that have it"),
    ("UnsolvedProblem", UnsolvedProblem, "unsolved problems"),
    ("Proposal", Proposal, "technology cards"),
    ("Path", Path, "ways between two nodes"),
    ("SearchHit", SearchHit, "nodes that were found"),
):
    answer_connection_type(_label, _made, _of)


def _who_else(_self: Any, info: Info, **given: Any) -> Any:
    of = info.context.known(str(given["node"]), "solution", "problem", "competence", "technology")
    besides = None
    if given["besides"] is not None:
        besides = info.context.known(str(given["besides"]), "department")
    found = who_else.who_else(info.context.snapshot, of, besides)
    return answer_connection("Holder", Holder, found.ranked(), given)


def _municipality(info: Info, given: dict[str, Any]) -> str | None:
    asked = given["municipality"]
    return None if asked is None else info.context.known(str(asked), "municipality")


def _unsolved(_self: Any, info: Info, **given: Any) -> Any:
    ranked = unsolved.ranked_unsolved(info.context.snapshot, _municipality(info, given))
    return answer_connection("UnsolvedProblem", UnsolvedProblem, ranked, given)


def _proposals(_self: Any, info: Info, **given: Any) -> Any:
    decision = None if given["decision"] is None else given["decision"].value
    municipality = _municipality(info, given)
    ranked = proposals.ranked_proposals(info.context.snapshot, municipality, decision)
    return answer_connection("Proposal", Proposal, ranked, given)


def _path(_self: Any, info: Info, **given: Any) -> Any:
    a, b = info.context.known(str(given["from_"])), info.context.known(str(given["to"]))
    if a == b:
        raise bad_argument(
            "„from“ og „to“ skal være to forskellige.",
            "“from” and “to” must be two different ones.",
        )
    return answer_connection("Path", Path, path.ranked_paths(info.context.snapshot, a, b), given)


def _search(_self: Any, info: Info, **given: Any) -> Any:
    asking = info.context
    kinds = None if given["kinds"] is None else [kind.value for kind in given["kinds"]]
    found = asking.live.index(asking.snapshot).ranked(given["matching"], kinds)
    return answer_connection("SearchHit", SearchHit, found, given)


def question_fields(kind: Any) -> dict[str, Any]:
    """These questions as fields of ``Query``; ``kind`` is the enum of node kinds."""
    return {
        "whoElse": made_field(
            "whoElse",
            "HolderConnection | None",
            "The departments that use this solution, face this problem, have this competence or "
            "know this technology; those who have it most first.",
            _who_else,
            {
                "node": Argument(strawberry.ID, "What they have in common: its id.", REQUIRED),
                "besides": Argument(strawberry.ID | None, "A department to leave out: its id."),
                **PAGING,
            },
        ),
        "unsolvedProblems": made_field(
            "unsolvedProblems",
            "UnsolvedProblemConnection | None",
            "The problems that departments face and have not solved, with who faces them and what "
            "solves them elsewhere; the most pressing first.",
            _unsolved,
            {**MUNICIPALITY, **PAGING},
        ),
        "proposals": made_field(
            "proposals",
            "ProposalConnection | None",
            "The technology cards, with what already solves the same; those to be decided first.",
            _proposals,
            {
                **MUNICIPALITY,
                "decision": Argument(Decision | None, "Only cards with this decision."),
                **PAGING,
            },
        ),
        "path": made_field(
            "path",
            "PathConnection | None",
            f"How two nodes hang together: the shortest ways between them, at most {path.MOST:,}.",
            _path,
            {
                "from_": Argument(strawberry.ID, "Where the way begins: an id.", REQUIRED, "from"),
                "to": Argument(strawberry.ID, "Where the way ends: an id.", REQUIRED),
                **PAGING,
            },
        ),
        "search": made_field(
            "search",
            "SearchHitConnection | None",
            "The nodes whose names or descriptions hold these words, in any inflected form, with "
            "or without æ, ø, å, also as parts of compounds; the best first.",
            _search,
            {
                "matching": Argument(str, "The words that are looked for.", REQUIRED),
                "kinds": Argument(list[kind] | None, "Only nodes of these kinds."),
                **PAGING,
            },
        ),
    }
