"""Several processes that answer on one socket, and a parent that watches over them.

The parent does no work of its own and opens no store. The first process is awaited before the
others begin, so that a store that cannot be opened is told once, and one that must be made or
upgraded is so by one process. One that dies is replaced; when the parent is told to end it tells
them to, and when it is gone they notice by themselves.
"""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

Work = Callable[[Callable[[], None], int], int]
"""What a process does: it calls the first once it answers, ends when the second (a file's number)
can be read, and returns its exit code."""

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP) if os.name == "posix" else ()
_SETTLED_SECONDS = 30.0
"""A process that lived as long is replaced at once; others after longer and longer pauses."""
_LONGEST_PAUSE = 30.0
_TICK_SECONDS = 0.5
_KILL_AFTER = 5.0
"""Seconds beyond those that requests under way have, after which a process is killed."""


@dataclass
class _Worker:
    pid: int
    answers: int
    started: float
    is_ready: bool = False


@dataclass(frozen=True)
class Told:
    """Whom the parent tells what happens: that all answer, that one ended and why, and that they
    are to end (the socket that the parent has too is to be closed then, or connections would go
    on being made that nobody takes)."""

    answering: Callable[[], None]
    ended: Callable[[int, str], None]
    stopping: Callable[[], None]


class Workers:
    """The processes of one server."""

    def __init__(self, count: int, work: Work, told: Told, stop_seconds: float) -> None:
        self._count = count
        self._work = work
        self._told = told
        self._stop_seconds = stop_seconds
        self._workers: dict[int, _Worker] = {}
        self._starts_at: list[float] = []
        self._pause = 0.0
        self._announced = False
        self._first_answered = False
        self._failed: int | None = None
        self._kill_at: float | None = None
        self._killed = False
        self._parent_lives = os.pipe()
        self._woken = os.pipe()

    def run(self) -> int:
        """Until told to end: 0; 1 where a process had to be killed; what the first process ended
        with where it never answered."""
        with self._signals():
            self._start()
            while self._workers or self._starts_at:
                self._wait()
                self._reap()
                self._start_due()
                self._kill_due()
        if self._failed is not None:
            return self._failed
        return 1 if self._killed else 0

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Signals wake the parent up; what they mean is looked at where it waits."""
        for end in self._woken:
            os.set_blocking(end, False)
        before = {each: signal.signal(each, _noted) for each in (*STOPPING, signal.SIGCHLD)}
        signal.set_wakeup_fd(self._woken[1], warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(-1)
            for each, handler in before.items():
                signal.signal(each, handler)
            for end in (*self._parent_lives, *self._woken):
                os.close(end)

    def _start(self) -> None:
        answers, tells = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        # A signal between the fork and the worker's own handlers would be lost.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        pid = os.fork()
        if pid == 0:
            os.close(answers)
            self._be_worker(tells, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(tells)
        self._workers[pid] = _Worker(pid, answers, time.monotonic())

    def _be_worker(self, tells: int, mask: set[int]) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            # Until it answers it ends at once: an exception could be lost in what is imported.
            # Ignored even for a moment, one that the parent has sent already would be lost.
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for each in set(STOPPING) - {signal.SIGTERM}:
                signal.signal(each, signal.SIG_IGN)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            for end in (self._parent_lives[1], *self._woken):
                os.close(end)
            code = self._work(lambda: _answer(tells), self._parent_lives[0])
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            # Nothing of the parent's is to be unwound here, nor its folders taken away.
            os._exit(code)

    def _wait(self) -> None:
        """Until a signal comes, a process answers, or something is due."""
        unready = [w.answers for w in self._workers.values() if not w.is_ready]
        readable, _, _ = select.select([self._woken[0], *unready], [], [], _TICK_SECONDS)
        if self._woken[0] in readable and set(os.read(self._woken[0], 512)) & set(STOPPING):
            self._stop()
        for worker in self._workers.values():
            if worker.answers in readable and os.read(worker.answers, 1):
                worker.is_ready = True
        self._see_who_answers()

    def _see_who_answers(self) -> None:
        if self._kill_at is not None:
            return
        ready = sum(worker.is_ready for worker in self._workers.values())
        if ready and not self._first_answered:
            self._first_answered = True
            for _ in range(self._count - 1):
                self._start()
        if ready == self._count and not self._announced:
            self._announced = True
            self._told.answering()

    def _stop(self) -> None:
        self._starts_at.clear()
        if self._kill_at is None:
            self._kill_at = time.monotonic() + self._stop_seconds + _KILL_AFTER
            self._told.stopping()
        for pid in self._workers:
            os.kill(pid, signal.SIGTERM)

    def _reap(self) -> None:
        for worker in list(self._workers.values()):
            pid, status = os.waitpid(worker.pid, os.WNOHANG)
            if pid:
                self._ended(worker, os.waitstatus_to_exitcode(status))

    def _ended(self, worker: _Worker, code: int) -> None:
        del self._workers[worker.pid]
        os.close(worker.answers)
        if self._kill_at is not None:
            return
        if not self._first_answered:
            self._failed = code if code > 0 else 1
            return
        self._told.ended(worker.pid, str(code) if code >= 0 else signal.Signals(-code).name)
        now = time.monotonic()
        lived = now - worker.started
        longer = min(_LONGEST_PAUSE, max(1.0, 2 * self._pause))
        self._pause = 0.0 if worker.is_ready and lived > _SETTLED_SECONDS else longer
        self._starts_at.append(now + self._pause)

    def _start_due(self) -> None:
        due = [at for at in self._starts_at if at <= time.monotonic()]
        self._starts_at = [at for at in self._starts_at if at not in due]
        for _ in due:
            self._start()

    def _kill_due(self) -> None:
        if self._kill_at is not None and time.monotonic() > self._kill_at:
            for pid in self._workers:
                os.kill(pid, signal.SIGKILL)
                self._killed = True


def _noted(_number: int, _frame: object) -> None:
    """The number is in the pipe that wakes the parent up."""


def _answer(tells: int) -> None:
    os.write(tells, b"1")
    os.close(tells)
