"""Files to GraphQL: the GraphQL multipart request specification, one file for each place.

A form can be sent here from any page without the browser asking first, so a header is demanded
that a foreign page cannot set: `X-Teknologikort-Upload: 1`.
"""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from api.json_body import NotJson, read_json
from api.limits import Limits
from api.refused import RequestRefused
from schema.messages import say

UPLOAD_HEADER = "X-Teknologikort-Upload"
_FIELDS = 2  # operations and map; all else is a file


async def read_upload(request: Request, limits: Limits) -> Any:
    """The value of `operations` with the files put where `map` says.

    The files are closed with the request. Raises `RequestRefused`.
    """
    try:
        form = await request.form(
            max_files=limits.upload_files,
            max_fields=_FIELDS,
            max_part_size=limits.body_bytes,
        )
    except RequestRefused:
        raise
    except (HTTPException, MultiPartException) as error:
        raise _malformed("the form is cut off or has too many parts.") from error
    operations = _json_field(form, "operations")
    places = _json_field(form, "map")
    if not isinstance(operations, dict) or not isinstance(places, dict):
        raise _malformed("“operations” and “map” must each be one JSON object.")
    return _placed(operations, places, form)


def _placed(
    operations: dict[str, Any], places: Mapping[str, Any], form: FormData
) -> dict[str, Any]:
    for name, paths in places.items():
        file = form.get(name)
        if not isinstance(file, UploadFile):
            raise _malformed(f"the file “{name}” of “map” is missing.")
        # One file in many places would be read many times: more work than was sent.
        if not isinstance(paths, list) or len(paths) != 1 or not isinstance(paths[0], str):
            raise _malformed(f"“map” must give the file “{name}” a list with one place.")
        _put(operations, paths[0], file)
    return operations


def _put(operations: dict[str, Any], path: str, file: UploadFile) -> None:
    *way, last = path.split(".")
    holder: Any = operations
    for step in way:
        holder = _at(holder, step, path)
    if not way or way[0] != "variables" or _at(holder, last, path) is not None:
        raise _malformed(f"“{path}” is not an empty place among the variables.")
    holder[int(last) if isinstance(holder, list) else last] = file


def _at(holder: Any, step: str, path: str) -> Any:
    if isinstance(holder, dict) and step in holder:
        return holder[step]
    if isinstance(holder, list) and step.isascii() and step.isdigit() and len(step) < 6:
        index = int(step)
        if index < len(holder):
            return holder[index]
    raise _malformed(f"there is no “{path}” in “operations”.")


def _json_field(form: FormData, name: str) -> Any:
    text = form.get(name)
    if not isinstance(text, str):
        raise _malformed(f"the field “{name}” is missing.")
    try:
        return read_json(text)
    except NotJson as error:
        raise _malformed(f"“{name}” is not JSON: {error}.") from error


def _malformed(detail: str) -> RequestRefused:
    return RequestRefused(400, say("upload-malformed", detail=detail))
