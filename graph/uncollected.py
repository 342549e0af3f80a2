"""Work without the search for rings of objects, which finds none and looks at everything."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search meanwhile. A load makes objects by the million that all stay to its end; each
    search would go through them again. Of two loads at once the one that came first ends it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
