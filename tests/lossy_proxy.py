"""A wire to a Neo4j that can be cut at the moment when a transaction is committed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum

from teknologikort.neo4j_address import Neo4jAddress

_COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # the message COMMIT of the Bolt protocol, in its chunk
_BYTES = 65_536


class Loss(Enum):
    """What is lost: the commit on its way there, or the answer on its way back."""

    COMMIT = "commit"
    ANSWER = "answer"


class LossyProxy:
    """Passes everything on, but loses what it is told to, and the connection with it."""

    def __init__(self, target: Neo4jAddress) -> None:
        host, port = target.uri.removeprefix("bolt://").split(":")
        self._target = host, int(port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"
        self.losses: list[Loss] = []
        self.refuse_after_loss = False
        self._threads = [threading.Thread(target=self._accept)]
        self._sockets = [self._listening]
        self._threads[0].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._target)
                self._sockets += [client, server]
                for way in ((client, server, True), (server, client, False)):
                    self._threads.append(threading.Thread(target=self._pass_on, args=way))
                    self._threads[-1].start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, asking: bool) -> None:
        with suppress(OSError):
            while some := source.recv(_BYTES):
                if asking and some.endswith(_COMMIT) and self.losses:
                    self._lose(source, sink, some)
                    return
                sink.sendall(some)
            sink.shutdown(socket.SHUT_WR)

    def _lose(self, client: socket.socket, server: socket.socket, commit: bytes) -> None:
        loss = self.losses.pop(0)
        if self.refuse_after_loss:
            self._listening.shutdown(socket.SHUT_RDWR)
        client.shutdown(socket.SHUT_RDWR)
        if loss is Loss.ANSWER:
            server.sendall(commit)
        else:
            server.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for each in self._sockets:
            each.close()


@contextmanager
def lossy_proxy(target: Neo4jAddress) -> Iterator[LossyProxy]:
    proxy = LossyProxy(target)
    yield proxy
    proxy.close()
