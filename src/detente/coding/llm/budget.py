"""What asking costs: prices, a limit, and the running account of a run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock
from typing import Literal

from detente.errors import BudgetError, UsageError

CHARACTERS_PER_TOKEN = 4.0
"""A rule of thumb for English and JSON; only estimates rest on it, accounts rest on what the server counts."""

_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}
_TOKENS = re.compile(r"(\d+(?:\.\d+)?)\s*([km]?)(?:\s*tokens?)?", re.IGNORECASE)
_MONEY = re.compile(r"([A-Z]{3})\s*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*([A-Z]{3})")


@dataclass(frozen=True, slots=True)
class Price:
    """Price of a million tokens that are sent and that are written, in a currency of three letters."""

    sent: float
    written: float
    currency: str = "USD"

    def of(self, sent: int, written: int) -> float:
        """The price of so many tokens."""
        return (sent * self.sent + written * self.written) / 1_000_000


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a run may spend: tokens sent and written together, or money."""

    most: float
    unit: str = "tokens"


def read_budget(told: str) -> Budget:
    """``200k``, ``2M tokens``, ``5 USD`` or ``EUR 0.50``; raises `UsageError` for anything else."""
    words = told.strip()
    if money := _MONEY.fullmatch(words):
        return Budget(float(money[2] or money[3]), money[1] or money[4])
    if tokens := _TOKENS.fullmatch(words):
        return Budget(float(tokens[1]) * _UNITS[tokens[2].lower()])
    raise UsageError(f"--budget {told!r}: write tokens (200k, 2M) or money (5 USD).")


Outcome = Literal["asked", "replayed"]


class Meter:
    """Counts what was sent, written and paid, and refuses what the budget does not hold. Safe to share by threads."""

    def __init__(self, price: Price | None = None, budget: Budget | None = None) -> None:
        if budget is not None and budget.unit != "tokens" and (price is None or price.currency != budget.unit):
            raise UsageError(
                f"A budget in {budget.unit} needs the price of the model in {budget.unit}: "
                "put it under prices in the settings file."
            )
        self.price = price
        self.budget = budget
        self.sent = self.written = self.asked = self.replayed = 0
        self._reserved = 0.0
        self._lock = Lock()

    def reserve(self, sent: int, written: int) -> float:
        """Set aside what a request may cost; raises `BudgetError` where that is not left."""
        wanted = self._worth(sent, written)
        with self._lock:
            if self.budget is not None and self._spent() + self._reserved + wanted > self.budget.most:
                raise BudgetError(
                    f"the budget of {_amount(self.budget.most, self.budget.unit)} is spent "
                    f"({_amount(self._spent(), self.budget.unit)} so far); what was answered is kept where there is a "
                    "--cache"
                )
            self._reserved += wanted
        return wanted

    def settle(self, reserved: float, sent: int = 0, written: int = 0) -> None:
        """Count what a request cost in place of what was set aside; nothing where it was not answered."""
        with self._lock:
            self._reserved -= reserved
            self.sent += sent
            self.written += written
            self.asked += bool(sent or written)

    def replay(self) -> None:
        """Count an answer that was kept."""
        with self._lock:
            self.replayed += 1

    def __str__(self) -> str:
        """The account in words."""
        words = [f"{self.asked:,} asked", f"{self.sent + self.written:,} tokens"]
        if self.price is not None:
            words.append(_amount(self.price.of(self.sent, self.written), self.price.currency))
        if self.replayed:
            words.append(f"{self.replayed:,} from the cache")
        return ", ".join(words)

    def _spent(self) -> float:
        return self._worth(self.sent, self.written)

    def _worth(self, sent: int, written: int) -> float:
        if self.budget is None or self.budget.unit == "tokens" or self.price is None:
            return float(sent + written)
        return self.price.of(sent, written)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run is expected to ask for; tokens are rough, a third more or less."""

    reports: int
    requests: int
    kept: int
    sent: int
    written: int
    price: Price | None

    def __str__(self) -> str:
        """The estimate in words."""
        words = [f"{self.requests:,} requests for {self.reports:,} reports"]
        if self.kept:
            words.append(f"{self.kept:,} more answers are in the cache")
        words.append(f"about {self.sent + self.written:,} tokens")
        if self.price is not None:
            words.append(f"about {_amount(self.price.of(self.sent, self.written), self.price.currency)}")
        else:
            words.append("no price is known")
        return ", ".join(words)


def tokens_in(text: str) -> int:
    """Roughly how many tokens `text` has."""
    return int(len(text) / CHARACTERS_PER_TOKEN) + 1


def _amount(amount: float, unit: str) -> str:
    return f"{amount:,.0f} tokens" if unit == "tokens" else f"{amount:,.2f} {unit}"
