"""What makes a problem count half: it is solved otherwise here, or only an akin one is faced."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.kinship import Kinship
from graph.naming import quoted
from graph.snapshot import Snapshot
from graph.solved import solvers_here
from schema.text import Text


@dataclass(frozen=True, slots=True)
class Related:
    """A problem that the solution solves and one that the department faces: the same one where
    it is solved otherwise there, else one that is akin to it, ``by_name`` or by its subject
    alone. ``solvers`` are what solves the one that is faced."""

    solved: str
    faced: str
    solvers: tuple[str, ...]
    by_name: bool = True


def related_problems(
    snapshot: Snapshot, solution: str, department: str, alike: float
) -> list[Related]:
    """The problems that make the part 0.5: first those that are solved otherwise here, then those
    that are not faced but akin to one that is, and unsolved. Of akin ones that are solved here
    is only spoken where there is nothing else."""
    faced = snapshot.outgoing("FACES", department)
    solved = snapshot.outgoing("SOLVES", solution)
    same = [
        Related(problem, problem, tuple(solvers_here(snapshot, department, problem)))
        for problem in solved
        if problem in faced
    ]
    akin = list(_akin(snapshot, department, [each for each in solved if each not in faced], alike))
    return [*same, *(each for each in akin if not each.solvers)] or akin


def _akin(
    snapshot: Snapshot, department: str, problems: Sequence[str], alike: float
) -> Iterator[Related]:
    """What the department faces that is akin to these problems."""
    kinship = snapshot.derived(Kinship)
    start = snapshot.kind_range["problem"].start
    faced = {
        snapshot.place[other] - start: other for other in snapshot.outgoing("FACES", department)
    }
    for problem in problems:
        place = snapshot.place[problem] - start
        for column in kinship.akin(place, alike).tolist():
            if column in faced:
                other = faced[column]
                solvers = tuple(solvers_here(snapshot, department, other))
                yield Related(problem, other, solvers, kinship.by_name(place, column, alike))


def explain_related(snapshot: Snapshot, related: Related) -> Text:
    """Why a problem counts half."""
    problem, faced = (quoted(snapshot, [node]) for node in (related.solved, related.faced))
    other = quoted(snapshot, related.solvers)
    if related.solved == related.faced:
        return Text(
            f"Problemet {problem.da} er her allerede løst med {other.da}.",
            f"The problem {problem.en} is already solved here with {other.en}.",
        )
    close = closeness(related)
    by = (
        Text(f" og er løst med {other.da}", f" and is solved with {other.en}")
        if related.solvers
        else Text("", "")
    )
    return Text(
        f"Her står man ikke med {problem.da}, men med {faced.da}, som {close.da}{by.da}.",
        f"{problem.en} is not faced here, but {faced.en} is, which {close.en}{by.en}.",
    )


def closeness(related: Related) -> Text:
    """How an akin problem is akin, as the end of a sentence."""
    if related.by_name:
        return Text("ligger tæt på", "is close to it")
    return Text("hører til samme emne", "belongs to the same subject")
