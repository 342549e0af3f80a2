"""A score as the sum of its named parts, and the bar that shows it."""

from dataclasses import dataclass

from schema.text import Text

BAR_WIDTH = 600
COLOURS = 6


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: its weight, and its value from 0 to 1, or None where it is unknown."""

    name: Text
    weight: float
    value: float | None
    explanation: Text | None = None

    @property
    def points(self) -> float | None:
        """What the part adds to the score."""
        return None if self.value is None else self.weight * self.value


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the bar in its own units: the part's full weight, filled up to its value."""

    part: ScorePart
    x: float
    width: float
    filled: float
    colour: int


@dataclass(frozen=True)
class Score:
    """A score from 0 to 1 with the parts that it is the sum of.

    ``coverage`` is the share of the weights that is known. ``value`` is what the question answered:
    the bar shows it and does not compute it.
    """

    label: Text
    value: float | None
    parts: tuple[ScorePart, ...]
    coverage: float | None = None

    def segments(self) -> list[Segment]:
        """The parts side by side over the whole bar, as wide as they weigh."""
        whole = sum(part.weight for part in self.parts)
        placed: list[Segment] = []
        x = 0.0
        for number, part in enumerate(self.parts):
            width = BAR_WIDTH * part.weight / whole if whole > 0 else 0.0
            filled = width * min(1.0, max(0.0, part.value or 0.0))
            colour = number % COLOURS + 1
            placed.append(Segment(part, round(x, 1), round(width, 1), round(filled, 1), colour))
            x += width
        return placed
