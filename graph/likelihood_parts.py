"""What an answer about likelihood holds, and the formula that all its parts share."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt

from schema.text import Text

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

LABELS = {
    "together": Text("følges ofte med det, der er her", "often found with what is here"),
    "kindred": Text("bruges af nogen, der ligner", "used by others who are alike"),
    "covered": Text("behovet er dækket af noget andet", "the need is covered by something else"),
    "size": Text("bruges i kommuner af samme størrelse", "used in municipalities of like size"),
}
"""The parts in their order, as people read them."""
SPEAKS = {
    "together": (
        Text("Følges ofte med det, der er her", "Often found with what is here"),
        Text("Følges sjældent med det, der er her", "Seldom found with what is here"),
    ),
    "kindred": (
        Text("Bruges af nogen, der ligner", "Used by others who are alike"),
        Text("Bruges ikke af dem, der ligner mest", "Not used by those most alike"),
    ),
    "covered": (
        Text("Behovet er ikke dækket af andet", "The need is not covered by something else"),
        Text("Behovet er dækket af noget andet", "The need is covered by something else"),
    ),
    "size": (
        Text("Bruges i kommuner af samme størrelse", "Used in municipalities of like size"),
        Text("Bruges i kommuner af anden størrelse", "Used in municipalities of other sizes"),
    ),
}
"""What each part of the likelihood says where it speaks for, and where it speaks against."""

TOLD_NOTHING = Text(
    "Der er ikke oplyst nogen løsninger i brug her, så sandsynligheden kan ikke vurderes.",
    "No solutions in use are told of here, so the likelihood cannot be judged.",
)
NOT_A_CANDIDATE = Text(
    "Løsningen findes her allerede.",
    "The solution is here already.",
)
NO_USERS = Text(
    "Ingen bruger eller afprøver løsningen endnu, så der er ingen brug at slutte ud fra.",
    "Nobody uses or tries the solution yet, so there is no use to conclude from.",
)


@dataclass(frozen=True)
class LikelihoodSettings:
    """What the parts are reckoned with; no weight is learnt."""

    near_km: float = 20.0
    shrink: float = 2.0
    floor: float = 0.05
    alike: float = 0.4
    named: int = 3


LIKELIHOOD_SETTINGS = LikelihoodSettings()


@dataclass(frozen=True, slots=True)
class LikelihoodPart:
    """One part in units of its spread among the candidates; None where it is not known."""

    name: str
    label: Text
    value: float | None
    nodes: tuple[str, ...]


def saying(part: LikelihoodPart) -> Text:
    """The part in words, by whether it speaks for or against."""
    speaks_for, speaks_against = SPEAKS[part.name]
    return speaks_against if (part.value or 0.0) < 0 else speaks_for


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely a solution is to go somewhere. ``score`` is None, and ``reason`` says why, where
    it cannot be ranked; ``rank`` counts from 1 among ``candidates``."""

    score: float | None
    parts: tuple[LikelihoodPart, ...] = ()
    rank: int | None = None
    candidates: int = 0
    reason: Text | None = None

    @property
    def users(self) -> tuple[str, ...]:
        """The users of the solution that are most like the candidate."""
        return next((part.nodes for part in self.parts if part.name == "kindred"), ())


@dataclass(frozen=True)
class Ranking:
    """A solution's candidates: ``values`` has a row for each part and a column for each of
    ``candidates`` (places of users), NaN where it is not known; ``scores`` are their sums."""

    solution: int
    candidates: Places
    values: Floats

    @cached_property
    def scores(self) -> Floats:
        return cast(Floats, np.nansum(self.values, axis=0))

    def over_users(self, count: int) -> Floats:
        """The score of every user, NaN for those that are no candidates."""
        scores = np.full(count, np.nan)
        scores[self.candidates] = self.scores
        return scores

    def score_of(self, user: int) -> float:
        """The score of one user, NaN where it is no candidate."""
        place = int(np.searchsorted(self.candidates, user))
        found = place < len(self.candidates) and self.candidates[place] == user
        return float(self.scores[place]) if found else float("nan")


def beyond_chance(observed: Floats, expected: Floats) -> Floats:
    """(observed - expected) / sqrt(expected + 1): how much more often than chance."""
    return np.asarray((observed - expected) / np.sqrt(expected + 1), dtype=np.float64)


def in_spreads(values: Floats) -> Floats:
    """Each row in units of its standard deviation; a row without any is nothing to rank by."""
    spread = np.array([_spread(row[~np.isnan(row)]) for row in values])[:, np.newaxis]
    standardised = values / np.where(spread > 0, spread, np.inf)
    return np.asarray(standardised + 0.0, dtype=np.float64)  # no part is shown as -0


def _spread(known: Floats) -> float:
    spread = float(known.std()) if len(known) else 0.0
    return spread if spread > 1e-9 else 0.0
