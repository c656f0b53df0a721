"""Markup to trees and text: what a page shows, a line for each block, its headings marked as in Markdown.

Does not know what the lines and elements say. Nothing is fetched, and no entity is unfolded.
"""

from __future__ import annotations

import re
from typing import Any

from panelbot.errors import ReadError
from panelbot.readers.document import Document

PAGE_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav"
    " ol p pre section table td th tr ul".split()
)
_UNSEEN = frozenset(
    "script style noscript template head iframe svg form button select nav footer aside audio video del".split()
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s{0,1000}(?:<\?xml[^>]{0,200}\?>)?\s{0,1000}")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")


def parse_page(text: str) -> Any:
    """The tree of a page without what it hides; None where ``text`` cannot be parsed."""
    import lxml.etree as etree  # pyright: ignore[reportMissingImports, reportAttributeAccessIssue]
    from lxml import html

    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    for node in [node for node in tree.iter() if _is_hidden(node) and node.getparent() is not None]:
        node.drop_tree()
    return tree


def _is_hidden(node: Any) -> bool:
    if not isinstance(node.tag, str) or node.tag in ("html", "body"):
        return False
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(node.get("style") or "") is not None
    )


def page_lines(tree: Any) -> list[str]:
    """The text under ``tree``, a line for each block; what frames a page is left out."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    lines: list[str] = [""]
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        if node.tag in PAGE_BLOCKS:
            lines.append("")
        if event == "start" and node.tag in _UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            lines[-1] += f"{_HEADINGS[node.tag]} " if node.tag in _HEADINGS else ""
            lines[-1] += node.text or ""
        if event == "end" and node is not tree:
            lines[-1] += node.tail or ""
    return [line for line in (_SPACES.sub(" ", line).strip() for line in lines) if line.strip("#") or not line]


def plain(node: Any) -> str:
    """The words in ``node``, its lines parted."""
    return "\n".join(line for line in page_lines(node) if line)


def parse_xml(document: Document) -> Any:
    """The root of an XML document.

    Raises:
        ReadError: it is not well formed; says where.
    """
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(_DECLARATION.sub("", document.text.lstrip("\ufeff"), count=1).encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(f"{document.name} is not well-formed XML ({_one_line(error)}); export it again") from error


def _one_line(error: Exception) -> str:
    return " ".join(f"line {getattr(error, 'lineno', 1)}: {getattr(error, 'msg', error)}".split())[:120]
