"""What the server is made of, handed down to everything that answers."""

import logging
import secrets
from dataclasses import dataclass, field

from api.guards import LOCAL_HOSTS
from api.limits import Limits
from graph.live import LiveGraph
from loaders.desk import Desk


@dataclass(frozen=True)
class Server:
    """What the server is made of. Without a desk nothing can be changed (``--read-only``)."""

    live: LiveGraph
    desk: Desk | None = None
    hosts: frozenset[str] = LOCAL_HOSTS
    limits: Limits = field(default_factory=Limits)
    log: logging.Logger = field(default_factory=lambda: logging.getLogger("teknologikort"))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
