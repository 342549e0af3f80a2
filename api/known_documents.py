"""Texts of queries that were read and found valid, so that they need not be again."""

from collections import OrderedDict
from threading import Lock

from graphql import DocumentNode

_MOST_CHARACTERS = 100_000


class KnownDocuments:
    """The documents that were asked for last; their texts are ``most`` characters together, and
    the documents some hundred times as many bytes. Safe to ask from several threads."""

    def __init__(self, most: int = _MOST_CHARACTERS) -> None:
        self._most = most
        self._size = 0
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()
        self._lock = Lock()

    def find(self, text: str) -> DocumentNode | None:
        """The document of a text, where it is known to be valid."""
        with self._lock:
            document = self._documents.get(text)
            if document is not None:
                self._documents.move_to_end(text)
            return document

    def remember(self, text: str, document: DocumentNode) -> None:
        """Keep a valid document; those that were not asked for the longest make room."""
        with self._lock:
            if text in self._documents or len(text) > self._most:
                return
            self._documents[text] = document
            self._size += len(text)
            while self._size > self._most:
                dropped, _ = self._documents.popitem(last=False)
                self._size -= len(dropped)
