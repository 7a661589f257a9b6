"""The picture of a run: load and answer, a line a contender, on logarithmic scales; SVG by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from typing import NamedTuple
from xml.sax.saxutils import escape

from bitemporal.results import Results

WIDTH, LEFT, RIGHT, ROW = 760, 150, 130, 26
_STYLE = """
    text { font: 13px system-ui, sans-serif; fill: #24292f }
    .head { font-weight: 600 } .tick { font-size: 11px; fill: #57606a } line { stroke: #d0d7de }
    .other { fill: #8c959f; stroke: #8c959f } .ours { fill: #0969da; stroke: #0969da }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .tick { fill: #9198a1 } line { stroke: #3d444d }
      .other { fill: #7d8590; stroke: #7d8590 } .ours { fill: #58a6ff; stroke: #58a6ff }
    }"""


class Panel(NamedTuple):
    """A heading, and for each name a value or two; the heading says on which side it is better."""

    heading: str
    rows: Sequence[tuple[str, tuple[float, ...]]]
    unit: str


class Scale(NamedTuple):
    """Powers of ten from left to right, between the lowest and the highest."""

    low: int
    high: int

    def x(self, value: float) -> float:
        """Return how far to the right a value is."""
        share = (log10(value) - self.low) / (self.high - self.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def picture(results: Results, size: str = "base") -> str:
    """Return the SVG: rates as dots, and first answers as lines from p50 to p99."""
    panels = [panel for panel in panels_of(results, size) if panel.rows]
    parts, top = [], 34
    for panel in panels:
        parts += [*drawn(panel, top)]
        top += ROW * (len(panel.rows) + 3)
    claims = f"{results.sizes[size]:,} claims"
    told = "; ".join(f"{p.heading}: {', '.join(map(label_of, p.rows))}" for p in panels)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
            'aria-labelledby="title desc">',
            f'<title id="title">factledger and its rivals, {claims}</title>',
            f'<desc id="desc">{escape(told)}</desc>',
            f"<style>{_STYLE}\n</style>",
            *parts,
            "</svg>\n",
        ]
    )


def panels_of(results: Results, size: str) -> Iterator[Panel]:
    """Yield what is drawn, each with the contenders that were measured."""
    for heading, measures, scale, unit in (
        ("Durable load, claims a second: further right is better", ("load",), 1, ""),
        ("First answer about a pair, p50 to p99: further left is better",
         ("cold_p50", "cold_p99"), 1e3, " ms"),
    ):  # fmt: skip
        rows = []
        for name in results.contenders(size):
            values = [results.value(size, name, measure) for measure in measures]
            if all(values):
                rows.append((name, tuple(v * scale for v in values if v)))
        yield Panel(heading, rows, unit)


def drawn(panel: Panel, top: int) -> Iterator[str]:
    """Yield the elements of a panel that begins at a height."""
    values = [value for _, of in panel.rows for value in of]
    scale = Scale(floor(log10(min(values))), ceil(log10(max(values)) + 1e-9))
    bottom = top + ROW * (len(panel.rows) + 1)
    yield f'<text class="head" x="8" y="{top}">{panel.heading}</text>'
    for power in range(scale.low, scale.high + 1):
        x = scale.x(10.0**power)
        yield f'<line x1="{x}" x2="{x}" y1="{top + 10}" y2="{bottom - 8}"/>'
        tick = f"{10.0**power:,.15g}{panel.unit}"
        yield f'<text class="tick" x="{x}" y="{bottom + 6}" text-anchor="middle">{tick}</text>'
    for place, row in enumerate(panel.rows, 1):
        yield from drawn_row(row, scale, top + ROW * place, panel.unit)


def drawn_row(row: tuple[str, tuple[float, ...]], scale: Scale, y: int, unit: str) -> Iterator[str]:
    """Yield a contender: its name, a dot or a line with two ends, and the values in words."""
    name, values = row
    kind = "ours" if "factledger" in name else "other"
    ends = [scale.x(value) for value in values]
    yield f'<text x="{LEFT - 10}" y="{y + 5}" text-anchor="end">{name}</text>'
    if len(ends) > 1:
        width = max(round(ends[1] - ends[0], 1), 1)
        yield f'<rect class="{kind}" x="{ends[0]}" y="{y - 2}" height="4" width="{width}"/>'
    yield from (f'<circle class="{kind}" cx="{x}" cy="{y}" r="5"/>' for x in ends)
    yield f'<text x="{ends[-1] + 12}" y="{y + 5}">{said(values, unit)}</text>'


def said(values: tuple[float, ...], unit: str) -> str:
    """Return values in words, with three digits that count."""
    return " – ".join(f"{float(f'{v:.3g}'):,.15g}" for v in values) + unit


def label_of(row: tuple[str, tuple[float, ...]]) -> str:
    """Return a row in words."""
    return f"{row[0]} {said(row[1], '')}"
