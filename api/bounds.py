"""How much one may ask for at once: the numbers, which all parts of the server know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults let through an introspection and a page of 50 with 20 with 10 nested.

    ``fields`` bounds how many fields an answer can hold, lists counted with the size asked for;
    ``page`` and ``plain_list`` are the sizes assumed where the query says none. ``question`` is
    how many fields a question counts for, and again each answer that it can give, and each node
    that a list is narrowed by. Times are in seconds, sizes in bytes. ``at_once`` is how many
    operations run beside each other: each more makes every page wait longer for its turn
    (measured: 4 made a page wait 300 ms, 2 some 70 ms). ``pages_at_once`` is how many pages are
    made beside each other: where the store is a file, threads only take turns (of eight clients
    the slowest waited 800 ms when all were made at once, 500 ms one after the other).
    ``kept_bytes`` is how much room the
    answers take that are kept for those who ask the same again.
    """

    tokens: int = 2_000
    depth: int = 25
    aliases: int = 100
    fields: int = 100_000
    question: int = 200
    overlap: int = 30
    root_fields: int = 30
    directives: int = 100
    list_items: int = 1_000
    page: int = 20
    plain_list: int = 10
    query_seconds: float = 10.0
    mutation_seconds: float = 600.0
    body_bytes: int = 200_000
    upload_bytes: int = 50_000_000
    upload_files: int = 20
    kept_bytes: int = 32_000_000
    at_once: int = 2
    pages_at_once: int = 1
