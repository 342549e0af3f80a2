"""Synergy in GraphQL: a department's best, and all kinds for a pair."""

from typing import Any

import strawberry

from api.graphql_types.answers import (
    LANGUAGE_NOTE,
    Evidence,
    Part,
    answer_connection,
    answer_connection_type,
    evidence_of,
    parts_of,
    said,
)
from api.graphql_types.context import Info
from api.graphql_types.made import REQUIRED, Argument, made_enum, made_field
from api.graphql_types.node import PAGING, Node, node
from api.graphql_types.refusing import bad_argument
from api.graphql_types.vocabularies import AskedLanguage
from graph import synergy
from graph.synergy_kinds import EXPLANATIONS, KINDS, LABELS

SynergyKind: Any = made_enum(
    "SynergyKind",
    {kind: EXPLANATIONS[kind].en for kind in KINDS},
    "The four kinds of synergy between departments.",
)


@strawberry.type(description="One kind of synergy between two departments.")
class Synergy:
    """An answer of graph.synergy."""

    found: strawberry.Private[synergy.Synergy]

    @strawberry.field(description="The kind of synergy.", graphql_type=SynergyKind)
    def kind(self) -> Any:
        return SynergyKind(self.found.kind)

    @strawberry.field(description=f"The kind in a word. {LANGUAGE_NOTE}")
    def label(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, LABELS[self.found.kind], language)

    @strawberry.field(description="0 to 1, the weighted mean of the known parts; null: unknown.")
    def score(self) -> float | None:
        return self.found.score

    @strawberry.field(description="How much of the parts' weight is known, 0 to 1.")
    def coverage(self) -> float:
        return self.found.coverage

    @strawberry.field(description="The department that was asked about.")
    def department(self) -> Node:
        return node(self.found.department)

    @strawberry.field(description="The other department.")
    def partner(self) -> Node:
        return node(self.found.partner)

    @strawberry.field(description="Who gives, where one gives to the other.")
    def giver(self) -> Node | None:
        return None if self.found.giver is None else node(self.found.giver)

    @strawberry.field(description="Who receives, where one gives to the other.")
    def receiver(self) -> Node | None:
        return None if self.found.receiver is None else node(self.found.receiver)

    @strawberry.field(description="The named parts that the score is made of.")
    def parts(self) -> list[Part]:
        return parts_of(self.found.parts)

    @strawberry.field(description="All that the score rests on, the most important first.")
    def evidence(self) -> list[Evidence]:
        return evidence_of(self.found.evidence)

    @strawberry.field(description=f"What is not known and stands in the way. {LANGUAGE_NOTE}")
    def unknown(self, info: Info, language: AskedLanguage = None) -> list[str]:
        return [said(info, text, language) for text in self.found.unknown]


answer_connection_type("Synergy", Synergy, "synergies")


def _best(_self: Any, info: Info, **given: Any) -> Any:
    asking = info.context
    department = asking.known(str(given["department"]), "department")
    kinds = None if given["kinds"] is None else [member.value for member in given["kinds"]]
    among = None
    if given["partner"] is not None:
        partner = asking.known(str(given["partner"]), "department")
        if partner == department:
            raise bad_argument(
                "„partner“ skal være en anden end „department“.",
                "“partner” must be another than “department”.",
            )
        among = [partner]
    ranked = synergy.ranked_synergies(asking.snapshot, department, kinds, among)
    return answer_connection("Synergy", Synergy, ranked, given)


def synergies_field() -> Any:
    """``synergies`` of ``Query``."""
    arguments = {
        "department": Argument(strawberry.ID, "Whose synergies: a department's id.", REQUIRED),
        **PAGING,
        "kinds": Argument(list[SynergyKind] | None, "Only synergies of these kinds."),
        "partner": Argument(strawberry.ID | None, "Only those with this department: its id."),
    }
    described = (
        "What a department could share, reuse, join forces on or learn, with whom: the largest "
        "first. With “partner” only between these two."
    )
    return made_field("synergies", "SynergyConnection | None", described, _best, arguments)
