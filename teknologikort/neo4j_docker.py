"""Neo4j in a container of our own."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from schema.messages import Refusal, say
from teknologikort.neo4j_address import (
    Neo4jAddress,
    NoAnswerYet,
    free_port,
    wait_until_it_answers,
)

IMAGE = "neo4j:5-community"
_ENGINE_SECONDS = 10.0
_LOG_LINES = "40"


def docker_with_image() -> str | None:
    """The Docker program, when its engine answers and has Neo4j's image or can pull it."""
    docker = shutil.which("docker")
    if docker is None or not _succeeds([docker, "info"], _ENGINE_SECONDS):
        return None
    has = _succeeds([docker, "image", "inspect", IMAGE], _ENGINE_SECONDS)
    return docker if has or _succeeds([docker, "pull", "--quiet", IMAGE], None) else None


def _succeeds(command: list[str], seconds: float | None) -> bool:
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


class DockerNeo4j:
    """One Neo4j in a container, published on a free port of this machine alone."""

    def __init__(self, docker: str) -> None:
        self._docker = docker
        self._port = free_port()
        password = secrets.token_urlsafe(16)
        self.address = Neo4jAddress(f"bolt://127.0.0.1:{self._port}", "neo4j", password)
        self._container: str | None = None

    def start(self) -> None:
        """Start it, and return when it answers; raises Refusal with its log."""
        if self._container is None:
            self._container = self._call(*self._new(), NEO4J_AUTH=f"neo4j/{self.address.password}")
        else:
            self._call("start", self._container)
        try:
            wait_until_it_answers(self.address, self._runs)
        except NoAnswerYet as fault:
            log = self._call("logs", "--tail", _LOG_LINES, self._container)
            self.stop()
            raise Refusal(say("neo4j-not-started", reason=str(fault), log=log)) from fault
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it and remove the container with its data."""
        if self._container is not None:
            self._call("rm", "--force", "--volumes", self._container)
            self._container = None

    def kill(self) -> None:
        """End it at once, as when the power goes; its data stay, ``start`` brings it back."""
        if self._container is not None:
            self._call("kill", self._container)

    def _new(self) -> list[str]:
        settings = {
            "server_bolt_advertised__address": f"127.0.0.1:{self._port}",
            "server_memory_heap_max__size": "1g",
            "server_memory_pagecache_size": "128m",
            "dbms_usage__report_enabled": "false",
        }
        options = [
            part for name in settings for part in ("--env", f"NEO4J_{name}={settings[name]}")
        ]
        # The password is taken from our environment, where no list of processes shows it.
        published = f"127.0.0.1:{self._port}:7687"
        return ["run", "--detach", "--publish", published, "--env", "NEO4J_AUTH", *options, IMAGE]

    def _runs(self) -> bool:
        container = str(self._container)
        return self._call("inspect", "--format", "{{.State.Running}}", container) == "true"

    def _call(self, *arguments: str, **environment: str) -> str:
        done = subprocess.run(  # noqa: S603
            [self._docker, *arguments],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Refusal(
                say("neo4j-not-started", reason=f"docker {arguments[0]}", log=done.stdout)
            )
        return done.stdout.strip()


@contextmanager
def docker_neo4j(docker: str) -> Iterator[DockerNeo4j]:
    """A Neo4j that runs as long as the block does."""
    server = DockerNeo4j(docker)
    server.start()
    try:
        yield server
    finally:
        server.stop()
