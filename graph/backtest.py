"""What the ranking by likelihood is worth on a graph: hide one use, rank everyone for it, look
where the true one stands; beside it what simpler rankings would have found.

A case is a use of a solution that someone else uses too. Candidates are all users without the
solution. Where hiding the use leaves a user with nothing told, no ranking can place it: those
cases are counted apart and never as a success.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from graph.adoption import Adoption
from graph.likelihood import Predictor
from schema.text import Text

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Ranker = Callable[[Predictor, int, Places], Floats]
Case = tuple[int, int]

FIRST = 10
LABELS = {
    "likelihood": Text("sandsynlighed", "likelihood"),
    "adamic_adar": Text("Adamic-Adar", "Adamic-Adar"),
    "activity": Text("hvor mange løsninger, man har", "how many solutions one has"),
    "chance": Text("tilfældig rækkefølge", "chance"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """How one way of ranking did: the share of cases with the true one among the first ten, and
    the mean reciprocal rank; None without a case. Ties are shared out: the first ten of a tie are
    any ten of it."""

    name: str
    label: Text
    first_ten: float | None
    mean_reciprocal_rank: float | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """``cases`` were ranked, of ``possible`` such; ``untold`` more could not be ranked."""

    cases: int
    possible: int
    untold: int
    measured: tuple[Measured, ...]

    @property
    def by_name(self) -> Mapping[str, Measured]:
        return {each.name: each for each in self.measured}


def back_test(predictor: Predictor, most: int = 1000) -> BackTest:
    """Hide one use after another (evenly spread ones where there are more than ``most``)."""
    possible, untold = _cases(predictor.adoption)
    chosen = _spread_out(possible, most)
    found = {name: list[tuple[float, float]]() for name in LABELS}
    for user, solution in chosen:
        hidden = replace(predictor, adoption=predictor.adoption.without(user, solution))
        for name, standing in _standings(hidden, user, solution):
            found[name].append(standing)
    measured = tuple(Measured(name, label, *_means(found[name])) for name, label in LABELS.items())
    return BackTest(len(chosen), len(possible), untold, measured)


def _cases(adoption: Adoption) -> tuple[list[Case], int]:
    rows, columns = adoption.uses.nonzero()
    shared = adoption.counts[columns] > 1
    rankable = shared & (adoption.sizes[rows] > 1)
    order = np.lexsort((columns[rankable], rows[rankable]))
    users, solutions = rows[rankable][order], columns[rankable][order]
    cases = [(int(u), int(s)) for u, s in zip(users, solutions, strict=True)]
    return cases, int(shared.sum() - rankable.sum())


def _spread_out(cases: list[Case], most: int) -> list[Case]:
    if len(cases) <= most:
        return cases
    return [cases[place] for place in np.linspace(0, len(cases) - 1, most).astype(int)]


def _standings(
    predictor: Predictor, user: int, solution: int
) -> Iterator[tuple[str, tuple[float, float]]]:
    ranking = predictor.ranking(solution)
    place = int(np.searchsorted(ranking.candidates, user))
    yield "likelihood", _standing(ranking.scores, place)
    for name, ranker in (("adamic_adar", adamic_adar), ("activity", _activity)):
        yield name, _standing(ranker(predictor, solution, ranking.candidates), place)
    yield "chance", _standing(np.zeros(len(ranking.candidates)), place)


def _standing(scores: Floats, place: int) -> tuple[float, float]:
    """The chance that the true one is among the first ten, and its mean reciprocal rank."""
    tolerance = 1e-9
    above = int(np.count_nonzero(scores > scores[place] + tolerance))
    tied = int(np.count_nonzero(np.abs(scores - scores[place]) <= tolerance))
    among_first = min(1.0, max(0, FIRST - above) / tied)
    reciprocal = float(np.mean(1.0 / np.arange(above + 1, above + tied + 1)))
    return among_first, reciprocal


def _means(standings: list[tuple[float, float]]) -> tuple[float | None, float | None]:
    if not standings:
        return None, None
    hits, reciprocals = zip(*standings, strict=True)
    return float(np.mean(hits)), float(np.mean(reciprocals))


def adamic_adar(predictor: Predictor, solution: int, candidates: Places) -> Floats:
    """Adamic and Adar (2003) over users and solutions: what a candidate shares with the users of
    the solution, each shared solution counting 1 / ln(number of its users)."""
    told = predictor.adoption
    shared = np.asarray(told.uses[told.users_of(solution)].sum(axis=0), dtype=np.float64)
    logs = np.log(np.maximum(told.counts, 2))
    weight = np.where(told.counts > 1, 1 / logs, 0.0)
    return np.asarray(told.uses[candidates] @ (shared * weight), dtype=np.float64)


def _activity(predictor: Predictor, _: int, candidates: Places) -> Floats:
    return predictor.adoption.sizes[candidates]
