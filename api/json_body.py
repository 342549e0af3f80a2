"""JSON from strangers: whatever it is, it is read or refused, and never more than that."""

import json
import math
from typing import Any, NoReturn

import orjson


class NotJson(ValueError):  # noqa: N818  it names what the text is
    """Says in the exception's text why the bytes cannot be read."""


def read_json(content: bytes | str) -> Any:
    """The value that the bytes hold; UTF-8, finite numbers and whole characters only."""
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
        if "\\u" in text:
            _whole_characters(value)
    except UnicodeDecodeError as error:
        raise NotJson(f"byte {error.start} is not UTF-8") from error
    except UnicodeEncodeError as error:
        raise NotJson("half of a surrogate pair stands alone") from error
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg}, line {error.lineno} column {error.colno}") from error
    except RecursionError:
        # Without its context, which would keep all frames of the recursion alive.
        raise NotJson("nested too deeply") from None
    except ValueError as error:
        raise NotJson(str(error)) from error
    return value


def write_json(value: object) -> bytes:
    """Compact JSON in UTF-8, with letters as they are."""
    return orjson.dumps(value)


def _whole_characters(value: object) -> None:
    json.dumps(value, ensure_ascii=False).encode("utf-8")


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number in JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number
