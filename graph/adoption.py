"""Who uses what: the only thing that likelihood needs, with where the users lie and how large
their municipalities are. A user is a department, or a municipality with all its departments."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.facts import Facts, marks, with_status
from graph.likeness import NamesOf, Wording
from graph.rarity import rarity
from graph.snapshot import Snapshot
from graph.spans import turned
from schema.names import municipality_of

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

ACTIVE = ("in_use", "pilot")
"""The statuses that make a user: what is only planned, proposed or given up is no experience."""

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Homes:
    """The municipalities that users belong to. ``kilometres`` is NaN between two of which one's
    place is not known, ``population`` NaN where it is not told."""

    kilometres: Floats
    population: Floats


@dataclass(frozen=True)
class Adoption:
    """Who uses what. ``uses`` has a row for each user and a column for each solution, ``home``
    the place of each user's municipality in ``homes``."""

    users: tuple[str, ...]
    solutions: tuple[str, ...]
    uses: sparse.csr_array
    home: Places
    homes: Homes
    solves: sparse.csr_array
    names: Wording

    def without(self, user: int, solution: int) -> "Adoption":
        """The same as if this use were not known."""
        rows, columns = self.uses.nonzero()
        kept = ~((rows == user) & (columns == solution))
        ones = np.ones(int(kept.sum()), dtype=np.float64)
        uses = sparse.csr_array((ones, (rows[kept], columns[kept])), shape=self.uses.shape)
        return replace(self, uses=uses)

    def users_of(self, solution: int) -> Places:
        """The users of a solution."""
        return entries(self.across, solution)

    def used_by(self, user: int) -> Places:
        """The solutions that a user has."""
        return entries(self.uses, user)

    @cached_property
    def across(self) -> sparse.csr_array:
        """Solution × user: the uses the other way."""
        return turned(self.uses)

    @cached_property
    def solved_by(self) -> sparse.csr_array:
        """Problem × solution."""
        return turned(self.solves)

    @cached_property
    def weighted(self) -> sparse.csr_array:
        """User × solution: the uses, each with its solution's weight."""
        weighted = self.uses.copy()
        weighted.data = self.weights[weighted.indices]
        return weighted

    @cached_property
    def sizes(self) -> Floats:
        """How many solutions each user has."""
        return np.asarray(self.uses.sum(axis=1), dtype=np.float64)

    @cached_property
    def counts(self) -> Floats:
        """How many users each solution has."""
        return np.asarray(self.uses.sum(axis=0), dtype=np.float64)

    @cached_property
    def telling(self) -> Flags:
        """Which users have told of any use at all; nothing can be said of the others."""
        return np.asarray(self.sizes > 0)

    @cached_property
    def among(self) -> int:
        """How many users have told of any use."""
        return int(self.telling.sum())

    @cached_property
    def weights(self) -> Floats:
        """How much each solution says about its users."""
        return rarity(self.counts, self.among)

    @cached_property
    def totals(self) -> Floats:
        """The weight of all that each user has."""
        return np.asarray(self.uses @ self.weights, dtype=np.float64)

    @cached_property
    def user_place(self) -> dict[str, int]:
        return {user: place for place, user in enumerate(self.users)}

    @cached_property
    def solution_place(self) -> dict[str, int]:
        return {solution: place for place, solution in enumerate(self.solutions)}


def entries(matrix: sparse.csr_array, row: int) -> Places:
    """The columns in which a row of ones has an entry, in their order."""
    start, end = matrix.indptr[row], matrix.indptr[row + 1]
    return np.sort(matrix.indices[start:end]).astype(np.intp)


def adoption_by_department(snapshot: Snapshot) -> Adoption:
    """Which departments use what; ask for it by ``snapshot.derived``."""
    facts = snapshot.derived(Facts)
    departments = snapshot.nodes("department")
    place = {node: i for i, node in enumerate(snapshot.nodes("municipality"))}
    elsewhere = len(place)  # a department whose municipality is no node: a home of its own kind
    home = [place.get(municipality_of(node), elsewhere) for node in departments]
    return Adoption(
        users=departments,
        solutions=snapshot.nodes("solution"),
        uses=facts.block(with_status(snapshot, *ACTIVE), "department", "solution"),
        home=np.array(home, dtype=np.intp),
        homes=snapshot.derived(homes_of),
        solves=facts.solves,
        names=snapshot.derived(names_of_solutions),
    )


def adoption_by_municipality(snapshot: Snapshot) -> Adoption:
    """Which municipalities use what, in any of their departments."""
    each = snapshot.derived(adoption_by_department)
    municipalities = snapshot.nodes("municipality")
    inside = each.home < len(municipalities)
    ones = np.ones(int(inside.sum()), dtype=np.float64)
    belongs = sparse.csr_array(
        (ones, (each.home[inside], np.flatnonzero(inside))),
        shape=(len(municipalities), len(each.users)),
    )
    return replace(
        each,
        users=municipalities,
        uses=marks(sparse.csr_array(belongs @ each.uses)),
        home=np.arange(len(municipalities), dtype=np.intp),
    )


names_of_solutions = NamesOf("solution")


def homes_of(snapshot: Snapshot) -> Homes:
    """How far apart the municipalities lie, and how many live there; a last one stands for
    departments of which the municipality is not known."""
    columns = snapshot.node_columns["municipality"]
    count = len(snapshot.kind_range["municipality"])
    latitude, longitude, population = np.full((3, count + 1), np.nan)
    latitude[:count] = columns["latitude"].codes
    longitude[:count] = columns["longitude"].codes
    inhabitants = columns["population"].codes
    population[:count] = np.where(inhabitants > 0, inhabitants, np.nan)
    return Homes(kilometres_between(latitude, longitude), population)


def kilometres_between(latitude: Floats, longitude: Floats) -> Floats:
    """The great-circle distance between all pairs of places in degrees (haversine)."""
    north, east = np.radians(latitude), np.radians(longitude)
    across = np.sin((north[:, np.newaxis] - north) / 2) ** 2
    along = np.sin((east[:, np.newaxis] - east) / 2) ** 2
    half = across + np.cos(north[:, np.newaxis]) * np.cos(north) * along
    return cast(Floats, 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))
