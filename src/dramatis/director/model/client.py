"""A language model behind any server that speaks OpenAI's chat protocol, asked for JSON within a budget of seconds and tokens.

One request returns one answer's text. The body is streamed, so that neither a slow nor an endless answer
blocks the plan. A server without structured output, pictures or sound refuses them once and is then
asked without them. The `openai` package is an optional extra (`pip install "dramatis[llm]"`).
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from dramatis.errors import BriefError

if TYPE_CHECKING:
    from openai import OpenAI

Message = Mapping[str, object]
"""A message of the chat protocol: role and content."""
Schema = Mapping[str, object]
"""A JSON schema."""
Ask = Callable[[Sequence[Message], Schema], str]
"""Messages and the schema of the answer -> the answer's text; raises `ModelError`."""
MOST_BYTES = 1_000_000
"""Limit of one answer; a plan of five minutes needs a twentieth of it."""
_ATTACHED = {"image_url", "input_audio"}
_REFUSED = {400, 413, 415, 422}  # status codes of requests that a server supports only in part


class ModelError(Exception):
    """The model gave no usable answer; the message says why in a few words. Experts then follow rules."""


@dataclass(frozen=True)
class Budget:
    """Budget of one plan: seconds of waiting, and tokens of prompts and answers together."""

    seconds: float = 120.0
    tokens: int = 60_000
    answer: int = 4_000
    """Tokens of one answer."""


@dataclass
class Client:
    """Asks one model; counts what it spends. `attach` turns False when the server takes no pictures or sound."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    budget: Budget = field(default_factory=Budget)
    spent_seconds: float = 0.0
    spent_tokens: int = 0
    attach: bool = True
    structured: bool = True

    def __call__(self, messages: Sequence[Message], schema: Schema) -> str:
        """The answer's text; raises `ModelError` for a dead, slow, refusing or empty server and an exhausted budget."""
        began = time.monotonic()
        try:
            return self._asked(messages, schema, began + self.budget.seconds - self.spent_seconds)
        finally:
            self.spent_seconds += time.monotonic() - began

    def _asked(self, messages: Sequence[Message], schema: Schema, deadline: float) -> str:
        import openai

        while True:
            if self.spent_tokens >= self.budget.tokens:
                raise ModelError(f"the budget of {self.budget.tokens} tokens is spent")
            try:
                return self._text(self._body(messages if self.attach else without_attachments(messages), schema, deadline))
            except openai.APIStatusError as fault:
                if fault.status_code in _REFUSED and self._ask_for_less(messages):
                    continue
                raise ModelError(f"the server answers with error {fault.status_code}") from None
            except openai.APITimeoutError:
                raise ModelError(f"no answer within {self.budget.seconds:g} s") from None
            except openai.OpenAIError:
                raise ModelError("the server cannot be reached") from None

    def _ask_for_less(self, messages: Sequence[Message]) -> bool:
        """After a refusal: without attachments, then without structured output; False if that was all."""
        if self.attach and without_attachments(messages) != list(messages):
            self.attach = False
        elif self.structured:
            self.structured = False
        else:
            return False
        return True

    def _body(self, messages: Sequence[Message], schema: Schema, deadline: float) -> bytes:
        extra: dict[str, object] = {"max_tokens": self.budget.answer, "temperature": 0, "seed": 0}
        if self.structured:
            named = {"name": "answer", "schema": schema, "strict": False}
            extra["response_format"] = {"type": "json_schema", "json_schema": named}
        body = bytearray()
        left = deadline - time.monotonic()
        if left <= 0:
            raise ModelError(f"the budget of {self.budget.seconds:g} s is spent")
        with (
            self._server(left) as server,
            server.chat.completions.with_streaming_response.create(
                model=self.model, messages=cast("Any", list(messages)), extra_body=extra
            ) as response,
        ):
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise ModelError("the answer does not end")
                if time.monotonic() > deadline:
                    raise ModelError(f"no whole answer within {self.budget.seconds:g} s")
        return bytes(body)

    def _server(self, seconds: float) -> "OpenAI":
        from openai import OpenAI

        return OpenAI(base_url=self.url, api_key=self.key or "none", timeout=seconds, max_retries=0)

    def _text(self, body: bytes) -> str:
        try:
            answer = json.loads(body)
            text = answer["choices"][0]["message"]["content"]
            used = (answer.get("usage") or {}).get("total_tokens")
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            raise ModelError("the server does not speak the chat protocol") from None
        self.spent_tokens += used if isinstance(used, int) and used > 0 else len(body) // 3
        if not isinstance(text, str) or not text.strip():
            raise ModelError("the answer is empty")
        return text


def client_for(url: str, model: str, key: str = "", budget: Budget | None = None) -> Client:
    """A client for a server's base URL; raises `BriefError` for an address that is none, or where `openai` is not installed."""
    if not url.startswith(("http://", "https://")):
        raise BriefError(f'"{url}" is not the address of a language model; give its base URL, such as http://localhost:8000/v1.')
    if not model:
        raise BriefError("A language model's server was named, but no model; name one with DRAMATIS_LLM_MODEL.")
    if find_spec("openai") is None:
        raise BriefError('A language model needs the package "openai": pip install "dramatis[llm]".')
    return Client(url, model, key, budget or Budget())


def without_attachments(messages: Sequence[Message]) -> list[Message]:
    """The same messages, only text."""
    return [{**message, "content": _words(message["content"])} for message in messages]


def _words(content: object) -> object:
    if not isinstance(content, list):
        return content
    return [part for part in content if not (isinstance(part, dict) and part.get("type") in _ATTACHED)]
