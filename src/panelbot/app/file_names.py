"""The names of the files in an upload, told while it comes in, by the parser and the rules Gradio reads it with."""

from __future__ import annotations

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from panelbot.bot import is_taken

_SHOWN = 80  # characters of a name


class FileNames:
    """Reads a multipart body, and remembers the first file that is of no kind that is taken.

    Raises:
        FormParserError: the content type has no boundary.
    """

    def __init__(self, content_type: str) -> None:
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary:
            raise FormParserError("no boundary")
        self.wrong: str | None = None
        self._header = b""
        self._value = b""
        self._parser = MultipartParser(
            boundary,
            {"on_header_field": self._of_header, "on_header_value": self._of_value, "on_header_end": self._end},
        )

    def read(self, data: bytes) -> None:
        """Go on with the next bytes of the body.

        Raises:
            FormParserError: they are no multipart form.
        """
        self._parser.write(data)

    def _of_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _of_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end(self) -> None:
        if self.wrong is None and self._header.lower() == b"content-disposition":
            name = parse_options_header(self._value)[1].get(b"filename", b"").decode("utf-8", "replace")
            self.wrong = None if is_taken(name) else name[:_SHOWN]
        self._header = self._value = b""
