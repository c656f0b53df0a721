"""A Word file's paragraphs and cells, within bounds on what a small file may unfold to.

Does not know what the words say.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from panelbot.errors import ReadError
from panelbot.readers.document import Document

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table

_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, AttributeError, RuntimeError)
_MAX_UNPACKED = 100_000_000  # bytes of all parts; pictures do not pack, and the file has half of that at most
_MAX_XML = 30_000_000  # bytes of what may be XML: as a tree it takes ten times as much
_MAX_TAGS = 2_000_000  # a ten-hour transcript has a few hundred thousand
_PIECE = 65_536  # bytes
_NAMES = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUN, _LINK = f"{_NAMES}r", f"{_NAMES}hyperlink"
_SHOWN = frozenset(_NAMES + name for name in ("br", "cr", "noBreakHyphen", "ptab", "t", "tab"))
_MAX_COLUMNS = 64  # Word itself makes 63


def open_word(document: Document) -> Word:
    """The document, opened.

    Raises:
        ReadError: it is damaged, or unfolds to more than a transcript is.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    try:
        with zipfile.ZipFile(io.BytesIO(document.data)) as archive:
            if _is_too_large(archive):
                raise ReadError(f"{document.name} unpacks to more than any transcript has; save it as text")
        return docx.Document(io.BytesIO(document.data))
    except (*_FAULTS, PackageNotFoundError, etree.LxmlError) as error:
        raise ReadError(f"{document.name} is not a Word document that can be opened; save it again as .docx") from error


def _is_too_large(archive: zipfile.ZipFile) -> bool:
    """Sizes first, which cost nothing; then what may be XML is counted through, a piece at a time."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > _MAX_UNPACKED:
        return True
    n_bytes = n_tags = 0
    for part in parts:
        for piece in _xml_pieces(archive, part):
            n_bytes, n_tags = n_bytes + len(piece), n_tags + piece.count(b"<")
            if n_bytes > _MAX_XML or n_tags > _MAX_TAGS:
                return True
    return False


def _xml_pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part, where it may be XML, whatever it is called: it begins with a mark, in some encoding."""
    with archive.open(part) as file:
        piece = file.read(_PIECE)
        first = piece.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1]
        if first not in (b"<", b"L", b""):  # in EBCDIC it begins with L; nothing but blanks may go on to be XML
            return
        while piece:
            yield piece
            piece = file.read(_PIECE)


def table_cells(table: Table) -> Iterator[list[str]]:
    """The cells of each row, one that spans several once for each; one merged with that above says the same."""
    above: list[str] = []
    for row in table._tbl.tr_lst:  # pyright: ignore[reportPrivateUsage]
        cells: list[str] = []
        for tc in row.tc_lst:
            merged = tc.vMerge == "continue" and len(cells) < len(above)
            text = above[len(cells)] if merged else "\n".join(map(paragraph_text, tc.p_lst))
            cells += [text] * min(tc.grid_span, _MAX_COLUMNS - len(cells))
        above = cells
        yield cells


def paragraph_text(paragraph: Any) -> str:
    """What python-docx gives as the text of a ``w:p``, without a search of the tree for each run."""
    runs = (run for each in paragraph for run in (each if each.tag == _LINK else (each,)))
    return "".join(str(each) for run in runs if run.tag == _RUN for each in run if each.tag in _SHOWN)
