"""Neo4j as a process of this machine: its jars fetched with Maven, run with Java."""

import fcntl
import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schema.messages import Refusal, say
from teknologikort.neo4j_address import (
    Neo4jAddress,
    NoAnswerYet,
    free_port,
    wait_until_it_answers,
)

STOP_SECONDS = 30.0
_LOG_LINES = 40
_JAVA_FOLDERS = ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines")
# Compiled once and quickly: one that lives for minutes starts three times as fast, and nothing
# that it does in that time is slower.
_MEMORY_AND_SPEED = ("-Xms128m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


@dataclass(frozen=True, slots=True)
class Release:
    """A version of Neo4j, the versions of Java that run it, and the class that starts it."""

    version: str
    java: range
    main: str


RELEASES = (
    Release("5.26.30", range(17, 22), "org.neo4j.server.CommunityEntryPoint"),
    Release("2026.08.1", range(21, 100), "org.neo4j.server.Neo4jCommunity"),
)
"""The first that a Java here can run is taken: the one with long-term support."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What is needed to run one: a release, a Java for it, and Maven to fetch it."""

    release: Release
    java: Path
    maven: Path


def find_kit(releases: Sequence[Release] = RELEASES) -> Kit | None:
    """The first of these releases that a Java of this machine can run; None without Java or
    Maven."""
    maven = shutil.which("mvn")
    if maven is None:
        return None
    javas = [(java, version) for java in _javas() if (version := _java_version(java)) is not None]
    found = first_that_runs(javas, releases)
    return None if found is None else Kit(*found, Path(maven))


def first_that_runs(
    javas: Sequence[tuple[Path, int]], releases: Sequence[Release] = RELEASES
) -> tuple[Release, Path] | None:
    """The first release that one of these Javas can run, and that Java."""
    for release in releases:
        for java, version in javas:
            if version in release.java:
                return release, java
    return None


def _javas() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home, "bin", "java")
    if java := shutil.which("java"):
        yield Path(java)
    for folder in _JAVA_FOLDERS:
        yield from sorted(Path(folder).glob("*/bin/java"))
        yield from sorted(Path(folder).glob("*/Contents/Home/bin/java"))


def _java_version(java: Path) -> int | None:
    try:
        said = subprocess.run(  # noqa: S603
            [java, "-version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(\d+)', said.stderr)
    return int(found[1]) if found else None


def jars(kit: Kit, cache: Path) -> Path:
    """The folder with the release's jars, fetched once; several processes may ask at once."""
    folder = cache / f"neo4j-{kit.release.version}"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "fetching.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(kit, cache, folder)
    return folder


def _fetch(kit: Kit, cache: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=cache) as work:
        pom = Path(work, "pom.xml")
        pom.write_text(_pom(kit.release.version), encoding="utf-8")
        fetched = Path(work, "lib")
        command = [str(kit.maven), "-B", "-q", "-f", str(pom), "dependency:copy-dependencies"]
        command += [f"-DoutputDirectory={fetched}", "-DincludeScope=runtime"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode != 0 or not fetched.is_dir():
            log = (done.stdout + done.stderr).strip()
            raise Refusal(say("neo4j-not-fetched", version=kit.release.version, log=log))
        # Renamed when it is whole, so that nobody ever sees half of it.
        fetched.rename(folder)


def _pom(version: str) -> str:
    wanted = (("org.neo4j", "neo4j"), ("org.neo4j.app", "neo4j-server"))
    dependencies = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version></dependency>"
        for group, artifact in wanted
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>teknologikort</groupId><artifactId>neo4j</artifactId><version>1</version>"
        f"<dependencies>{dependencies}</dependencies></project>"
    )


class JavaNeo4j:
    """One Neo4j of our own, with its data below ``home``, on a free port of this machine."""

    def __init__(self, kit: Kit, lib: Path, home: Path) -> None:
        self._kit = kit
        self._lib = lib
        self._home = home.resolve()
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._lay_out()
        self.address = Neo4jAddress(f"bolt://127.0.0.1:{self._port}", "neo4j", self._password())

    def start(self) -> None:
        """Start it, and return when it answers; raises Refusal with its log."""
        with self._log.open("wb") as log:
            # A session of its own: Ctrl-C reaches us first, and we stop it after us.
            self._process = subprocess.Popen(  # noqa: S603
                self._command(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        process = self._process
        try:
            wait_until_it_answers(self.address, alive=lambda: process.poll() is None)
        except NoAnswerYet as fault:
            self.kill()
            raise self._not_started(fault) from fault
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """End it in good order."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def kill(self) -> None:
        """End it at once, as when the power goes; its data stay, ``start`` brings it back."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def _log(self) -> Path:
        return self._home / "logs" / "console.log"

    def _lay_out(self) -> None:
        for name in ("conf", "data", "logs", "run", "plugins", "import", "licenses", "lib"):
            (self._home / name).mkdir(parents=True, exist_ok=True)
        settings = "".join(f"{name}={value}\n" for name, value in self._settings().items())
        (self._home / "conf" / "neo4j.conf").write_text(settings, encoding="utf-8")

    def _settings(self) -> dict[str, str]:
        return {
            "server.bolt.listen_address": f"127.0.0.1:{self._port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self._port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
            "server.memory.pagecache.size": "128m",
            "dbms.usage_report.enabled": "false",
        }

    def _password(self) -> str:
        kept = self._home / "password"
        if not kept.exists():
            with open(os.open(kept, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(16))
        return kept.read_text()

    def _command(self) -> list[str]:
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENS]
        return [
            *(str(self._kit.java), *_MEMORY_AND_SPEED, *opens),
            *("-cp", f"{self._lib}/*", self._kit.release.main),
            *("--console-mode", f"--home-dir={self._home}", f"--config-dir={self._home / 'conf'}"),
        ]

    def _not_started(self, fault: NoAnswerYet) -> Refusal:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        log = "\n".join(lines[-_LOG_LINES:])
        return Refusal(say("neo4j-not-started", reason=str(fault), log=log))


@contextmanager
def java_neo4j(kit: Kit, home: Path, cache: Path) -> Iterator[JavaNeo4j]:
    """A Neo4j that runs as long as the block does."""
    server = JavaNeo4j(kit, jars(kit, cache), home)
    server.start()
    try:
        yield server
    finally:
        server.stop()
