"""A real web server on loopback that says whatever a test wants, and keeps a log of what it was asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Serve = Callable[[BaseHTTPRequestHandler], None]
Route = str | bytes | Serve


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    at: float
    headers: Mapping[str, str]


@dataclass(slots=True)
class Site:
    """`routes` may change while it runs; a text is a page of its own. `open_now` counts connections."""

    url: str
    routes: dict[str, Route]
    log: list[Asked] = field(default_factory=list)
    connections: int = 0

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    @property
    def pages(self) -> list[str]:
        """What was asked for beside robots.txt and the usual sitemap."""
        return [path for path in self.paths if path not in {"/robots.txt", "/sitemap.xml"}]


@contextmanager
def serve(routes: dict[str, Route], *, address: str = "127.0.0.1", certificate: Path | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            site.connections += 1

        def do_GET(self) -> None:
            site.log.append(Asked(self.path, time.monotonic(), dict(self.headers)))
            route = site.routes.get(self.path, site.routes.get("*"))
            try:
                as_served(route)(self)
            except OSError:
                self.close_connection = True  # the client gave up, as it should

        def log_message(self, *_: object) -> None:
            """Silent."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that hangs up is no error of the server's."""

    server = Server((address, 0), Handler)
    scheme = "http"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    site = Site(f"{scheme}://{address}:{server.server_port}", routes)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(
    handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, kind: str = "text/html", **headers: str
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.send_header("Content-Type", kind)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def answering(body: bytes = b"", *, status: int = 200, kind: str = "text/html", **headers: str) -> Serve:
    return lambda handler: send(handler, body, status=status, kind=kind, **headers)


def as_served(route: Route | None) -> Serve:
    if route is None:
        return answering(b"nothing here", status=404)
    if callable(route):
        return route
    return answering(route.encode() if isinstance(route, str) else route)


def moved(target: str, status: int = 302) -> Serve:
    return answering(status=status, Location=target)


def page(text: str, *links: str) -> str:
    anchors = "".join(f'<p><a href="{link}">to {link}</a></p>' for link in links)
    return f"<!doctype html><html><body><h1>{text}</h1>{anchors}</body></html>"
