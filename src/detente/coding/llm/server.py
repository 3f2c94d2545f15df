"""A chat server that speaks OpenAI's interface, asked through its client library.

The library (extra ``detente[llm]``) keeps connections, waits longer after each refusal (429, 5xx, time-outs) and heeds
Retry-After. It is imported when the first request is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from detente.coding.llm.form import schema
from detente.coding.llm.kept import Reply
from detente.coding.llm.prompt import Message
from detente.coding.llm.settings import Asking, key_of
from detente.errors import ServerError, UsageError

if TYPE_CHECKING:
    from openai import OpenAI

_NO_KEY = "none"
"""Sent to servers that ask for no key."""

_REFUSED = {401: "refuses the key", 403: "refuses the key", 404: "has no such address or model"}
_FORMATS: tuple[Mapping[str, Any], ...] = (
    {"response_format": {"type": "json_schema", "json_schema": {"name": "coding", "strict": True, "schema": schema()}}},
    {"response_format": {"type": "json_object"}},
    {},
)
"""How tightly a server binds the model to the form, from what is asked first to what every server takes."""

_CANNOT = frozenset({400, 415, 422, 501})
"""What a server answers that does not know a format."""


class Answers(Protocol):
    """What is asked: a server, or answers that were kept of one."""

    def ask(self, messages: Sequence[Message]) -> Reply:
        """What the model writes; raises `AskingError` where it cannot be had."""


class Server:
    """Answers chats; what is wrong with it is told as `ServerError`, and told again at once when it cannot change."""

    def __init__(self, asking: Asking) -> None:
        if not asking.server:
            raise UsageError("Which server? Give --server URL, such as http://localhost:11434/v1 of an Ollama at home.")
        if not asking.model:
            raise UsageError("Which model? Give --model NAME, a model of the server.")
        self._asking = asking
        self._key = key_of(asking)
        self._client: OpenAI | None = None
        self._format = 0
        self._gone: str | None = None

    def ask(self, messages: Sequence[Message]) -> Reply:
        """What the model writes, empty where it refuses; raises `ServerError` after the retries."""
        import openai

        if self._gone is not None:
            raise ServerError(self._gone)
        try:
            return self._asked(messages)
        except openai.APITimeoutError as error:
            raise ServerError(f"{self._asking.server} gave no answer in {self._asking.timeout:g} seconds") from error
        except openai.APIConnectionError as error:
            self._gone = f"{self._asking.server} cannot be reached"
            raise ServerError(self._gone) from error
        except openai.APIStatusError as error:
            told = f"{self._asking.server} {_REFUSED.get(error.status_code, 'breaks down')} ({error.status_code})"
            if error.status_code in _REFUSED:
                self._gone = told
            raise ServerError(told) from error
        except openai.OpenAIError as error:
            raise ServerError(f"{self._asking.server}: {type(error).__name__}") from error
        except ValueError as error:
            raise ServerError(f"{self._asking.server} answers with something that is no chat") from error

    def _asked(self, messages: Sequence[Message]) -> Reply:
        """The answer in the tightest form that the server takes."""
        import openai

        while True:
            tried = self._format
            try:
                return self._once(messages, _FORMATS[tried])
            except openai.APIStatusError as error:
                if error.status_code not in _CANNOT or tried + 1 == len(_FORMATS):
                    raise
                self._format = max(self._format, tried + 1)

    def _once(self, messages: Sequence[Message], form: Mapping[str, Any]) -> Reply:
        body: Any = {**dict(self._asking.parameters), **form, "messages": list(messages)}
        chat: Any = self._made().chat.completions.create(model=self._asking.model or "", **body)
        choices = getattr(chat, "choices", None)
        message = choices[0].message if choices else None
        if message is None:
            raise ValueError("no choices")
        usage = chat.usage
        sent, written = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
        words = str(message.content or "").encode("utf-8", "replace").decode("utf-8")
        return Reply(words, int(sent or 0), int(written or 0))

    def _made(self) -> OpenAI:
        if self._client is None:
            from openai import OpenAI

            self._client = OpenAI(
                base_url=self._asking.server,
                api_key=self._key or _NO_KEY,
                timeout=self._asking.timeout,
                max_retries=self._asking.retries,
            )
        return self._client
