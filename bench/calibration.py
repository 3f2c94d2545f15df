"""Whether the score of an event is a probability: ``python -m bench.calibration`` prints the reliability diagram.

An event is right as in score.py: type, status and the countries of both sides. On the held-out sets and both dev
sets together; the scale itself was fitted on other texts (`train.calibrate`).
"""

from __future__ import annotations

from collections.abc import Iterator

from bench import dev, heldout
from bench.shared import GOLD, module_at, rows_of

SETS = (*heldout.CODES, "sentences", "reports")
BINS = 10


def judged() -> Iterator[tuple[float, bool]]:
    """The score of each event, and whether it is right."""
    score = module_at(GOLD / "score.py")
    for name in SETS:
        records = {row["id"]: row for row in rows_of(dev.predict(name))}
        for row in rows_of(dev.gold_of(name)):
            made = records[row["id"]]["events"]
            weight = score.event_weight(score.sentence_of(row["text"]))
            coded = {id(ours): gold for gold, ours in score.align(row["events"], made, weight)}
            for event in made:
                gold = coded.get(id(event))
                right = gold is not None and (gold["type"], gold["status"]) == (event["type"], event["status"])
                yield event["score"], bool(right and score.same_who(gold, event))


def diagram(events: list[tuple[float, bool]]) -> list[tuple[int, float, float]]:
    """For each tenth of the scores that holds any: how many events, their mean score, the share that is right."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for value, right in events:
        bins[min(BINS - 1, int(value * BINS))].append((value, right))
    return [(len(b), sum(v for v, _ in b) / len(b), sum(r for _, r in b) / len(b)) for b in bins if b]


def measure() -> dict[str, float]:
    """Expected calibration error, and the share right among the surer and the less sure half of the events."""
    events = sorted(judged())
    rows = diagram(events)
    error = sum(n * abs(mean - share) for n, mean, share in rows) / len(events)
    half = len(events) // 2
    return {
        "expected calibration error": error,
        "right among the less sure half": sum(right for _, right in events[:half]) / half,
        "right among the surer half": sum(right for _, right in events[half:]) / (len(events) - half),
    }


def main() -> None:
    """Print the diagram and the numbers."""
    for count, mean, share in diagram(list(judged())):
        print(f"score {mean:.2f}  right {share:.2f}  {'#' * round(40 * share)}  ({count} events)")
    for name, value in measure().items():
        print(f"{name}: {value:.3f}")


if __name__ == "__main__":
    main()
