"""A workbook read in a process of its own, which is given little and believed less."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from threading import Event, Timer
from typing import IO, Any

import orjson

from loaders.reading.limits import MEGABYTE, Limits
from loaders.reading.protocol import DONE, read_cell, read_values
from loaders.reading.table import Cell, Table
from schema.messages import Message, Place, say

_ROOT = Path(__file__).resolve().parents[2]
_LOG = logging.getLogger(__name__)
_LAST_WORDS = 2_000

Rows = list[tuple[Cell, ...]]


def read_workbook(path: Path, file: str, limits: Limits) -> tuple[list[Table], list[Message]]:
    """The worksheets of an xlsx, xlsm, ods or xls file, or the reason why there are none."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
        if not _run(path, limits, output, complaints):
            seconds = f"{limits.seconds:g}"
            return [], [say("reading-took-too-long", Place(file), seconds=seconds)]
        output.seek(0)
        answer = _Answer(file)
        answer.take(output)
        if not answer.done:
            complaints.seek(0)
            _LOG.warning("reading %s stopped: %s", file, complaints.read(_LAST_WORDS))
            limit = limits.memory_bytes // MEGABYTE
            return [], [say("reading-needs-too-much-memory", Place(file), limit=limit)]
    if answer.stopped is not None:
        return [], [answer.stopped]
    faults = any(message.kind.severity == "error" for message in answer.messages)
    if not faults and not any(table.rows for table in answer.tables):
        return [], [say("empty-workbook", Place(file))]
    return answer.tables, answer.messages


def _run(path: Path, limits: Limits, output: IO[bytes], complaints: IO[bytes]) -> bool:
    """Run the reading process to its end, and tell whether it came there within its time; its
    output is judged by whether it is complete."""
    given = json.dumps(asdict(limits))
    # -P and the one folder: nothing lying about where the program is started is imported.
    command = [sys.executable, "-P", "-m", "loaders.reading.child", str(path.resolve()), given]
    with subprocess.Popen(  # noqa: S603  no shell, and no part of the command comes from the file
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=complaints,
        env=_environment(),
    ) as process:
        return _ends(process, limits.seconds)


def _ends(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the process ends by itself within this time; else it is killed. Waiting with a time
    limit, as subprocess does it, looks every 50 ms: here the system tells at once."""
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    clock = Timer(seconds, end)
    clock.start()
    try:
        process.wait()
    except BaseException:
        process.kill()
        raise
    finally:
        clock.cancel()
    return not late.is_set()


def _environment() -> dict[str, str]:
    """Only what Python needs to start: a hostile file finds no password there."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "RUST_BACKTRACE": "0"}


class _Answer:
    """What the reading process wrote, line by line."""

    def __init__(self, file: str) -> None:
        self.tables: list[Table] = []
        self.messages: list[Message] = []
        self.stopped: Message | None = None
        self.done = False
        self._file = file
        self._sheet: str | None = None
        self._visible = True
        self._rows: Rows = []

    def take(self, lines: Iterable[bytes]) -> None:
        """All lines; a last one that was cut off is as good as none."""
        for line in lines:
            if not line.endswith(b"\n"):
                return
            if line.startswith(b"["):
                self._take_rows(*orjson.loads(line))
            else:
                self._take_object(json.loads(line))

    def _take_rows(self, rows: list[list[Any]], marked: list[int]) -> None:
        for place in marked:
            rows[place] = [read_cell(cell) for cell in rows[place]]
        self._rows.extend(map(tuple, rows))

    def _take_object(self, value: dict[str, Any]) -> None:
        if "message" in value:
            place = Place(self._file, self._sheet, value.get("row"), value.get("column"))
            self.messages.append(say(value["message"], place, **read_values(value["values"])))
            return
        self._close_sheet()
        if "stop" in value:
            place = Place(self._file, value["sheet"])
            self.stopped = say(value["stop"], place, **read_values(value["values"]))
        elif value == DONE:
            self.done = True
        else:
            self._sheet, self._visible = value["sheet"], value["visible"]

    def _close_sheet(self) -> None:
        if self._sheet is not None:
            rows = tuple(self._rows) if _anything(self._rows) else ()
            self.tables.append(Table(self._file, self._sheet, rows, visible=self._visible))
        self._sheet, self._rows = None, []


def _anything(rows: Rows) -> bool:
    return any(cell is not None for row in rows for cell in row)
