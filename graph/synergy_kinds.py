"""The four kinds of synergy, the parts of their scores, and the weights, which are settings."""

from dataclasses import dataclass
from typing import Literal

from schema.text import Text

SynergyKind = Literal["share", "reuse", "join", "learn"]
KINDS: tuple[SynergyKind, ...] = ("share", "reuse", "join", "learn")
DIRECTED: tuple[SynergyKind, ...] = ("reuse", "learn")
"""The kinds that have a giver and a receiver."""

LABELS: dict[SynergyKind, Text] = {
    "share": Text("dele", "share"),
    "reuse": Text("genbruge", "reuse"),
    "join": Text("gå sammen", "join forces"),
    "learn": Text("lære", "learn"),
}
EXPLANATIONS: dict[SynergyKind, Text] = {
    "share": Text(
        "De har den samme løsning, eller de løser det samme problem med den samme teknologi, "
        "men hver for sig.",
        "They have the same solution, or solve the same problem with the same technology, "
        "each on its own.",
    ),
    "reuse": Text(
        "Den ene har en løsning i brug på det, som den anden står med uløst.",
        "One has a solution in use of what the other faces unsolved.",
    ),
    "join": Text(
        "Begge står med det samme uløste problem.",
        "Both face the same unsolved problem.",
    ),
    "learn": Text(
        "Den ene har den kompetence, som den andens løsninger kræver, og som den anden mangler.",
        "One has the competence that the other's solutions require and the other lacks.",
    ),
}

PART_LABELS = {
    "solutions": Text("samme løsning", "same solution"),
    "technologies": Text(
        "samme teknologi til samme problem", "same technology for the same problem"
    ),
    "solved": Text(
        "uløste problemer, som giveren har en løsning på",
        "unsolved problems that the giver has a solution of",
    ),
    "unsolved": Text("fælles uløste problemer", "unsolved problems in common"),
    "competences": Text(
        "manglende kompetencer, som giveren har", "lacking competences that the giver has"
    ),
}


@dataclass(frozen=True)
class SynergyWeights:
    """How much each part counts. ``solutions`` and ``technologies`` are the parts of *share*;
    the other kinds have one part each. ``useful`` is what a useful competence counts beside an
    essential one; ``damping`` what a need must weigh for its *reuse* or *learn* to count half:
    two ordinary things, of a rarity of some 2 each. ``share`` to ``learn`` are the kinds' weights
    in a pair's total."""

    solutions: float = 0.6
    technologies: float = 0.4
    useful: float = 0.5
    damping: float = 4.0
    share: float = 0.25
    reuse: float = 0.25
    join: float = 0.25
    learn: float = 0.25

    def __post_init__(self) -> None:
        negative = [name for name, weight in vars(self).items() if weight < 0]
        if negative:
            raise ValueError(f"weights are never negative: {', '.join(negative)}")
        if self.solutions + self.technologies == 0:
            raise ValueError("one of the weights of solutions and technologies must be above 0")

    def parts(self, kind: SynergyKind) -> dict[str, float]:
        """The parts of a kind's score and their weights."""
        match kind:
            case "share":
                return {"solutions": self.solutions, "technologies": self.technologies}
            case "reuse":
                return {"solved": 1.0}
            case "join":
                return {"unsolved": 1.0}
            case "learn":
                return {"competences": 1.0}

    def of_kind(self, kind: SynergyKind) -> float:
        """The kind's weight in a pair's total."""
        return {
            "share": self.share,
            "reuse": self.reuse,
            "join": self.join,
            "learn": self.learn,
        }[kind]
