"""What the server is made of, handed down to everything that answers."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import TYPE_CHECKING

from api.bounds import Limits
from api.guards import LOCAL_HOSTS
from api.kept_answers import KeptAnswers
from api.request_log import Requests
from api.under_way import UnderWay
from graph.live import LiveGraph

if TYPE_CHECKING:
    from api.metrics import Metrics
    from loaders.desk import Desk


@dataclass(frozen=True)
class Server:
    """What the server is made of. Without a desk nothing can be changed (``--read-only``).

    Several processes that answer for one server have the same ``secret`` and the same folder
    ``held``, for files that wait for a yes; it is for this user alone. Without one a process has
    a folder of its own.
    """

    live: LiveGraph
    desk: Desk | None = None
    hosts: frozenset[str] = LOCAL_HOSTS
    limits: Limits = field(default_factory=Limits)
    log: logging.Logger = field(default_factory=lambda: logging.getLogger("teknologikort"))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    requests: Requests = field(default_factory=Requests)
    version: str = ""
    kept: KeptAnswers = field(init=False)
    under_way: UnderWay = field(default_factory=UnderWay)
    held: Path | None = None
    metrics: Metrics | None = None
    metrics_networks: Sequence[IPv4Network | IPv6Network] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "kept", KeptAnswers(self.limits.kept_bytes))
