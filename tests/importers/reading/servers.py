"""A small server on the loopback address that answers what it is told, byte for byte."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from importers.reading import Caps, OpenWeb
from importers.reading.addresses import Address
from importers.reading.connections import Network
from tests.tools.patience import PATIENCE

Reply = bytes | Callable[[socket.socket], None]


@dataclass
class Server:
    """Where it listens, what it answers by path, and what it was asked."""

    port: int
    replies: dict[str, Reply]
    requests: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "donnees.example") -> str:
        """Name a file of this server."""
        return f"http://{host}:{self.port}{path}"


def reply(body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Write an answer; its length is true unless told otherwise."""
    announced = f"Content-Length: {len(body) if length is None else length}"
    return "\r\n".join([f"HTTP/1.1 {status}", announced, *headers, "", ""]).encode() + body


def redirect(target: str, status: str = "302 Found") -> bytes:
    """Write an answer that leads elsewhere."""
    return reply(b"", f"Location: {target}", status=status)


@contextmanager
def serving(replies: dict[str, Reply], *, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve on a free port until the block ends, over TLS when a context is given."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener.getsockname()[1], replies)
        thread = threading.Thread(target=_serve, args=(listener, server, context))
        thread.start()
        try:
            yield server
        finally:
            # This wakes the thread up from accept.
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, server: Server, context: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                connection.settimeout(PATIENCE)
                if context is None:
                    _answer(connection, server)
                    continue
                with context.wrap_socket(connection, server_side=True) as secured:
                    _answer(secured, server)


def _answer(connection: socket.socket, server: Server) -> None:
    request = connection.recv(65536).decode("latin-1")
    server.requests.append(request)
    path = request.split(" ")[1]
    answer = server.replies[path]
    if isinstance(answer, bytes):
        connection.sendall(answer)
    else:
        answer(connection)


def is_loopback(address: Address) -> bool:
    """Allow this machine only: the policy of tests."""
    return address == ip_address("127.0.0.1")


def local_web(
    folder: Path, *, caps: Caps | None = None, seconds: float = PATIENCE, names: Mapping[str, str] | None = None
) -> OpenWeb:
    """Make a web where each name leads to this machine, unless another address is given for it."""
    addresses = names or {}
    network = Network(is_loopback, lambda host, _: (addresses.get(host, "127.0.0.1"),), connection_seconds=PATIENCE)
    return OpenWeb(folder, caps or Caps(), network, seconds)
