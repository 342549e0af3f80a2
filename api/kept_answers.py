"""Answers kept for those who ask the same again, as long as the graph stands still.

An answer belongs to a revision. Whoever asks again is first told the newest revision and then
given what was kept for exactly that one: never what was right before. How an answer is asked for
is in its key: the address or the body, the media type, the language. What one visitor alone is to
see (a form with their token, a cookie) is not kept, nor anything that failed.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

Key = bytes
_BESIDE = 500
"""About how many bytes an answer takes beside its body."""
_LARGEST = 8
"""An answer that would fill more than this part of the room is not kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is sent, the revision that it is of, and its ETag: the same for the same
    bytes, in any process."""

    revision: int
    body: bytes
    media: str
    tag: str

    @classmethod
    def of(cls, revision: int, body: bytes, media: str) -> "Kept":
        digest = hashlib.blake2b(body, digest_size=12).hexdigest()
        return cls(revision, body, media, f'"{digest}"')

    def response(self, request: Request, vary: str) -> Response:
        """The answer to a request; without its body (304) where the asker has it already."""
        headers = {"etag": self.tag, "cache-control": "private, no-cache", "vary": vary}
        if request.method in {"GET", "HEAD"} and _names(request.headers, self.tag):
            return Response(status_code=304, headers=headers)
        return Response(self.body, headers={**headers, "content-type": self.media})


class KeptAnswers:
    """The answers of the newest revision, those asked for last. Safe to ask from several threads;
    they take ``most_bytes`` together."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._revision = 0
        self._answers: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()
        self.hits = 0
        """How often an answer was found that was kept."""
        self.misses = 0

    def find(self, key: Key, revision: int) -> Kept | None:
        """What was answered before at this very revision."""
        with self._lock:
            kept = self._answers.get(key)
            if kept is None or kept.revision != revision:
                self.misses += 1
                return None
            self.hits += 1
            self._answers.move_to_end(key)
            return kept

    def keep(self, key: Key, kept: Kept) -> None:
        """Keep an answer; with the first of a newer revision all older ones go."""
        size = len(kept.body) + _BESIDE
        if size * _LARGEST > self._most:
            return
        with self._lock:
            if kept.revision < self._revision:
                return
            if kept.revision > self._revision:
                self._answers.clear()
                self._size, self._revision = 0, kept.revision
            if key not in self._answers:
                self._answers[key] = kept
                self._size += size
            while self._size > self._most:
                _, dropped = self._answers.popitem(last=False)
                self._size -= len(dropped.body) + _BESIDE

    @property
    def size(self) -> int:
        """How many bytes the answers take."""
        return self._size


def key_of(*asked: str | bytes) -> Key:
    """The key of an answer that is asked for in this way, however long that is."""
    digest = hashlib.blake2b(digest_size=20)
    for each in asked:
        text = each.encode() if isinstance(each, str) else each
        digest.update(len(text).to_bytes(8))
        digest.update(text)
    return digest.digest()


def _names(headers: Headers, tag: str) -> bool:
    """Whether `If-None-Match` names this tag; a weak one is as good (RFC 9110, 13.1.2)."""
    given = headers.get("if-none-match", "")
    named = {each.strip().removeprefix("W/") for each in given.split(",")}
    return tag in named or given.strip() == "*"
