"""POST {base_url}/chat/completions: the only place of the second opinion that touches the network and the key."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import urllib3

from messagecheck.display import shortened
from messagecheck.errors import EndpointError
from messagecheck.second_opinion.prompt import Prompt
from messagecheck.settings import SecondOpinion

LARGEST_BODY = 1_000_000
"""Bytes. Verdicts on a batch take a few thousand."""
CHUNK = 16_384
OK, BAD_REQUEST, REDIRECTS = 200, 400, range(300, 400)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said. `tokens` is what the endpoint counted (None: it doesn't), `requests` how many it took."""

    text: str
    tokens: int | None
    requests: int = 1


Ask = Callable[[Prompt], Reply]
"""Raises EndpointError, and nothing else, where no reply is to be had."""


def make_ask(config: SecondOpinion, environment: Mapping[str, str]) -> Ask:
    """The key is read from `environment` and goes into one header. Raises EndpointError where it is not set."""
    headers = _headers(config, environment)
    pool = urllib3.PoolManager(retries=False, maxsize=1)

    def ask(prompt: Prompt) -> Reply:
        """What an endpoint refuses to be told (temperature, the answer's length) is left out, once each."""
        extra: dict[str, int] = {"temperature": 0, "max_tokens": prompt.answer_tokens}
        for requests in range(1, len(extra) + 2):
            status, body = _post(pool, config, headers, _body(config, prompt, extra))
            refused = [name for name in extra if name.encode() in body] if status == BAD_REQUEST else []
            if not refused:
                return _reply(status, body, requests, headers)
            extra = {name: value for name, value in extra.items() if name not in refused}
        raise EndpointError("the endpoint refuses every form of the request")

    return lambda prompt: _named(config, prompt, ask)


def _named(config: SecondOpinion, prompt: Prompt, ask: Ask) -> Reply:
    try:
        return ask(prompt)
    except EndpointError as error:
        raise EndpointError(f"{config.base_url}: {error}") from error


def _headers(config: SecondOpinion, environment: Mapping[str, str]) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if config.key_env is None:
        return headers
    key = environment.get(config.key_env, "").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise EndpointError(f"the environment variable {config.key_env} holds no key; set it, or leave “key_env” out")
    return {**headers, "Authorization": f"Bearer {key}"}


def _body(config: SecondOpinion, prompt: Prompt, extra: Mapping[str, int]) -> bytes:
    messages = [{"role": "system", "content": prompt.instructions}, {"role": "user", "content": prompt.data}]
    return json.dumps({"model": config.model, "messages": messages, **extra}).encode()


def _post(
    pool: urllib3.PoolManager, config: SecondOpinion, headers: Mapping[str, str], body: bytes
) -> tuple[int, bytes]:
    """Status and body of one request that follows no redirect and is not tried again."""
    deadline = time.monotonic() + config.timeout_s
    try:
        response = pool.request(
            "POST", f"{config.base_url}/chat/completions", body=body, headers=dict(headers), redirect=False,
            timeout=urllib3.Timeout(total=config.timeout_s), preload_content=False,
        )  # fmt: skip
        try:
            return response.status, _read(response, deadline)
        finally:
            response.close()
    except urllib3.exceptions.TimeoutError as error:
        raise EndpointError(f"no answer within {config.timeout_s} s") from error
    except urllib3.exceptions.HTTPError as error:
        raise EndpointError(f"can't be reached ({shortened(str(error), 120)})") from error


def _read(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """A body that comes drop by drop, or never ends, is given up."""
    body = b""
    while chunk := response.read1(CHUNK, decode_content=False):
        body += chunk
        if len(body) > LARGEST_BODY:
            raise EndpointError(f"the answer is over {LARGEST_BODY:,} bytes")
        if time.monotonic() > deadline:
            raise EndpointError("the answer did not end in time")
    return body


def _reply(status: int, body: bytes, requests: int, headers: Mapping[str, str]) -> Reply:
    text = body.decode("utf-8", errors="replace")
    if status in REDIRECTS:
        raise EndpointError(f"status {status}, a redirect; write the final address as “base_url”")
    if status != OK:
        raise EndpointError(f"status {status}: “{_without_key(text, headers)}”")
    try:
        answer: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EndpointError(f"no JSON: “{_without_key(text, headers)}”") from error
    return Reply(_content(answer), _used(answer), requests)


def _content(answer: object) -> str:
    choices = answer.get("choices") if isinstance(answer, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(content, str):
        raise EndpointError("the answer has no choices[0].message.content; it must speak the chat completions protocol")
    return content


def _used(answer: object) -> int | None:
    usage = answer.get("usage") if isinstance(answer, dict) else None
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else None


def _without_key(text: str, headers: Mapping[str, str]) -> str:
    """The start of an error's text; some endpoints repeat the key there."""
    key = headers.get("Authorization", "").removeprefix("Bearer ")
    return shortened(text.replace(key, "***") if key else text, 120)
