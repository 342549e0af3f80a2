"""Following the store: its newest revision is seen within a second, also where nobody asks."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import perf_counter

from graph.live import LiveGraph
from graph.snapshot import Snapshot
from schema.messages import Refusal

EVERY_SECONDS = 0.5
Seen = Callable[[Snapshot, float], None]
"""Is told of each new snapshot, and of the seconds that it took to have it."""
_LOG = logging.getLogger("teknologikort.store")
_ENDS_WITHIN = 5.0


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
    while not end.is_set():
        started = perf_counter()
        try:
            snapshot = live.snapshot()
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
            last = snapshot
        end.wait(every)


def _tell(lost: str | None, code: str) -> str:
    """Log a trouble when it begins, not at every try."""
    if lost != code:
        _LOG.warning("the store cannot be read", extra={"told": {"code": code}})
    return code
