"""Following the store: its newest revision is seen within a second, also where nobody asks, and
what questions and searches need of it is made ready once it has stood for a moment."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import perf_counter

from graph.home import home_municipality
from graph.live import LiveGraph
from graph.snapshot import Snapshot
from schema.messages import Refusal
from teknologikort.heap import give_back

EVERY_SECONDS = 0.5
Seen = Callable[[Snapshot, float], None]
"""Is told of each new snapshot, and of the seconds that it took to have it."""
_LOG = logging.getLogger("teknologikort.store")
_ENDS_WITHIN = 5.0
_STANDS_SECONDS = 1.0
"""So long a revision stands before it is made ready: during many loads in a row, and before the
first page is answered, there is better to do."""


@contextmanager
def following(live: LiveGraph, seen: Seen, every: float = EVERY_SECONDS) -> Iterator[None]:
    """Ask for a snapshot now and then, in a thread, so that those who ask find it made already."""
    end = Event()
    thread = Thread(target=_follow, args=(live, seen, every, end), name="following", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(_ENDS_WITHIN)


def _follow(live: LiveGraph, seen: Seen, every: float, end: Event) -> None:
    lost: str | None = None
    last: Snapshot | None = None
    is_ready, since = False, 0.0
    while not end.is_set():
        started = perf_counter()
        try:
            snapshot = live.snapshot()
            if snapshot is last and not is_ready and started - since >= _STANDS_SECONDS:
                _make_ready(live, snapshot)
                give_back()  # also what the revisions before it took
                is_ready = True
        except Refusal as refusal:
            lost = _tell(lost, refusal.messages[0].code)
        except Exception:  # it would end the thread unseen, and the next try may go well
            if lost != "unforeseen":
                _LOG.exception("the graph could not be read")
            lost = "unforeseen"
        else:
            if lost is not None:
                _LOG.info("the store answers again")
            lost = None
            if snapshot is not last:
                seen(snapshot, perf_counter() - started)
                is_ready, since = False, perf_counter()
            last = snapshot
        end.wait(every)


def _make_ready(live: LiveGraph, snapshot: Snapshot) -> None:
    from graph.ready import make_ready  # scipy and all questions: they wait for nobody here

    municipality = snapshot.derived(home_municipality)
    if municipality is not None:
        make_ready(snapshot, municipality)
    live.index(snapshot)


def _tell(lost: str | None, code: str) -> str:
    """Log a trouble when it begins, not at every try."""
    if lost != code:
        _LOG.warning("the store cannot be read", extra={"told": {"code": code}})
    return code
