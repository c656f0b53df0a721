"""Numbers of README and docs that take seconds to measure are what is measured now; else `benchmarks/write_docs.py`."""

from __future__ import annotations

import sys

import pytest

from docs.pages import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

import references
import write_docs


def test_what_is_counted_is_as_it_stands() -> None:
    assert list(write_docs.out_of_date(write_docs.TABLES, write=False)) == []


@pytest.mark.model
def test_what_is_asked_is_answered_as_it_stands() -> None:
    assert list(write_docs.out_of_date(write_docs.ASKED, write=False)) == []


def test_what_stands_between_the_marks_is_replaced_and_nothing_else() -> None:
    page = "A\n<!-- table x -->\nold\nolder\n<!-- end x -->\n<!-- table y -->\n<!-- end y -->\nB\n"
    written = references.with_table(page, "x", ["new"])
    assert written == page.replace("old\nolder\n", "new\n")
    assert references.with_table(written, "y", ["1", "2"]) == written.replace("y -->\n<", "y -->\n1\n2\n<")


def test_a_page_without_its_marks_is_no_page() -> None:
    with pytest.raises(ValueError, match="no table 'x'"):
        references.with_table("A\n<!-- table x -->\nB\n", "x", ["new"])
