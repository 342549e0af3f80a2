"""Where a Neo4j answers, and waiting until it does."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from neo4j import Auth, GraphDatabase, basic_auth
from neo4j.exceptions import AuthError, DriverError, Neo4jError

START_SECONDS = 120.0
_PAUSE_SECONDS = 0.2
_FIRST_PASSWORD = "neo4j"  # noqa: S105 - what every new Neo4j starts with, not a secret


@dataclass(frozen=True, slots=True)
class Neo4jAddress:
    """A Neo4j and who signs in to it."""

    uri: str
    user: str
    password: str = field(repr=False)

    @property
    def auth(self) -> Auth:
        return basic_auth(self.user, self.password)


class NoAnswerYet(Exception):  # noqa: N818 - a state to wait out
    """Nothing answered before the deadline, or what should answer has ended."""


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(
    address: Neo4jAddress, alive: Callable[[], bool], seconds: float = START_SECONDS
) -> None:
    """Return once a query is answered; a new Neo4j is given the address's password first.

    Raises NoAnswerYet when ``alive`` says that it has ended, or when the seconds have passed.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            _sign_in(address)
        except (DriverError, Neo4jError) as fault:
            if not alive():
                raise NoAnswerYet("it ended") from fault
            if time.monotonic() > deadline:
                raise NoAnswerYet(f"no answer in {seconds:.0f} s: {fault}") from fault
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _sign_in(address: Neo4jAddress) -> None:
    try:
        _ask(address)
    except AuthError:
        _give_password(address)
        _ask(address)


def _ask(address: Neo4jAddress) -> None:
    # A session's own run is tried once; the driver's execute_query would try for 30 s.
    with (
        GraphDatabase.driver(address.uri, auth=address.auth) as driver,
        driver.session() as session,
    ):
        session.run("RETURN 1").consume()


def _give_password(address: Neo4jAddress) -> None:
    new = basic_auth(address.user, _FIRST_PASSWORD)
    with (
        GraphDatabase.driver(address.uri, auth=new) as driver,
        driver.session(database="system") as session,
    ):
        session.run(
            "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
            old=_FIRST_PASSWORD,
            new=address.password,
        ).consume()
