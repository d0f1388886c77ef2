"""One request: to the address that was checked, within limits of time and size, and without following anything."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from messagecheck.crawler.addresses import Permits, resolve
from messagecheck.crawler.errors import FetchError, UnreachableError
from messagecheck.crawler.urls import host_of, target_of
from messagecheck.display import shortened
from messagecheck.errors import SettingsError

CHUNK = 16_384
_ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
_TROUBLES = (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError)
Reads = Callable[[str], bool]
"""Whether a body of this content type is wanted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` have names in small letters; `body` is unpacked, empty if it was not wanted; `took` is in seconds."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    took: float

    @property
    def type(self) -> str:
        return media_type(self.headers)


def media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(slots=True)
class Client:
    """Keeps one connection a host open. `most` is the largest body in bytes."""

    agent: str
    permits: Permits
    trust: ssl.SSLContext
    most: int
    addresses: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    connections: dict[str, HTTPConnection] = field(default_factory=dict)

    def get(self, url: str, headers: Mapping[str, str], seconds: float, reads: Reads) -> Answer:
        """Raises FetchError: RefusedError for a forbidden machine, UnreachableError for what may pass."""
        began = time.monotonic()
        kept = self.connections.get(_origin(url))
        connection = self._connected(url, seconds)
        sent = {"Host": host_of(url), "User-Agent": self.agent, "Accept-Encoding": "gzip, deflate", **headers}
        try:
            with _cut_after(connection.sock, began + seconds - time.monotonic()):
                connection.request("GET", target_of(url), headers=sent, preload_content=False)
                status, found, body = self._read(connection, reads)
        except _TROUBLES as error:
            connection.close()
            left = began + seconds - time.monotonic()
            if left <= 0:
                raise FetchError(_slow(seconds)) from error
            if connection is kept and isinstance(error, ConnectionError):  # the server had closed it meanwhile
                return self.get(url, headers, left, reads)
            raise UnreachableError(f"the connection broke ({shortened(str(error), 80)})") from error
        except FetchError:
            connection.close()
            raise
        took = time.monotonic() - began
        if took >= seconds:
            raise FetchError(_slow(seconds))
        return Answer(url, status, found, body, took)

    def close(self) -> None:
        for connection in self.connections.values():
            connection.close()

    def _read(self, connection: HTTPConnection, reads: Reads) -> tuple[int, Mapping[str, str], bytes]:
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.headers.items()}
        if not reads(media_type(headers)):
            connection.close()
            return response.status, headers, b""
        encoding = headers.get("content-encoding", "").strip().lower()
        if encoding not in _ENCODINGS:
            raise FetchError(f"is packed as {shortened(encoding, 20)}, which was not asked for")
        body = bytearray()
        while chunk := response.read1(CHUNK, decode_content=True):
            body += chunk
            if len(body) > self.most:
                raise FetchError(f"is larger than {self.most // 1_000_000} MB; raise crawl.page_mb")
        return response.status, headers, bytes(body)

    def _connected(self, url: str, seconds: float) -> HTTPConnection:
        parts, key = urlsplit(url), _origin(url)
        open_ = self.connections.get(key)
        if open_ is not None and open_.is_connected:
            open_.timeout = seconds
            return open_
        if open_ is not None:
            open_.close()
        port = parts.port or (443 if parts.scheme == "https" else 80)
        self.connections[key] = self._connect(parts.scheme, parts.hostname or "", port, seconds)
        return self.connections[key]

    def _connect(self, scheme: str, host: str, port: int, seconds: float) -> HTTPConnection:
        """To the first of the host's addresses that answers; its name is resolved once in a crawl."""
        if (host, port) not in self.addresses:
            self.addresses[host, port] = resolve(host, port, self.permits)
        trouble = UnreachableError(f"{host} does not answer")
        for address in self.addresses[host, port]:
            connection = (
                HTTPSConnection(address, port, timeout=seconds, ssl_context=self.trust, server_hostname=host)
                if scheme == "https"
                else HTTPConnection(address, port, timeout=seconds)
            )
            try:
                connection.connect()
            except ssl.SSLCertVerificationError as error:
                connection.close()
                raise FetchError(_untrusted(host, error)) from error
            except _TROUBLES as error:
                connection.close()
                reason = str(error).rpartition(": ")[2]  # urllib3 puts its object before it
                trouble = UnreachableError(f"{host} does not answer ({shortened(reason, 80)})")
            else:
                return connection
        raise trouble


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def trust(authority: Path | None) -> ssl.SSLContext:
    """The system's certificate authorities (SSL_CERT_FILE, if set) and one file's. Raises SettingsError."""
    context = ssl.create_default_context()
    if authority is not None:
        try:
            context.load_verify_locations(authority)
        except (OSError, ssl.SSLError) as error:
            raise SettingsError(f"{authority}: holds no certificates to trust; name a PEM file") from error
    return context


@contextmanager
def _cut_after(sock: socket.socket, seconds: float) -> Iterator[None]:
    """Ends the connection when the time is over, whatever it waits for: a server may send a byte at a time."""
    timer = threading.Timer(max(0.0, seconds), _cut, (sock,))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):  # it was closed in this very moment
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _slow(seconds: float) -> str:
    return f"took longer than {seconds:.0f} s; raise crawl.page_s"


def _untrusted(host: str, error: ssl.SSLCertVerificationError) -> str:
    return f"the certificate of {host} is not trusted ({error.verify_message}); name its authority with --ca"
