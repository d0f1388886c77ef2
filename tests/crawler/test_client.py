"""One request against a real server at its worst."""

import gzip
import socket
import ssl
import subprocess
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from messagecheck.crawler.addresses import Permits, is_public, is_public_or_internal
from messagecheck.crawler.client import Answer, Client, trust
from messagecheck.crawler.errors import FetchError, RefusedError, UnreachableError
from messagecheck.errors import SettingsError
from tests.crawler.site import Route, answering, send, serve

MOST = 1_000_000


@contextmanager
def asking(permits: Permits = is_public_or_internal, authority: Path | None = None) -> Iterator[Client]:
    client = Client("messagecheck/0 (+me@example.com)", permits, trust(authority), MOST)
    try:
        yield client
    finally:
        client.close()


def get(client: Client, url: str, *, seconds: float = 5, **headers: str) -> Answer:
    return client.get(url, headers, seconds, lambda kind: kind.startswith("text/"))


def ask(route: Route, *, seconds: float = 5) -> Answer:
    with serve({"/": route}) as site, asking() as client:
        return get(client, f"{site.url}/", seconds=seconds)


def dripping(pieces: Iterator[bytes], pause: float) -> Route:
    """A server that takes its time."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(pause)
        handler.close_connection = True

    return drip


def test_a_request_says_who_asks():
    with serve({"/": "Hello"}) as site, asking() as client:
        answer = get(client, f"{site.url}/")
    (asked,) = site.log
    assert answer.body == b"Hello"
    assert asked.headers["User-Agent"] == "messagecheck/0 (+me@example.com)"
    assert asked.headers["Host"] == site.url.removeprefix("http://")


def test_one_connection_serves_many_requests():
    with serve({"*": "Hello"}) as site, asking() as client:
        for path in range(5):
            get(client, f"{site.url}/{path}")
        assert site.connections == 1


def test_a_connection_that_the_server_closed_is_opened_anew():
    def once(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b"Hello")
        handler.close_connection = True

    with serve({"/": once}) as site, asking() as client:
        assert [get(client, f"{site.url}/").body for _ in range(3)] == [b"Hello"] * 3


def test_a_name_is_looked_up_once_and_its_address_connected_to(monkeypatch: pytest.MonkeyPatch):
    """A name that is looked up again may lead somewhere else by then."""
    asked, look_up = [], socket.getaddrinfo

    def note(host, *arguments, **options):
        asked.append(host)
        return look_up(host, *arguments, **options)

    def once(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b"Hello")
        handler.close_connection = True

    monkeypatch.setattr(socket, "getaddrinfo", note)
    with serve({"*": once}) as site, asking() as client:
        for path in range(3):
            get(client, f"{site.url.replace('127.0.0.1', 'localhost')}/{path}")
        assert site.connections == 3
        assert all(sent.headers["Host"].startswith("localhost:") for sent in site.log)
    assert asked.count("localhost") == 1
    assert set(asked) - {"localhost"} <= {"127.0.0.1", "::1"}


def test_a_private_address_is_not_even_connected_to():
    with serve({"/": "secret"}) as site, asking(is_public) as client:
        with pytest.raises(RefusedError, match="is no public address"):
            get(client, f"{site.url}/")
        assert site.connections == 0


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_packed_body_is_unpacked(pack):
    encoding = "gzip" if pack is gzip.compress else "deflate"
    assert ask(answering(pack(b"Hello"), Content_Encoding=encoding)).body == b"Hello"


def test_a_bomb_is_stopped_while_it_is_unpacked():
    bomb = gzip.compress(bytes(100_000_000))
    tracemalloc.start()
    with pytest.raises(FetchError, match="is larger than 1 MB"):
        ask(answering(bomb, Content_Encoding="gzip"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_body_without_an_end_is_stopped():
    endless = iter(lambda: bytes(65_536), None)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    with pytest.raises(FetchError, match="is larger than 1 MB"):
        ask(dripping(chain(head, endless), 0))


def chain(head: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from pieces


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"",
    ],
)
def test_a_server_that_sends_a_byte_at_a_time_is_given_up(head: bytes):
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 1 s; raise crawl\.page_s"):
        ask(dripping(chain(head, iter([b"x"] * 60)), 0.1), seconds=1)
    assert time.monotonic() - began < 5


def test_a_server_that_says_nothing_is_given_up():
    with pytest.raises(FetchError, match="took longer than 1 s"):
        ask(dripping(iter([b""] * 30), 0.1), seconds=1)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: text/html\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_answer_breaks_the_connection(raw: bytes):
    with pytest.raises(UnreachableError, match="the connection broke"):
        ask(dripping(iter([raw]), 0))


def test_a_packing_that_was_not_asked_for_is_refused():
    with pytest.raises(FetchError, match="is packed as br, which was not asked for"):
        ask(answering(b"xxxx", Content_Encoding="br"))


def test_a_picture_is_not_read():
    def picture(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "image/png")
        handler.send_header("Content-Length", "100000000")
        handler.end_headers()

    answer = ask(picture)
    assert (answer.type, answer.body) == ("image/png", b"")


def test_a_port_where_nobody_listens_is_unreachable():
    with serve({}) as site:
        url = site.url
    with asking() as client, pytest.raises(UnreachableError, match=r"127\.0\.0\.1 does not answer"):
        get(client, f"{url}/")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that nobody has signed, for 127.0.0.1."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


def test_a_certificate_that_nobody_signed_is_refused(certificate: Path):
    with serve({"/": "Hello"}, certificate=certificate) as site, asking() as client:
        with pytest.raises(FetchError) as error:
            get(client, f"{site.url}/")
        assert site.log == []
    assert str(error.value).startswith("the certificate of 127.0.0.1 is not trusted (self-signed certificate")
    assert str(error.value).endswith("; name its authority with --ca")


def test_a_byte_at_a_time_behind_tls_is_given_up_too(certificate: Path):
    drip = dripping(chain(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", iter([b"x"] * 60)), 0.1)
    with (
        serve({"/": drip}, certificate=certificate) as site,
        asking(authority=certificate) as client,
        pytest.raises(FetchError, match="took longer than 1 s"),
    ):
        get(client, f"{site.url}/", seconds=1)


def test_a_certificate_that_is_named_is_trusted(certificate: Path):
    with serve({"/": "Hello"}, certificate=certificate) as site, asking(authority=certificate) as client:
        assert get(client, f"{site.url}/").body == b"Hello"


def test_the_environment_names_authorities_too(certificate: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serve({"/": "Hello"}, certificate=certificate) as site, asking() as client:
        assert get(client, f"{site.url}/").body == b"Hello"


def test_a_certificate_for_another_host_is_refused(certificate: Path):
    with (
        serve({"/": "Hello"}, certificate=certificate, address="127.0.0.2") as site,
        asking(authority=certificate) as client,
        pytest.raises(FetchError, match=r"the certificate of 127\.0\.0\.2 is not trusted .*mismatch"),
    ):
        get(client, f"{site.url}/")


def test_a_file_without_certificates_is_an_error_that_names_it(tmp_path: Path):
    (tmp_path / "ca.pem").write_text("none")
    with pytest.raises(SettingsError, match=r"ca\.pem: holds no certificates to trust; name a PEM file"):
        trust(tmp_path / "ca.pem")
    assert trust(None).verify_mode is ssl.CERT_REQUIRED
