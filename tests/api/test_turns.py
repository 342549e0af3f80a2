"""Work takes turns, but for work that hangs."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from time import sleep
from typing import TypeVar

import pytest

from api.turns import Turns

PATIENCE = 20.0
T = TypeVar("T")


def done(work: Callable[[], Coroutine[object, object, T]]) -> T:
    """What comes of it, in a loop of its own: in this thread one may be running already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


def test_no_more_is_done_at_once_than_there_are_places() -> None:
    busy, most, lock = 0, 0, Lock()

    def work(number: int) -> int:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        sleep(0.01)
        with lock:
            busy -= 1
        return number

    async def all_of_it() -> list[int]:
        turns = Turns(at_once=2)
        return list(await asyncio.gather(*(turns.run(work, number) for number in range(12))))

    assert done(all_of_it) == list(range(12))
    assert most == 2


def test_who_waits_behind_work_that_hangs_goes_on_beside_it() -> None:
    may_end = Event()

    async def both() -> None:
        turns = Turns(at_once=1, most_seconds=0.1)
        hanging = asyncio.create_task(turns.run(may_end.wait, PATIENCE))
        await asyncio.sleep(0)
        assert await turns.run(lambda: "an answer") == "an answer"
        assert not hanging.done()
        may_end.set()
        assert await hanging

    done(both)


def test_a_place_is_given_back_where_work_fails() -> None:
    def failing() -> None:
        raise ValueError("no")

    async def twice() -> None:
        turns = Turns(at_once=1, most_seconds=PATIENCE)
        for _ in range(2):
            with pytest.raises(ValueError, match="no"):
                await turns.run(failing)

    done(twice)
