"""The golden files of the output formats: two results made by hand, and how to write the files again."""

from __future__ import annotations

from importlib.resources import as_file
from pathlib import Path

from detente.cli.demo import SAMPLE
from detente.coding import make_coder
from detente.did.acts import acts_of
from detente.exports import BINARY, FORMATS, write
from detente.reading import read_reports
from detente.record import (
    Check,
    CoderId,
    Event,
    Failure,
    Party,
    Place,
    Record,
    ReportDate,
    Span,
    Statement,
    Time,
    Voice,
    sha256_of,
)

GOLDEN = Path(__file__).with_name("golden_files")

TEXT = (
    "OSLO, June 9 – Norway and Chile will meet in Geneva next Wednesday, the minister told reporters on Friday. "
    "“We did not expel anybody; that is untrue,” she said."
)


def span_of(words: str, occurrence: int = 0) -> Span:
    """Where `words` stand in the text."""
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def party(words: str, name: str, country: str, sector: str = "GOV", id: str | None = None) -> Party:
    """A party mentioned by `words`."""
    return Party(span_of(words), words, name, country, sector, id)


def example() -> tuple[Record | Failure, ...]:
    """A record with every kind of part, and a failure."""
    minister = party("the minister", "Kari Aune", "NOR")
    she = Party(span_of("she"), "she", "Kari Aune", "NOR", "GOV", None, "Foreign Minister of Norway")
    events = (
        Event(
            id="e1",
            type="CONSULT",
            status="planned",
            trigger=span_of("meet"),
            evidence=Span(15, 66),
            actors=(party("Norway", "Norway", "NOR", id="Q20"), party("Chile", "Chile", "CHL", id="Q298")),
            recipients=(),
            date="2023-06-14",
            place=Place(span_of("Geneva"), "Geneva", "CHE", 46.2, 6.15),
            said_by=Voice(minister.span, minister.text, minister.name, "s1"),
            intensity=2.5,
            score=0.75,
            act=1,
        ),
        Event(
            id="e2",
            type="SANCTION",
            status="denied",
            trigger=span_of("expel"),
            evidence=span_of("We did not expel anybody"),
            actors=(Party(span_of("We"), "We", "Kari Aune", "NOR", "GOV"),),
            recipients=(),
            mode="expel",
            contexts=("diplomatic",),
            date="2023-06",
            said_by=Voice(she.span, she.text, she.name, "s2"),
            same_as="e1",
            act=1,
        ),
    )
    record = Record(
        id="g1",
        title="Norway and Chile, again",
        url="https://news.example/again",
        publisher="Harbour Wire",
        language="en",
        published="2023-07-24",
        report_date=ReportDate("2023-06-09", "the dateline says June 9", False),
        text=TEXT,
        text_sha256=sha256_of(TEXT),
        checks=(Check("page-date", "The page is dated 2023-07-24; the dateline says June 9.", (span_of("June 9"),)),),
        times=(Time(span_of("next Wednesday"), "DATE", "2023-06-14", "2023-06-14", "2023-06-14", "day", "report"),),
        statements=(
            Statement("s1", minister, span_of("told"), (Span(15, 66),), "indirect", span_of("reporters"), "2023-06-09"),
            Statement("s2", she, span_of("said"), (span_of("We did not expel anybody; that is untrue,"),), "direct"),
        ),
        events=events,
        acts=acts_of(events),
        coder=CoderId("rules", "0.1.0", "en_core_web_sm 3.8.0"),
    )
    return record, Failure(None, "reports.jsonl:2", "broken-line", "not valid JSON")


def sample_record() -> Record:
    """The record of the sample report that ships with detente."""
    with as_file(SAMPLE) as path:
        (result,) = make_coder().stream(read_reports([path]))
    assert isinstance(result, Record)
    return result


def main() -> None:
    """Write the golden files."""
    (GOLDEN / "sample.jsonl").write_text(sample_record().to_json() + "\n", encoding="utf-8")
    for form in set(FORMATS) - BINARY:
        with (GOLDEN / f"example.{form}").open("w", encoding="utf-8", newline="\n") as out:
            write(example(), out, form)


if __name__ == "__main__":
    main()
