"""A real Neo4j with the Graph Data Science library, where a Java of 21 or newer is found."""

import fcntl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.missing import PeerMissing
from teknologikort.neo4j_java import JavaNeo4j, Kit, Release, find_kit, jars

GDS = "2.26.0"
RELEASE = Release("2026.08.1", range(21, 100), "org.neo4j.server.Neo4jCommunity")
"""The release of Neo4j that this release of the library is made for."""

HEAP = ("-Xms1g", "-Xmx4g")
"""M in one transaction, with or without provenance, needs 2 GB for itself; with 2 GB in all the
server does little but look for memory."""

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>teknologikort</groupId><artifactId>gds</artifactId><version>1</version><dependencies>
<dependency><groupId>org.neo4j.gds</groupId><artifactId>proc</artifactId><version>{0}</version>
</dependency><dependency><groupId>org.neo4j.gds</groupId><artifactId>opengds-extension</artifactId>
<version>{0}</version></dependency></dependencies></project>"""


class GdsNeo4j(JavaNeo4j):
    """A Neo4j that has the library's procedures, compiled as quick as it can be and with memory
    for a whole country: what a user would measure against."""

    def _settings(self) -> dict[str, str]:
        return super()._settings() | {
            "dbms.security.procedures.unrestricted": "gds.*",
            "server.directories.plugins": str(self._home / "plugins"),
            "server.memory.pagecache.size": "512m",
        }

    def _command(self) -> list[str]:
        command = super()._command()
        kept = [each for each in command if not each.startswith(("-Xm", "-XX:Tiered"))]
        path = kept.index("-cp") + 1
        kept[path] += f":{self._home / 'plugins'}/*"
        return [kept[0], *HEAP, *kept[1:]]


@contextmanager
def gds_neo4j(home: Path, cache: Path) -> Iterator[GdsNeo4j]:
    """One with the library, as long as the block lasts; raises PeerMissing."""
    kit = _kit()
    lib = jars(kit, cache)
    plugins = _library(kit, cache, lib)
    server = GdsNeo4j(kit, lib, home)
    for jar in plugins.glob("*.jar"):
        (home / "plugins" / jar.name).symlink_to(jar.resolve())
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _kit() -> Kit:
    kit = find_kit((RELEASE,))
    if kit is None:
        raise PeerMissing(
            f"GDS {GDS} on Neo4j {RELEASE.version} needs Maven and a Java of {RELEASE.java.start} "
            "or newer: install them, or name the Java by JAVA_HOME"
        )
    return kit


def _library(kit: Kit, cache: Path, lib: Path) -> Path:
    """The folder of those jars of the library that Neo4j does not have itself, fetched once."""
    folder = cache / f"gds-{GDS}"
    with (cache / "fetching.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(kit, cache, folder, {jar.name for jar in lib.glob("*.jar")})
    return folder


def _fetch(kit: Kit, cache: Path, folder: Path, known: set[str]) -> None:
    with tempfile.TemporaryDirectory(dir=cache) as work:
        pom, fetched = Path(work, "pom.xml"), Path(work, "lib")
        pom.write_text(_POM.format(GDS), encoding="utf-8")
        command = [str(kit.maven), "-B", "-q", "-f", str(pom), "dependency:copy-dependencies"]
        command += [f"-DoutputDirectory={fetched}", "-DincludeScope=runtime"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or not fetched.is_dir():
            raise PeerMissing(f"Maven cannot fetch GDS {GDS}: {done.stdout[-300:].strip()}")
        for jar in fetched.glob("*.jar"):
            if jar.name in known:
                jar.unlink()
        fetched.rename(folder)
