"""Where a solution tends to go, from docs/method.md: pair after pair, with sets."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, pstdev

from graph.likelihood_parts import LikelihoodSettings
from schema.names import municipality_of
from tests.graph.plain import rows
from tests.graph.plain.graph import PlainGraph
from tests.graph.plain.kinship import Names, names_of

PARTS = ("together", "kindred", "covered", "size")
EARTH_KM = 6371.0


@dataclass(frozen=True)
class Candidate:
    """How likely it is that a solution goes to one department: each part in units of its spread
    (None where it is not known), and their sum."""

    parts: dict[str, float | None]

    @property
    def score(self) -> float:
        return sum(value for value in self.parts.values() if value is not None)


@dataclass(frozen=True)
class PlainLikelihood:
    """All that is asked of likelihood in one graph, department by department."""

    graph: PlainGraph
    settings: LikelihoodSettings

    @cached_property
    def profiles(self) -> dict[str, set[str]]:
        """What each department uses or tries, of those that have told of any such use."""
        every = {d: rows.uses(self.graph, d, rows.ACTIVE) for d in self.graph.of_kind("department")}
        return {d: profile for d, profile in every.items() if profile}

    @cached_property
    def users(self) -> dict[str, list[str]]:
        return {s: rows.users(self.graph, s) for s in self.graph.of_kind("solution")}

    @cached_property
    def weight(self) -> Mapping[str, float]:
        return rows.rarity(self.profiles.values())

    @cached_property
    def names(self) -> Names:
        return names_of(self.graph, "solution")

    def ranking(self, solution: str) -> dict[str, Candidate]:
        """Every candidate, that is all who have told of some use and do not have the solution;
        nobody where nobody has it."""
        users = self.users[solution]
        candidates = [d for d in self.profiles if d not in users]
        if not users or not candidates:
            return {}
        raw: dict[str, list[float | None]] = {
            "together": self._together(solution, candidates),
            "kindred": self._kindred(solution, candidates),
            "covered": self._covered(solution, candidates),
            "size": self._size(users, candidates),
        }
        parts = {part: _in_spreads(raw[part]) for part in PARTS}
        return {d: Candidate({p: parts[p][i] for p in PARTS}) for i, d in enumerate(candidates)}

    def lift(self, solution: str) -> dict[str, float]:
        """How much more often than chance its users have each other solution that any has."""
        users = self.users[solution]
        shared: dict[str, int] = {}
        for user in users:
            for other in self.profiles[user] - {solution}:
                shared[other] = shared.get(other, 0) + 1
        return {s: self._lift_of(s, users, shared.get(s, 0)) for s in self._used - {solution}}

    @cached_property
    def _used(self) -> set[str]:
        return {s for s, users in self.users.items() if users}

    def _lift_of(self, solution: str, users: Sequence[str], shared: int) -> float:
        return _beyond(shared, len(users) * len(self.users[solution]) / len(self.profiles))

    def _together(self, solution: str, candidates: Sequence[str]) -> list[float | None]:
        lift = self.lift(solution)
        return [sum(lift[s] for s in self.profiles[d]) for d in candidates]

    def _kindred(self, solution: str, candidates: Sequence[str]) -> list[float | None]:
        users = self.users[solution]
        without = {user: self._without(user, solution) for user in users}
        found: list[float | None] = []
        for d in candidates:
            observed = sum(self._affinity(user, *without[user], d) for user in users)
            usual = sum(self._affinity(user, *self._whole[user], d) for user in users)
            everyone = self.sociability[d] - usual + observed
            found.append(_beyond(observed, len(users) / len(self.profiles) * everyone))
        return found

    def _without(self, user: str, solution: str) -> tuple[set[str], float]:
        """A profile without a solution, and what it weighs."""
        profile = self.profiles[user] - {solution}
        return profile, self._sum(profile)

    def affinity(self, user: str, other: str, leaving_out: str) -> float:
        """How alike a user of a solution and another are, the solution itself not counted."""
        return self._affinity(user, *self._without(user, leaving_out), other)

    @cached_property
    def sociability(self) -> dict[str, float]:
        """Each department's affinity to all others together."""
        found = dict.fromkeys(self.profiles, 0.0)
        each = list(self.profiles)
        for i, a in enumerate(each):
            for b in each[:i]:
                affinity = self._affinity(a, *self._whole[a], b)
                found[a] += affinity
                found[b] += affinity
        return found

    def _affinity(self, user: str, profile: set[str], weight: float, other: str) -> float:
        """Profiles by a Jaccard weighted by rarity and shrunk for small ones, times closeness,
        with a small floor under both; profiles alone where no places are known."""
        theirs, their_weight = self._whole[other]
        shared = sum(self.weight[s] for s in profile & theirs)
        likeness = 0.0
        if shared:
            smaller = min(len(profile), len(theirs))
            likeness = shared / (weight + their_weight - shared)
            likeness *= smaller / (smaller + self.settings.shrink)
        if self.places_known:
            near = self.closeness[municipality_of(user), municipality_of(other)]
            likeness = (likeness + self.settings.floor) * (near + self.settings.floor)
        return likeness

    @cached_property
    def _whole(self) -> dict[str, tuple[set[str], float]]:
        """Each whole profile, and what it weighs."""
        return {d: (profile, self._sum(profile)) for d, profile in self.profiles.items()}

    def _sum(self, profile: Iterable[str]) -> float:
        return sum(self.weight[s] for s in profile)

    @cached_property
    def _kilometres(self) -> dict[tuple[str, str], float]:
        """Between each two municipalities whose places are known."""
        found = {}
        for a in self.graph.of_kind("municipality"):
            for b in self.graph.of_kind("municipality"):
                one, other = self._place(a), self._place(b)
                if a != b and one is not None and other is not None:
                    found[a, b] = _great_circle(one, other)
        return found

    def _place(self, municipality: str) -> tuple[float, float] | None:
        told = self.graph.nodes[municipality]
        if "latitude" not in told or "longitude" not in told:
            return None
        return float(str(told["latitude"])), float(str(told["longitude"]))

    @property
    def places_known(self) -> bool:
        return bool(self._kilometres)

    @cached_property
    def closeness(self) -> dict[tuple[str, str], float]:
        """e^(-km / 20); 1 within a municipality, the mean where a place is not known."""
        near = {
            pair: math.exp(-km / self.settings.near_km) for pair, km in self._kilometres.items()
        }
        usual = fmean(near.values())
        homes = {municipality_of(d) for d in self.graph.of_kind("department")}
        return {(a, b): 1.0 if a == b else near.get((a, b), usual) for a in homes for b in homes}

    def substitutes(self, solution: str) -> set[str]:
        """The other solutions of the same problem, or nearly the same by name."""
        if solution not in self._substitutes:
            problems = self.graph.out("SOLVES", solution)
            same = {s for problem in problems for s in self.graph.into("SOLVES", problem)}
            like = self.names.like(solution, self.settings.alike)
            self._substitutes[solution] = (same | like) - {solution}
        return self._substitutes[solution]

    @cached_property
    def _substitutes(self) -> dict[str, set[str]]:
        return {}

    def _covered(self, solution: str, candidates: Sequence[str]) -> list[float | None]:
        others = self.substitutes(solution)
        observed = {d: len(profile & others) for d, profile in self.profiles.items()}
        share = sum(observed.values()) / sum(map(len, self.profiles.values()))
        return [-_beyond(observed[d], len(self.profiles[d]) * share) for d in candidates]

    def population(self, department: str) -> float | None:
        told = self.graph.nodes.get(municipality_of(department), {}).get("population")
        return float(str(told)) if told else None

    def likeness_in_size(self, a: str, b: str) -> float | None:
        """The smaller population over the larger; None where one is not known."""
        one, other = self._populations[a], self._populations[b]
        return None if one is None or other is None else min(one, other) / max(one, other)

    @cached_property
    def _populations(self) -> dict[str, float | None]:
        return {d: self.population(d) for d in self.graph.of_kind("department")}

    def _size(self, users: Sequence[str], candidates: Sequence[str]) -> list[float | None]:
        people = {d: n for d in self.profiles if (n := self._populations[d]) is not None}
        ours = [people[user] for user in users if user in people]
        if not ours:
            return [None] * len(candidates)
        return [
            _beyond(
                sum(min(n, people[d]) / max(n, people[d]) for n in ours),
                len(ours) / len(people) * self._company_in_size(people[d]),
            )
            if d in people
            else None
            for d in candidates
        ]

    def _company_in_size(self, own: float) -> float:
        """The likeness to all others who have told of some use, without the one itself."""
        if own not in self._sizes:
            told = (self._populations[d] for d in self.profiles)
            self._sizes[own] = sum(min(own, n) / max(own, n) for n in told if n is not None) - 1
        return self._sizes[own]

    @cached_property
    def _sizes(self) -> dict[float, float]:
        return {}

    def behind(self, solution: str, user: str) -> dict[str, tuple[dict[str, float], float]]:
        """By part what each node speaks for it with, and what it must be above to be named."""
        lift, users = self.lift(solution), self.users[solution]
        ordinary = self.sociability[user] / max(1, len(self.profiles) - 1)
        others = self.profiles[user] & self.substitutes(solution)
        return {
            "together": ({s: lift[s] for s in self.profiles[user]}, 0.0),
            "kindred": ({each: self.affinity(each, user, solution) for each in users}, ordinary),
            "covered": (dict.fromkeys(others, 1.0), 0.0),
            "size": ({each: self.likeness_in_size(user, each) or 0.0 for each in users}, 0.5),
        }


def _beyond(observed: float, expected: float) -> float:
    return (observed - expected) / math.sqrt(expected + 1)


def _in_spreads(values: Sequence[float | None]) -> list[float | None]:
    known = [value for value in values if value is not None]
    spread = pstdev(known) if known else 0.0
    usable = spread > 1e-9
    return [None if v is None else (v / spread if usable else 0.0) for v in values]


def _great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula."""
    (a, b), (c, d) = (tuple(map(math.radians, place)) for place in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
