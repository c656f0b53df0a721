"""Two kinds of plot as inline SVG: dots with intervals, and lines. Knows numbers and labels, not measures.

Colours are the page's (``--series-1`` …), so that the plots follow its light, dark and print styles. Every label is
escaped by markupsafe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

N_COLOURS = 6
_WIDTH = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A value with its interval; ``low``/``high`` None draw none."""

    value: float
    low: float | None = None
    high: float | None = None
    tip: str = ""
    text: str = ""  # beside a dot that is alone on its line; the value where it is empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A curve through (x, y) points; ``marks`` are points drawn larger with a label."""

    name: str
    points: Sequence[tuple[float, float]]
    colour: int
    dashed: bool = False
    marks: Sequence[tuple[float, float, str]] = ()


def dot_plot(
    labels: Sequence[str],
    series: Sequence[Sequence[Dot | None]],
    *,
    title: str,
    top: float = 1.0,
    show: Callable[[float], str] = lambda value: f"{value:g}",
) -> Markup:
    """One line per label; within it one dot per series, which runs over the labels. The axis runs 0 to ``top``."""
    step = 11
    height_of_row = max(24, step * len(series) + 12)
    left, right, head = 190, (68 if len(series) == 1 else 22), 8
    bottom = head + height_of_row * len(labels)

    def x(value: float) -> float:
        return left + (_WIDTH - left - right) * min(max(value / top, 0.0), 1.0)

    parts = [_grid_x(x, top, show, head, bottom)]
    for place, name in enumerate(labels):
        middle = head + height_of_row * (place + 0.5)
        shown = name if len(name) <= 24 else name[:23] + "…"
        parts.append(
            Markup('<text class="label" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
                left - 10, middle + 4, shown
            )
        )
        for number, dots in enumerate(series):
            if (dot := dots[place]) is not None:
                y = middle + step * (number - (len(series) - 1) / 2)
                parts.append(_draw_dot(dot, x, y, number, show, alone=len(series) == 1))
    return _svg(parts, bottom + 24, title)


def _draw_dot(dot: Dot, x: Callable[[float], float], y: float, number: int, show: Callable, *, alone: bool) -> Markup:
    parts = [Markup("<title>{}</title>").format(dot.tip)] if dot.tip else []
    if dot.low is not None and dot.high is not None:
        parts.append(
            Markup('<line class="whisker" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>').format(
                x(dot.low), x(dot.high), y, y
            )
        )
    parts.append(Markup('<circle cx="{:.1f}" cy="{:.1f}" r="4"/>').format(x(dot.value), y))
    if alone:
        parts.append(
            Markup('<text class="value" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
                _WIDTH - 2, y + 4, dot.text or show(dot.value)
            )
        )
    return Markup('<g class="s{}">{}</g>').format(number % N_COLOURS + 1, Markup("").join(parts))


def line_plot(
    lines: Sequence[Line],
    *,
    title: str,
    x_label: str,
    y_label: str,
    x_ticks: Sequence[float],
    scale: Callable[[float], float] = lambda value: value,
) -> Markup:
    """Curves over x, spaced by ``scale``; y runs 0 to 1."""
    left, right, head, bottom = 66, 24, 14, 270
    first, last = scale(x_ticks[0]), scale(x_ticks[-1])

    def x(value: float) -> float:
        return left + (_WIDTH - left - right) * (scale(value) - first) / (last - first)

    def y(value: float) -> float:
        return bottom - (bottom - head) * value

    parts = [_grid_y(y, left, _WIDTH - right)]
    for tick in x_ticks:
        parts.append(
            Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{:g}</text>').format(
                x(tick), bottom + 17, tick
            )
        )
    parts.append(
        Markup('<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            (left + _WIDTH - right) / 2, bottom + 36, x_label
        )
    )
    parts.append(
        Markup('<text class="axis" transform="translate(14 {}) rotate(-90)" text-anchor="middle">{}</text>').format(
            (head + bottom) / 2, y_label
        )
    )
    parts += [_draw_line(line, x, y) for line in lines]
    return _svg(parts, bottom + 44, title)


def _draw_line(line: Line, x: Callable[[float], float], y: Callable[[float], float]) -> Markup:
    path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in line.points)
    parts = [
        Markup('<polyline class="curve{}" points="{}"><title>{}</title></polyline>').format(
            " dashed" if line.dashed else "", path, line.name
        )
    ]
    for a, b, text in line.marks:
        near_edge = x(a) > _WIDTH * 0.7
        parts.append(
            Markup(
                '<circle cx="{:.1f}" cy="{:.1f}" r="5"/><text class="value" x="{:.1f}" y="{:.1f}"{}>{}</text>'
            ).format(
                x(a),
                y(b),
                x(a) + (-9 if near_edge else 9),
                y(b) - 11,
                Markup(' text-anchor="end"') if near_edge else "",
                text,
            )
        )
    return Markup('<g class="s{}">{}</g>').format(line.colour % N_COLOURS + 1, Markup("").join(parts))


def nice_top(value: float) -> float:
    """The next of 1, 2, 3, 4, 6, 8, 10, 20 … (or 0.1, 0.2 …) at or above ``value``: the end of an axis."""
    if value <= 0:
        return 1.0
    step = 1.0
    while step > value:
        step /= 10
    while step * 10 < value:
        step *= 10
    return next(step * factor for factor in (1, 2, 3, 4, 6, 8, 10) if step * factor >= value)


def _grid_x(
    x: Callable[[float], float], top: float, show: Callable[[float], str], head: float, bottom: float
) -> Markup:
    parts = []
    for part in range(5):
        value = top * part / 4
        parts.append(
            Markup('<line class="grid" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}"/>').format(
                x(value), head, bottom
            )
        )
        parts.append(
            Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                x(value), bottom + 16, show(value)
            )
        )
    return Markup("").join(parts)


def _grid_y(y: Callable[[float], float], left: float, right: float) -> Markup:
    parts = []
    for part in range(5):
        value = part / 4
        parts.append(
            Markup('<line class="grid" x1="{0}" x2="{1}" y1="{2:.1f}" y2="{2:.1f}"/>').format(left, right, y(value))
        )
        parts.append(
            Markup('<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:g}</text>').format(
                left - 8, y(value) + 4, value
            )
        )
    return Markup("").join(parts)


def _svg(parts: Sequence[Markup], height: float, title: str) -> Markup:
    return Markup('<svg viewBox="0 0 {} {:.0f}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH, height, escape(title), Markup("").join(parts)
    )
