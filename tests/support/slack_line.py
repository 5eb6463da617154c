"""A line to the small Slack that can go dead without a word: nothing comes through any more, and nobody hangs up."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlparse


@dataclass
class Line:
    """The way to a server; `cut` freezes all connections that are open, later ones go through."""

    port: int
    frozen: list[threading.Event] = field(default_factory=list)
    ends: list[socket.socket] = field(default_factory=list)
    pumps: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def opened(self) -> threading.Event:
        with self._lock:
            self.frozen.append(threading.Event())
            return self.frozen[-1]

    def cut(self) -> None:
        with self._lock:
            for each in self.frozen:
                each.set()


@contextmanager
def line_to(url: str) -> Iterator[Line]:
    """A port of this machine that leads to the server, until the end of the test."""
    target = urlparse(url)
    listening = socket.create_server(("127.0.0.1", 0))
    line = Line(listening.getsockname()[1])

    def accept() -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            far = socket.create_connection((target.hostname, target.port))
            frozen = line.opened()
            line.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                line.pumps.append(threading.Thread(target=pump, args=(one, other, frozen), daemon=True))
                line.pumps[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield line
    finally:
        for end in (listening, *line.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in (accepting, *line.pumps):
            thread.join(timeout=5)
        for end in (listening, *line.ends):
            end.close()


def pump(one: socket.socket, other: socket.socket, frozen: threading.Event) -> None:
    """Carry what one end says to the other while the line lives."""
    try:
        while data := one.recv(65536):
            if frozen.is_set():
                continue
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        return
