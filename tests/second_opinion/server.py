"""A real endpoint on loopback that says whatever a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    key: str | None
    body: dict[str, object]

    @property
    def data(self) -> str:
        return self.body["messages"][1]["content"]

    @property
    def items(self) -> list[dict[str, object]]:
        """The items between the fences, as a model would read them."""
        _, _, *lines, _ = self.data.split("\n")
        return [json.loads(line) for line in lines]


Respond = Callable[[Request, BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Endpoint:
    url: str
    requests: list[Request] = field(default_factory=list)


@contextmanager
def serve(respond: Respond) -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            request = Request(self.path, self.headers["Authorization"], body)
            endpoint.requests.append(request)
            try:
                respond(request, self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client gave up, as it should

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def completion(content: object, tokens: object = None) -> bytes:
    usage = {} if tokens is None else {"usage": {"total_tokens": tokens}}
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}], **usage}).encode()


def saying(content: str, tokens: object = None) -> Respond:
    return lambda _, handler: send(handler, completion(content, tokens))


def judging(decide: Callable[[dict[str, object]], dict[str, object]], tokens: object = None) -> Respond:
    """A model of good will: one verdict for each item that it was sent."""

    def respond(request: Request, handler: BaseHTTPRequestHandler) -> None:
        verdicts = [{"item": item["item"], **decide(item)} for item in request.items]
        send(handler, completion(json.dumps({"verdicts": verdicts}), tokens))

    return respond


def conflicting(item: dict[str, object]) -> dict[str, object]:
    first = item["messages"][0]
    quote = item["statement"]
    return {"conflict": True, "kind": "pricing", "message": first["id"], "quote": quote, "reason": "Another price."}


def agreeing(item: dict[str, object]) -> dict[str, object]:
    del item
    return {"conflict": False, "kind": "", "message": "", "quote": "", "reason": "The same in other words."}
