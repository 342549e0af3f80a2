"""Log lines on standard error: text for people, or one JSON object a line for programs."""

import json
import logging
import sys
from datetime import UTC, datetime

from api.request_log import request_number


def log_to_standard_error(as_json: bool = False, requests: bool = True) -> None:
    """Let everything that is worth a line be logged in one form; of requests only if so wished."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # What uvicorn says of its own starting and ending, we say in the reader's language.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("teknologikort.request").setLevel(logging.INFO if requests else logging.ERROR)


def told(record: logging.LogRecord) -> dict[str, object]:
    """What a line tells beside its event: its own fields, and the request that it belongs to."""
    fields = {k: v for k, v in getattr(record, "told", {}).items() if v is not None}
    number = request_number.get()
    return fields if number is None else {**fields, "request": number}


def _time(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class TextLines(logging.Formatter):
    """``TIME LEVEL event name=value …``; what could break a line is written as JSON writes it."""

    def format(self, record: logging.LogRecord) -> str:
        event = "".join(map(_on_one_line, record.getMessage()))
        fields = [f"{name}={_word(value)}" for name, value in told(record).items()]
        line = " ".join([_time(record), record.levelname, event, *fields])
        if record.exc_info:
            line += f"\n{self.formatException(record.exc_info)}"
        return line


class JsonLines(logging.Formatter):
    """One object a line: time, level, event, the fields, and what went wrong."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            **told(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        text = json.dumps(line, ensure_ascii=False, default=str)
        # JSON lets the signs stand that lead a terminal, and those that break lines elsewhere.
        return text if text.isprintable() else json.dumps(line, default=str)


def _on_one_line(letter: str) -> str:
    return letter if letter.isprintable() else json.dumps(letter)[1:-1]


def _word(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(_word, value)) or "-"
    text = str(value)
    plain = text.isprintable() and not any(letter in text for letter in ' "=')
    return text if plain and text else json.dumps(text, ensure_ascii=not text.isprintable())
