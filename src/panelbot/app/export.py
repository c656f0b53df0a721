"""The conversation as Markdown. Quote sheets are the bot's; this adds the questions and answers around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from panelbot.app.conversation import Entry
from panelbot.bot import markdown, quote_rows, to_csv, to_markdown
from panelbot.types import Answer, Citation

if TYPE_CHECKING:
    from panelbot.bot import PanelBot


def conversation_markdown(entries: Sequence[Entry]) -> str:
    """Every question with its answer and quotes."""
    return "\n---\n\n".join(exchange_markdown(entry.query, entry.answer) for entry in entries)


def exchange_markdown(query: str, answer: Answer) -> str:
    """One question, its answer, and the quotes with who said them and where."""
    paragraphs = "\n\n".join(markdown(line) for line in answer.text.split("\n") if line.strip())
    quotes = "\n\n".join(_quote(citation) for citation in (*answer.citations, *answer.nearest))
    return "\n\n".join(part for part in (f"**{markdown(query)}**", paragraphs, quotes) if part) + "\n"


def _quote(citation: Citation) -> str:
    words = "\n".join(f"> {markdown(line)}" for line in citation.quote.split("\n"))
    facts = ", ".join(part for part in (citation.speaker, citation.organization, citation.title) if part)
    place = f"{markdown(citation.transcript_id)}, turn {citation.turn + 1}"
    return f"{words}\n>\n> — [{citation.number}] {markdown(facts)} ({place})"


def export_file(bot: PanelBot, wanted: object, entries: Sequence[Entry]) -> dict[str, str]:
    """What the page offers to save: name, media type and text."""
    if wanted == "conversation":
        return {"name": "panelbot.md", "type": "text/markdown", "text": conversation_markdown(entries)}
    transcripts = bot.texts
    rows = quote_rows([(entry.query, entry.answer) for entry in entries], transcripts)
    if wanted == "csv":
        # The mark at the start tells spreadsheets that it is UTF-8.
        return {"name": "panelbot-quotes.csv", "type": "text/csv", "text": "\ufeff" + to_csv(rows)}
    return {"name": "panelbot-quotes.md", "type": "text/markdown", "text": to_markdown(rows)}
