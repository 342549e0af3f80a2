"""The municipality that is meant where nobody has chosen one."""

from collections import Counter

from graph.snapshot import Snapshot
from schema.names import municipality_of


def home_municipality(snapshot: Snapshot) -> str | None:
    """The one whose departments have told of most uses, the first by id among equals; None where
    there is none."""
    uses = snapshot.relations["USES"]
    told = Counter(municipality_of(snapshot.ids[source]) for source in uses.sources)
    municipalities = snapshot.nodes("municipality")
    return max(municipalities, key=lambda each: told[each], default=None)
