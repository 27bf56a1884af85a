"""A TCP line to a server of this machine that a test can cut: the server itself goes on."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.serving import LOOPBACK, free_port


class Line:
    """Forwards connections from `port` to another port."""

    def __init__(self, target: int) -> None:
        self.port = free_port()
        self._target = target
        self._listener: socket.socket | None = None
        self._open: list[Wire] = []

    @contextmanager
    def up(self) -> Iterator[Line]:
        """Forward until the block ends."""
        self.mend()
        try:
            yield self
        finally:
            self.cut()

    def mend(self) -> None:
        """Take new connections again."""
        self._listener = socket.create_server((LOOPBACK, self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """End all connections, and refuse new ones."""
        if self._listener:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for wire in self._open:
            wire.end()
        self._open.clear()

    def strand(self) -> None:
        """Have the present connections fall silent, as a broken network does; new ones work."""
        for wire in self._open:
            wire.silent.set()

    def in_use(self) -> bool:
        """Tell whether there is a connection that works."""
        return any(not (wire.silent.is_set() or wire.ended.is_set()) for wire in self._open)

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):  # the line is cut
            while True:
                here, _ = listener.accept()
                self._open.append(Wire(here, socket.create_connection((LOOPBACK, self._target))))


class Wire:
    """One connection."""

    def __init__(self, here: socket.socket, there: socket.socket) -> None:
        self.silent = threading.Event()
        self.ended = threading.Event()
        self._ends = (here, there)
        for source, sink in ((here, there), (there, here)):
            threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def end(self) -> None:
        """Close both ends."""
        self.ended.set()
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if not self.silent.is_set():
                    sink.sendall(data)
        self.end()
