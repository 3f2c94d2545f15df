"""Weights of the signs against a page date: ``python -m bench.own_day [--write]``.

Fits ``checks/data/signs.yaml`` on the reports that `bench.redating` does not draw: each as it is (counted eight times),
and moved by 45 days, a year, −2 years and 20 to 400 days. A logistic regression whose weights are not below zero
(L-BFGS-B, squared penalty .5). Prints how many are caught at the threshold on these, on each fifth of them with weights
fitted on the other four, and on the drawn 400.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import detente
from bench.redating import sample
from detente.checks import page_day
from detente.checks.doubt import all_signs, load_weights
from detente.checks.office_holders import holders_in
from detente.checks.own_day import told_by
from detente.knowledge import load_knowledge
from detente.record import Report

OUT = Path(detente.__file__).parent / "checks" / "data" / "signs.yaml"
SHIFTS = (45, 365, -731)
SHARES = {0: 8.0, -731: 0.3}
FEWEST, LEAST, PENALTY = 12, 0.25, 0.5
FOLDS = 5

Kinds = dict[int, frozenset[str]]


def kinds_of(report: Report, shifts: Sequence[int]) -> Kinds:
    """The kinds of sign against the page date moved by so many days."""
    knowledge, page = load_knowledge(), page_day(report.published)
    assert page is not None
    holders, told = tuple(holders_in(report.text, knowledge)), told_by(report.title, report.text)
    return {
        days: frozenset(sign.kind for sign in all_signs(told, page + timedelta(days), holders, knowledge))
        for days in shifts
    }


def fitted(rows: Sequence[Kinds]) -> dict[str, float]:
    """The weight of each kind seen often enough."""
    seen = Counter(kind for row in rows for kinds in row.values() for kind in kinds)
    names = sorted(kind for kind, count in seen.items() if count >= FEWEST)
    at = {kind: i for i, kind in enumerate(names)}
    cases = [(days, kinds) for row in rows for days, kinds in row.items()]
    table = np.zeros((len(cases), len(names)))
    for i, (_, kinds) in enumerate(cases):
        table[i, [at[kind] for kind in kinds if kind in at]] = 1
    moved = np.array([float(days != 0) for days, _ in cases])
    share = np.array([SHARES.get(days, 1.0) for days, _ in cases])

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        odds = 1 / (1 + np.exp(-(table @ b[1:] + b[0])))
        likelihood = moved * np.log(odds + 1e-12) + (1 - moved) * np.log(1 - odds + 1e-12)
        slope = share * (odds - moved)
        total = -(share * likelihood).sum() + PENALTY * (b[1:] ** 2).sum()
        return total, np.r_[slope.sum(), table.T @ slope + 2 * PENALTY * b[1:]]

    bounds = [(None, None)] + [(0, 8)] * len(names)
    found = minimize(loss, np.r_[-2.0, np.ones(len(names))], jac=True, method="L-BFGS-B", bounds=bounds).x
    return {kind: round(float(w), 1) for kind, w in zip(names, found[1:], strict=True) if w >= LEAST}


def caught(rows: Sequence[Kinds], weights: dict[str, float], doubtful: float, days: int) -> float:
    """The share whose signs reach the threshold."""
    return sum(sum(weights.get(kind, 0) for kind in row[days]) >= doubtful for row in rows) / len(rows)


def mean_caught(parts: Sequence[tuple[Sequence[Kinds], dict[str, float]]], doubtful: float, days: int) -> float:
    """The same over parts that each have weights of their own."""
    return sum(caught(rows, weights, doubtful, days) for rows, weights in parts) / len(parts)


def main() -> None:
    """Fit, print, and write where asked."""
    args = argparse.ArgumentParser()
    args.add_argument("--write", action="store_true")
    options = args.parse_args()
    drawn, others = sample(1)
    rng = random.Random(9)
    fit = [kinds_of(r, (0, *SHIFTS, rng.choice((20, 30, 60, 90, 150, 250, 300, 400)))) for r in others]
    test = [kinds_of(r, (0, *SHIFTS)) for r in drawn]
    weights, doubtful = fitted(fit), load_weights().doubtful
    fifths = [(fit[n::FOLDS], fitted([row for i, row in enumerate(fit) if i % FOLDS != n])) for n in range(FOLDS)]
    for name, parts in (("fitted", [(fit, weights)]), ("by fifths", fifths), ("drawn", [(test, weights)])):
        print(f"{name}: {', '.join(f'{days:+d} {mean_caught(parts, doubtful, days):.3f}' for days in (0, *SHIFTS))}")
    if options.write:
        head, _, _ = OUT.read_text(encoding="utf-8").partition("weights:\n")
        families = sorted(weights, key=lambda kind: (kind.partition("/")[0], -weights[kind], kind))
        lines = [f'  "{kind}": {weights[kind]}\n' for kind in families]
        OUT.write_text(f"{head}weights:\n{''.join(lines)}", encoding="utf-8")


if __name__ == "__main__":
    main()
