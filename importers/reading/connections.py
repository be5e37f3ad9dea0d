"""One HTTP exchange with an address that was resolved and judged first, within a total time.

The name is resolved once, every address it has must be allowed, and the connection goes to that very address: a name
that changes its address in between (DNS rebinding) gains nothing. Host header and certificate still bear the name.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, quote

from importers.reading.addresses import AddressPolicy, is_public, read_address
from importers.reading.caps import StopReadingError

Resolve = Callable[[str, int], tuple[str, ...]]
_PORTS = {"http": 80, "https": 443}
_SAFE_IN_PATH = "/%:=&?~+!$,;'@()*[]"


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Ask the system for the addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Network:
    """How the outside is reached; tests give another policy and another resolver."""

    allows: AddressPolicy = is_public
    resolve: Resolve = resolve
    connection_seconds: float = 10.0
    trust: ssl.SSLContext | None = None
    """The certificates believed; the system's when left out."""


class Stopwatch:
    """A total time: when it is over, the socket is shut, wherever the exchange stands."""

    def __init__(self, seconds: float) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.is_over = False
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        """Shut this socket when the time is over, or at once if it is already."""
        with self._lock:
            self._socket = connected
            if self.is_over:
                self._shut()

    def _end(self) -> None:
        with self._lock:
            self.is_over = True
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                # The plain method: the one of TLS sockets would let go of the session that another thread is reading.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to addresses chosen beforehand, under the name that was asked for."""

    def __init__(self, url: SplitResult, addresses: tuple[str, ...], network: Network, stopwatch: Stopwatch) -> None:
        super().__init__(url.hostname or "", url.port or _PORTS[url.scheme], timeout=network.connection_seconds)
        self._addresses = addresses
        self._network = network
        self._is_secure = url.scheme == "https"
        self._stopwatch = stopwatch
        # HTTPConnection leaves the port out of the Host header when it is this one.
        self.default_port = _PORTS[url.scheme]

    def connect(self) -> None:
        self.sock = self._connected()
        self._stopwatch.watch(self.sock)
        if self._is_secure:
            trust = self._network.trust or ssl.create_default_context()
            secured = trust.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = secured
            # Watched before the handshake: a server may also take its time there.
            self._stopwatch.watch(secured)
            secured.do_handshake()

    def _connected(self) -> socket.socket:
        failure: OSError = OSError("no address")
        for address in self._addresses:
            if self._stopwatch.is_over:
                break
            try:
                return socket.create_connection((address, self.port), self._network.connection_seconds)
            except OSError as error:
                failure = error
        raise failure


@contextmanager
def exchange(
    url: SplitResult, headers: Mapping[str, str], network: Network, stopwatch: Stopwatch
) -> Iterator[http.client.HTTPResponse]:
    """Send one GET and give the answer; refusals come out as `StopReadingError`, failures as the library's errors."""
    addresses = allowed_addresses(url, network)
    with closing(_PinnedConnection(url, addresses, network, stopwatch)) as connection:
        connection.request("GET", _target(url), headers=dict(headers))
        with closing(connection.getresponse()) as response:
            yield response


def allowed_addresses(url: SplitResult, network: Network) -> tuple[str, ...]:
    """Resolve a name; one address that is not allowed refuses them all."""
    try:
        addresses = network.resolve(url.hostname or "", url.port or _PORTS[url.scheme])
    except (OSError, UnicodeError) as error:
        raise StopReadingError(
            "hote-inconnu", f"L’adresse « {url.hostname} » n’existe pas ou ne répond pas : vérifiez le lien."
        ) from error
    judged = [read_address(address) for address in addresses]
    if not judged or not all(address is not None and network.allows(address) for address in judged):
        raise StopReadingError(
            "adresse-interdite",
            f"« {url.hostname} » mène à une machine interne ou réservée, qui n’est jamais interrogée : "
            "donnez un lien public.",
        )
    return addresses


def _target(url: SplitResult) -> str:
    path = quote(url.path or "/", safe=_SAFE_IN_PATH)
    return f"{path}?{quote(url.query, safe=_SAFE_IN_PATH)}" if url.query else path
