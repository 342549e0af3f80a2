"""What the questions of a snapshot rest on, derived before somebody waits for it."""

from graph.overview import overview
from graph.scope import departments_in
from graph.snapshot import Snapshot
from graph.synergy import best_synergies
from graph.synergy_matrix import synergy_matrix
from graph.transfer import best_candidates
from graph.transfer_matrix import solutions_that_matter


def make_ready(snapshot: Snapshot, municipality: str) -> None:
    """Ask what is asked first, of one municipality. What it derives is kept with the snapshot and
    serves the questions about all others too; the answers themselves are let go of.

    Raises KeyError for an id that is not in the snapshot.
    """
    overview(snapshot, municipality)
    departments = departments_in(snapshot, municipality)
    if departments:
        synergy_matrix(snapshot, departments)
        solutions_that_matter(snapshot, departments)
        transfers = best_candidates(snapshot, departments[0], 1).items
        synergies = best_synergies(snapshot, departments[0], first=1).items
        _explained = [each.evidence for each in transfers], [each.evidence for each in synergies]
