"""Loads for a program that is going to be killed: the k-th load is the same whoever makes it."""

from random import Random

from graph.store import Store
from schema.records import Load, Record
from tests.graph.loads import uses

DEPARTMENTS = ("omsorg", "skole", "teknik", "kultur", "borgerservice", "jobcenter")
TEXTS = (
    "Borgeren får besked, når hjemmeplejen er på vej, og pårørende kan følge med.",
    "Sagerne blev ført i regneark, hvor ingen havde det samlede overblik.",
    "Medarbejderne sparer tid på telefonen og bruger den på omsorg.",
)
ROWS = 40


def nth_load(number: int) -> Load:
    """The load that makes revision ``number + 1``: a new source, a newer edition, or one that
    lets what is missing fall."""
    random = Random(number)
    rows = tuple(_row(random, row) for row in range(ROWS))
    source = f"kilde-{number % 7}.xlsx"
    return Load(source, rows, number, (source,), remove_missing=number % 5 == 4)


def _row(random: Random, row: int) -> Record:
    department = f"kommune-{random.randrange(3)}/{random.choice(DEPARTMENTS)}"
    solution = f"loesning-{random.randrange(120)}"
    status = random.choice(["pilot", "in_use", "retired"])
    return uses(department, solution, row, status=status, background=random.choice(TEXTS))


def load_up_to(store: Store, revision: int) -> None:
    """Apply the loads that bring an empty store to this revision."""
    for number in range(revision):
        store.apply(nth_load(number))
