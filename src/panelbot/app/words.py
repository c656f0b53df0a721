"""The words of the interface in English and Chinese, and which of the two a visitor reads.

It knows no transcript and no answer; what an answer says is written where answers are composed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.types import Language

if TYPE_CHECKING:
    import gradio as gr
    from starlette.requests import Request

COOKIE = "panelbot_language"


def language_of(request: gr.Request | Request | None) -> Language:
    """The interface language of a visitor: the switch where it was used, else the browser's first language."""
    if request is None:
        return "en"
    wanted = request.cookies.get(COOKIE) or request.headers.get("accept-language", "")
    return "zh" if wanted.strip().lower().startswith("zh") else "en"


def say(key: str, language: Language, /, **values: str | int) -> str:
    """The words for ``key``, with ``{name}`` places filled."""
    english, chinese = WORDS[key]
    return (chinese if language == "zh" else english).format(**values)


def both(key: str) -> dict[Language, str]:
    """The words for ``key`` in both languages."""
    english, chinese = WORDS[key]
    return {"en": english, "zh": chinese}


WORDS: dict[str, tuple[str, str]] = {
    # The frame
    "tagline": ("Who said what, word for word", "谁说了什么，一字不差"),
    "switch_language": ("中文", "English"),
    "switch_theme": ("Light or dark", "浅色或深色"),
    "new_conversation": ("New conversation", "新对话"),
    "chat": ("Chat", "对话"),
    "sources": ("Transcript", "原文"),
    "side": ("Transcripts", "会议资料"),
    # The chat
    "question": ("Your question", "你的问题"),
    "question_hint": ("Ask who said what…", "问问谁说了什么……"),
    "send": ("Ask", "提问"),
    "conversation": ("Conversation", "对话内容"),
    "welcome": ("What would you like to know?", "想知道什么？"),
    "welcome_hint": (
        "Every sentence of an answer is backed by a quote you can see in its place.",
        "答案的每句话都有原话为据，点一下就能看到它在原文中的位置。",
    ),
    "no_transcripts": (
        "There is no transcript yet. Add one under “Add”.",
        "还没有任何会议记录，请在“添加”里加入一份。",
    ),
    "examples": ("Try one of these", "可以这样问"),
    "you": ("You", "你"),
    "searching": ("Reading the transcripts…", "正在查阅原文……"),
    "searched": ("Searched for", "检索的问题"),
    "quotes": ("Quotes", "原话"),
    "nearest": ("Closest to it", "最接近的内容"),
    "citation_label": (
        "Quote {number}: {speaker}. Show it in the transcript",
        "原话 {number}：{speaker}，在原文中查看",
    ),
    "turn": ("turn {number}", "发言 #{number}"),
    "references": ("Whom the question means", "问题所指的人"),
    "change": ("change", "更换"),
    "change_label": ("Ask about somebody else", "改问其他人"),
    "ask_instead": ("Ask about {speaker}: {question}", "改问{speaker}：{question}"),
    "again": ("Ask again", "重新提问"),
    # The kinds of "no"
    "not_discussed": ("Not discussed", "没有人谈到"),
    "not_by_speaker": ("Not by this speaker", "此人没有谈到"),
    "unknown_speaker": ("Nobody of that name", "查无此人"),
    "ambiguous_speaker": ("Which one?", "指的是哪一位？"),
    "asked_not_answered": ("Asked, not answered", "问了，没有人答"),
    "offer_candidates": ("Did you mean", "你指的是"),
    "offer_discussed_by": ("Ask those who did", "可以问谈到的人"),
    "offer_speakers": ("Who speaks here", "在场的人"),
    # Copying and judging
    "copy": ("Copy with quotes", "连同原话复制"),
    "good": ("Good answer", "答得好"),
    "bad": ("Bad answer", "答得不好"),
    "reason": ("Why?", "为什么？"),
    "right": ("What would have been right?", "怎样回答才对？"),
    "right_unsaid": ("I cannot say", "说不好"),
    "right_turn": ("The answer is in a turn of the transcript", "答案在原文的某段发言里"),
    "right_not_discussed": ("To say that nobody spoke about it", "应当说：没有人谈到"),
    "right_not_by_speaker": ("To say that the person asked about did not speak about it", "应当说：问到的人没有谈到"),
    "right_unknown_speaker": ("To say that nobody of that name is there", "应当说：没有这个人"),
    "right_ambiguous_speaker": ("To ask back who is meant", "应当反问：指的是哪一位"),
    "right_asked_not_answered": ("To say that it was asked and nobody answered", "应当说：有人问了，没有人答"),
    "turn_number": (
        "Its number, or click the turn in the transcript",
        "这段发言的编号，也可以直接点原文里的那一段",
    ),
    "no_turn": ("Give the number of the turn, or click it in the transcript.", "请填发言的编号，或在原文里点那一段。"),
    "turn_out_of_range": (
        "The turns of this transcript are numbered 0 to {last}.",
        "这份记录的发言编号从 0 到 {last}。",
    ),
    "not_kept": ("Your judgement could not be kept; try again.", "没能记下你的评价，请再试一次。"),
    "save": ("Save", "保存"),
    "thanks": ("Noted, thank you.", "已记下，谢谢。"),
    "failed": (
        "Something went wrong on the server. The question is still there; try again.",
        "服务器出了点问题，请再试一次。",
    ),
    "empty_question": ("Type a question first.", "请先输入问题。"),
    "long_question": (
        "The question is too long; keep it under {limit} characters.",
        "问题太长了，请控制在 {limit} 个字符以内。",
    ),
    "scope_all": ("Asking everything", "在全部内容中提问"),
    "scope_some": ("Asking {names}", "只问：{names}"),
    "scope_speakers": ("only {names}", "只听{names}"),
    # Export
    "export": ("Export", "导出"),
    "export_conversation": ("Conversation (Markdown)", "对话（Markdown）"),
    "export_csv": ("Quotes (CSV)", "原话（CSV）"),
    "export_markdown": ("Quotes (Markdown)", "原话（Markdown）"),
    "nothing_to_export": ("Ask something first, then there is something to export.", "先提问，才有内容可以导出。"),
    # The panel
    "panel": ("Panel", "嘉宾"),
    "panel_hint": (
        "Tick the transcripts to ask. Tick speakers to hear only them.",
        "勾选要提问的会议记录；勾选发言人则只听他们的话。",
    ),
    "everything": ("Ask everything", "恢复全部"),
    "speakers": ("Speakers", "发言人"),
    "read": ("Read", "阅读"),
    "remove": ("Remove", "移除"),
    "remove_sure": ("Remove “{title}” from the index?", "要从索引中移除《{title}》吗？"),
    "n_turns": ("{number} turns", "{number} 段发言"),
    "share": ("of what is said", "的发言"),
    "edit": ("Edit", "修改"),
    "field_name": ("Name", "姓名"),
    "field_organization": ("Organization", "机构"),
    "field_title": ("Title", "职务"),
    "field_role": ("Role", "身份"),
    "field_aliases": ("Also called", "别称"),
    "field_merge": ("Same person as", "与此人为同一人"),
    # Adding
    "add": ("Add", "添加"),
    "add_hint": (
        "Text, Word, HTML, subtitles (SRT, VTT) or JSON. You see the turns and speakers before anything is stored.",
        "支持文本、Word、网页、字幕（SRT、VTT）和 JSON。存入之前可以先看到发言和发言人。",
    ),
    "files": ("Files", "文件"),
    "paste": ("Or paste a transcript", "或粘贴文字记录"),
    "paste_hint": ("Mei Lin: Welcome, everybody…", "林澜：欢迎各位……"),
    "paste_name": ("Title of the pasted transcript", "粘贴内容的标题"),
    "pattern": ("What a speaker's label looks like (optional)", "发言人标签的样子（可选）"),
    "pattern_hint": (
        r"Only where the preview shows wrong speakers: a regular expression such as (?P<speaker>.+?) -",
        r"仅在预览的发言人不对时填写：正则表达式，例如 (?P<speaker>.+?) -",
    ),
    "nobody": ("nobody named", "未署名"),
    "pasted": ("Pasted transcript", "粘贴的记录"),
    "preview": ("Preview", "预览"),
    "store": ("Add to the index", "加入索引"),
    "nothing_to_add": ("Choose a file or paste some text first.", "请先选择文件或粘贴文字。"),
    "more_turns": ("and {number} more turns", "还有 {number} 段发言"),
    "added": ("Added: {titles}", "已添加：{titles}"),
    "updated": ("Updated: {titles}", "已更新：{titles}"),
    "unchanged": ("Already there, unchanged: {titles}", "已经存在，没有变化：{titles}"),
    "stage_reading": ("Reading", "读取"),
    "stage_embedding": ("Indexing", "建立索引"),
    "stage_storing": ("Storing", "保存"),
    "stage_other": ("Working", "处理中"),
    # The transcript pane
    "find": ("Search in this transcript", "在原文中查找"),
    "find_next": ("Next place", "下一处"),
    "find_previous": ("Previous place", "上一处"),
    "choose_transcript": ("Transcript", "会议记录"),
    "overview": ("Overview of the conversation; arrow keys move from turn to turn", "整场对话概览，用方向键逐段移动"),
    "gone": ("That transcript is no longer here.", "这份会议记录已经不在了。"),
    "link": ("Link to this turn", "这段发言的链接"),
    "moderator": ("moderator", "主持人"),
    "panelist": ("panelist", "嘉宾"),
    "audience": ("audience", "观众"),
    "unknown": ("role unknown", "身份未知"),
}
