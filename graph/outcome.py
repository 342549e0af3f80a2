"""What a transfer would be: the first outcome that holds, and what each is called."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.fit import TOLERANCE, FitArrays, FitLimits
from graph.other_technology import others_for, others_in
from graph.snapshot import Snapshot
from graph.spans import any_of
from graph.transfer_facts import TransferFacts
from schema.text import Text

Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: its key, what people call it, and what it means in a sentence."""

    key: str
    label: Text
    meaning: Text


ALREADY_THERE = Outcome(
    "already_there",
    Text("findes allerede", "already there"),
    Text(
        "Løsningen er allerede i brug eller ved at blive afprøvet her.",
        "The solution is already in use or being tried here.",
    ),
)
TOO_LITTLE_KNOWN = Outcome(
    "too_little_known",
    Text("for lidt oplyst", "too little known"),
    Text(
        "Der er oplyst for lidt til at vurdere, om løsningen passer her.",
        "Too little is told to judge whether the solution would fit here.",
    ),
)
TAKE_OVER = Outcome(
    "take_over",
    Text("kan overtages", "take over whole"),
    Text(
        "Problemet er det samme, og så vidt det er oplyst, er det nødvendige på plads.",
        "The problem is the same, and as far as is told, what is needed is in place.",
    ),
)
OTHER_TECHNOLOGY = Outcome(
    "other_technology",
    Text("anden teknologi", "other technology"),
    Text(
        "Problemet er det samme, men der findes en løsning på en teknologi, man kender bedre her.",
        "The problem is the same, but there is a solution on a technology better known here.",
    ),
)
ADAPT = Outcome(
    "adapt",
    Text("kan tilpasses", "adapt"),
    Text(
        "Løsningen kan bruges her, når noget er tilpasset eller lært.",
        "The solution can serve here once something is adapted or learnt.",
    ),
)
LEARN_FROM = Outcome(
    "learn_from",
    Text("lær af den", "learn from"),
    Text(
        "Løsningen kan næppe flyttes hertil, men det kan erfaringerne med den.",
        "The solution can hardly move here, but what was learnt with it can.",
    ),
)
NOT_FOR_THEM = Outcome(
    "not_for_them",
    Text("ikke relevant her", "not for them"),
    Text(
        "Forvaltningen står ikke med et problem, som løsningen løser.",
        "The department faces no problem that the solution solves.",
    ),
)
OUTCOMES = (
    ALREADY_THERE,
    TOO_LITTLE_KNOWN,
    TAKE_OVER,
    OTHER_TECHNOLOGY,
    ADAPT,
    LEARN_FROM,
    NOT_FOR_THEM,
)
"""In the order in which they are tried; an outcome's code is its place here."""

BY_KEY = {outcome.key: outcome for outcome in OUTCOMES}
CODE = {outcome: code for code, outcome in enumerate(OUTCOMES)}


@dataclass(frozen=True)
class OutcomeArrays:
    """Department × solution: ``codes`` are places in OUTCOMES, ``others`` the place of the other
    solution within its kind, -1 where none is named."""

    codes: Codes
    others: Places

    def outcome(self, department: int, solution: int) -> Outcome:
        return OUTCOMES[int(self.codes[department, solution])]


def outcome_arrays(
    snapshot: Snapshot,
    departments: Places,
    solutions: Places,
    fits: FitArrays,
    limits: FitLimits,
) -> OutcomeArrays:
    """The outcome of every pair: the first that holds, in the order of OUTCOMES."""
    facts = snapshot.derived(TransferFacts)
    here = _here(facts, departments, solutions)
    low = fits.coverage < limits.coverage - TOLERANCE
    problem = fits.part("problem")
    below = _below(fits, limits)
    same, related = _at_least(problem, 1.0), _at_least(problem, 0.5)
    strange = same & (fits.part("technology") < limits.strange_technology - TOLERANCE)
    asked = strange & ~here & ~low & (below > 0)
    others = _others(facts, departments, solutions, asked, limits.familiar)
    holds = [
        here,
        low | np.isnan(problem),  # every later outcome is about the problem
        same & (below == 0),
        others >= 0,
        related & (below <= limits.below),
        related,
    ]
    codes = np.select(holds, list(range(len(holds))), default=CODE[NOT_FOR_THEM])
    return OutcomeArrays(codes.astype(np.int8), others)


def _below(fits: FitArrays, limits: FitLimits) -> npt.NDArray[np.int64]:
    """How many known parts miss their limit; the problem's own limit is 1."""
    wanted = {
        "problem": 1.0,
        "users": limits.users,
        "technology": limits.technology,
        "competence": limits.competence,
        "maturity": limits.maturity,
    }
    missed = [fits.part(name) < limit - TOLERANCE for name, limit in wanted.items()]
    return np.asarray(np.sum(missed, axis=0), dtype=np.int64)


def _at_least(values: Floats, limit: float) -> Flags:
    return np.asarray(values >= limit - TOLERANCE, dtype=np.bool_)


def _here(facts: TransferFacts, departments: Places, solutions: Places) -> Flags:
    """Which departments use or try which solutions."""
    if len(solutions) <= len(departments):
        by_solution = [
            any_of(facts.users, solutions[[i]])[departments] for i in range(len(solutions))
        ]
        return np.array(by_solution, dtype=np.bool_).reshape(len(solutions), len(departments)).T
    rows = [any_of(facts.active, departments[[i]])[solutions] for i in range(len(departments))]
    return np.array(rows, dtype=np.bool_).reshape(len(departments), len(solutions))


def _others(
    facts: TransferFacts, departments: Places, solutions: Places, asked: Flags, familiar: int
) -> Places:
    """For each pair that asks, a solution in use somewhere of the same problem, all of whose
    technologies are familiar here: the most used, the first by id among equals; else -1."""
    found = np.full(asked.shape, -1, dtype=np.intp)
    if len(solutions) <= len(departments):
        for column in np.flatnonzero(asked.any(axis=0)):
            rows = np.flatnonzero(asked[:, column])
            found[rows, column] = others_in(
                facts, departments[rows], int(solutions[column]), familiar
            )
    else:
        for row in np.flatnonzero(asked.any(axis=1)):
            columns = np.flatnonzero(asked[row])
            found[row, columns] = others_for(
                facts, int(departments[row]), solutions[columns], familiar
            )
    return found
