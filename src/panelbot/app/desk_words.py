"""The words of the desk in English and Chinese, beside those of `panelbot.app.words`."""

from __future__ import annotations

DESK_WORDS: dict[str, tuple[str, str]] = {
    # Notes
    "notes": ("Notes", "笔记"),
    "no_notes": (
        "No notes yet. Pin a quote under an answer, or select words in a transcript and pin them.",
        "还没有笔记。可以收藏回答里的原话，也可以在原文里选中文字再收藏。",
    ),
    "pin": ("Pin", "收藏"),
    "pinned": ("Pinned to your notes.", "已收进笔记。"),
    "already_pinned": ("It is in your notes already.", "笔记里已经有这段了。"),
    "unpin": ("Remove", "删除"),
    "unpinned": ("Removed from your notes.", "已从笔记中删除。"),
    "copy_quote": ("Copy quote", "复制引文"),
    "comment": ("Comment", "批注"),
    "theme": ("Theme", "主题"),
    "group_by": ("Group by", "分组"),
    "group_none": ("My order", "我的顺序"),
    "group_speaker": ("Speaker", "发言人"),
    "group_theme": ("Theme", "主题"),
    "group_transcript": ("Transcript", "会议记录"),
    "no_group": ("Without a theme", "未分主题"),
    "note_up": ("Move up:", "上移："),
    "note_down": ("Move down:", "下移："),
    "note_changed": (
        "These words no longer stand in the transcript: it has been corrected since.",
        "原文已更正，这段话现在不在原文里了。",
    ),
    "note_gone": ("The transcript is no longer here.", "这份会议记录已经不在了。"),
    "notes_docx": ("Word", "Word 文档"),
    "notes_markdown": ("Markdown", "Markdown"),
    "notes_csv": ("CSV", "CSV 表格"),
    # The overview
    "overview_of": ("Overview", "概览"),
    "people_of": ("Who speaks", "谁在发言"),
    "questions_of": ("What was asked", "问了什么"),
    "topics_of": ("What it is about", "谈到什么"),
    "replied_by": ("Replies:", "作答："),
    "asked_by": ("asked by {speaker}", "{speaker}提问"),
    "n_more": ("{number} more", "还有 {number} 个"),
    "summarise": ("Write a summary", "写一段概要"),
    "summarising": ("Writing…", "正在写……"),
    "summary_of": ("Summary", "概要"),
    "summary_hint": (
        "Written by the language model; every sentence has been checked against the words it cites.",
        "由语言模型撰写，每句话都与所引原话核对过。",
    ),
    "selection": ("With the selected words", "对选中的文字"),
}
