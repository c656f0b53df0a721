from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from panelbot.evaluation.plots import Dot, Line, dot_plot, line_plot, nice_top

HOSTILE = '</svg><script>alert("x")</script>'


def numbers(svg: str, pattern: str) -> list[float]:
    return [float(value) for value in re.findall(pattern, svg)]


def test_a_dot_stands_where_its_value_says():
    svg = dot_plot(["a", "b", "c"], [[Dot(value=0.0), Dot(value=0.5), Dot(value=1.0)]], title="t")
    left, middle, right = numbers(svg, r'<circle cx="([\d.]+)"')
    ticks = numbers(svg, r'<text class="tick" x="([\d.]+)"')
    assert (left, right) == (ticks[0], ticks[-1])
    assert middle == pytest.approx((left + right) / 2, abs=0.1)


def test_a_whisker_spans_its_interval():
    svg = dot_plot(["a"], [[Dot(value=0.5, low=0.25, high=0.75)]], title="t")
    ((x1, x2),) = re.findall(r'class="whisker" x1="([\d.]+)" x2="([\d.]+)"', svg)
    ticks = numbers(svg, r'<text class="tick" x="([\d.]+)"')
    assert (float(x1), float(x2)) == (ticks[1], ticks[3])


def test_a_missing_value_draws_nothing():
    assert "<circle" not in dot_plot(["a"], [[None]], title="t")


def test_a_curve_goes_from_corner_to_corner():
    line = Line(name="n", points=[(1, 0.0), (50, 1.0)], colour=0)
    svg = line_plot([line], title="t", x_label="x", y_label="y", x_ticks=(1, 50), scale=lambda k: k**0.5)
    ((x1, y1, x2, y2),) = re.findall(r'points="([\d.]+),([\d.]+) ([\d.]+),([\d.]+)"', svg)
    assert float(x1) < float(x2)
    assert float(y1) > float(y2)


def test_labels_cannot_leave_the_plot():
    dots = dot_plot([HOSTILE], [[Dot(value=0.5, tip=HOSTILE)]], title=HOSTILE)
    lines = line_plot(
        [Line(name=HOSTILE, points=[(0, 0)], colour=0, marks=[(0, 0, HOSTILE)])],
        title=HOSTILE,
        x_label=HOSTILE,
        y_label=HOSTILE,
        x_ticks=(0, 1),
    )
    for svg in (dots, lines):
        root = ElementTree.fromstring(svg)
        assert root.get("aria-label") == HOSTILE
        assert not list(root.iter("script"))


@pytest.mark.parametrize(("value", "top"), [(0.0, 1.0), (0.73, 0.8), (1.0, 1.0), (7, 8), (12, 20), (340, 400)])
def test_axes_end_at_round_numbers(value, top):
    assert nice_top(value) == pytest.approx(top)
