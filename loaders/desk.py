"""The one place that every change passes: it knows who asks, and may say no."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.live import LiveGraph
from graph.store import Store, UnknownLoad
from loaders.files import SheetFile
from loaders.loading import LoadOptions, load_sheets
from loaders.report import Report
from schema.messages import Refusal, say


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for a change."""

    name: str
    may_change: bool = True


Allows = Callable[[Actor], bool]


def who_may_change(actor: Actor) -> bool:
    """The rule as long as nobody signs in: whoever reaches a desk that writes may change."""
    return actor.may_change


def cannot_move(store: Store, number: int) -> Refusal:
    """Why a load could not be undone or taken back: it is not there, or it is so already."""
    found = next((load for load in store.loads() if load.number == number), None)
    if found is None:
        return Refusal(say("load-unknown", number=number))
    code = "load-stands-already" if found.stands else "load-undone-already"
    return Refusal(say(code, number=number))


class Desk:
    """Takes sheets, undos and redos to the store, for those who may."""

    def __init__(self, live: LiveGraph, allows: Allows = who_may_change) -> None:
        self._live = live
        self._allows = allows

    def load(
        self,
        actor: Actor,
        files: Sequence[Path | SheetFile],
        options: LoadOptions,
        dry_run: bool = False,
    ) -> tuple[Report, ...]:
        """Load sheets, or show what loading them would do. Raises Refusal."""
        self._check(actor)
        options = replace(options, actor=actor.name)
        try:
            return load_sheets(files, self._live.store, options, dry_run, self._live.looked_at)
        finally:
            self._live.written()

    def undo(self, actor: Actor, number: int) -> int:
        """Undo a load; the new revision. Raises Refusal where there is none that stands."""
        return self._stand(actor, number, self._live.store.undo)

    def redo(self, actor: Actor, number: int) -> int:
        """Take an undo back; the new revision. Raises Refusal where there is none."""
        return self._stand(actor, number, self._live.store.redo)

    def _stand(self, actor: Actor, number: int, move: Callable[[int, str], int]) -> int:
        self._check(actor)
        try:
            return move(number, actor.name)
        except UnknownLoad as unknown:
            raise cannot_move(self._live.store, number) from unknown
        finally:
            self._live.written()

    def _check(self, actor: Actor) -> None:
        if not self._allows(actor):
            raise Refusal(say("not-allowed", actor=actor.name))
