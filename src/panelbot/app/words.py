"""The words of the interface in English and Chinese, and which of the two a visitor reads.

It knows no transcript and no answer; what an answer says is written where answers are composed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.app.desk_words import DESK_WORDS
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
    """The words for ``key``, with ``{name}`` places filled; behind a bar stand the English words for the number 1."""
    english, chinese = WORDS[key]
    many, _, one = english.partition("|")
    return (chinese if language == "zh" else one if one and values.get("number") == 1 else many).format(**values)


WORDS: dict[str, tuple[str, str]] = {
    # The frame
    "tagline": ("Who said what, word for word", "谁说了什么，一字不差"),
    "switch_language": ("中文", "English"),
    "switch_theme": ("Light or dark", "浅色或深色"),
    "new_conversation": ("New conversation", "新对话"),
    "conversations": ("Conversations", "历次对话"),
    "no_conversations": ("Your conversations will be listed here.", "你的对话会列在这里。"),
    "untitled": ("New conversation", "新对话"),
    "rename": ("Rename", "重命名"),
    "delete": ("Delete", "删除"),
    "close": ("Close", "关闭"),
    "cancel": ("Cancel", "取消"),
    "undo": ("Undo", "撤销"),
    "deleted": ("Deleted: {title}", "已删除：{title}"),
    "kept_here": ("Kept in this browser.", "保存在这个浏览器里。"),
    "kept_there": ("Kept on the server under your login.", "保存在服务器上你的账户里。"),
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
        "还没有任何资料，请在“添加”里加入一份。",
    ),
    "examples": ("Try one of these", "可以这样问"),
    "you": ("You", "你"),
    "searching": ("Reading the transcripts…", "正在查阅原文……"),
    "found": (
        "{number} passages found, nearest: {names}. Choosing what answers…",
        "找到 {number} 段，最接近的是{names}。正在挑选能回答的话……",
    ),
    "found_nothing": ("Looking at what was found…", "正在看找到的内容……"),
    "writing": ("Writing…", "正在写……"),
    "lead": ("In the words of {names}:", "{names}的原话："),
    "stop": ("Stop", "停止"),
    "stopped": ("Stopped. The question is back in its box.", "已停止，问题放回了输入框。"),
    "next": ("Asked next", "接下来问"),
    "next_drop": ("Do not ask this", "不问了"),
    "queue_full": (
        "Three questions are waiting already; this one stays in its box.",
        "已有三个问题在排队，这个先留在输入框里。",
    ),
    "edit_question": ("Edit", "修改"),
    "editing": ("Its new answer takes the place of the old one.", "新的答案会替换原来的答案。"),
    "replaced": ("The answer was replaced.", "答案已替换。"),
    "busy": (
        "Too many people are waiting just now. Your question is back in its box; try again in a moment.",
        "现在提问的人太多，排不上队了。问题放回了输入框，请稍后再试。",
    ),
    "away": (
        "The server cannot be reached. Your question is kept and asked again as soon as it is back.",
        "连不上服务器。你的问题还在，等服务器恢复后会自动再问一次。",
    ),
    "away_short": ("The server cannot be reached just now; try again in a moment.", "现在连不上服务器，请稍后再试。"),
    "back": ("The server is back.", "服务器恢复了。"),
    "try_now": ("Try now", "现在重试"),
    "log_in_again": ("Log in again to go on; your question is kept.", "请重新登录后继续，你的问题还在。"),
    "log_in": ("Log in", "登录"),
    "to_bottom": ("To the newest", "到最新"),
    "searched": ("Searched for", "检索的问题"),
    "quotes": ("Quotes", "原话"),
    "also": (
        "Also found, and not in the answer: {number} quotes|Also found, and not in the answer: 1 quote",
        "另外找到、没有写进回答的：{number} 段原话",
    ),
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
    "copy": ("Copy", "复制"),
    "copied": ("Copied.", "已复制。"),
    "good": ("Good answer", "答得好"),
    "bad": ("Bad answer", "答得不好"),
    "why_good": ("What is good?", "好在哪里？"),
    "why_bad": ("What is wrong?", "哪里不对？"),
    "cause_words": ("The very words I needed", "正是要找的原话"),
    "cause_person": ("The right person", "人找对了"),
    "cause_complete": ("Nothing is missing", "没有遗漏"),
    "cause_off": ("Not what I asked", "答非所问"),
    "cause_wrong_person": ("The wrong person", "人找错了"),
    "cause_missing": ("Something is missing", "有遗漏"),
    "cause_wrong_no": ("It was said, and the answer says no", "明明说过，却答没有"),
    "cause_not_said": ("Nobody said this", "没有人这样说"),
    "reason": ("More, in your own words", "还想说什么"),
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
        "The turns of this transcript are numbered 1 to {last}.",
        "这份记录的发言编号从 1 到 {last}。",
    ),
    "not_kept": ("Your judgement could not be kept; try again.", "没能记下你的评价，请再试一次。"),
    "save": ("Save", "保存"),
    "thanks": ("Noted, thank you.", "已记下，谢谢。"),
    "failed": (
        "Something went wrong on the server. The question is still there; try again.",
        "服务器出了点问题，请再试一次。",
    ),
    "index_fault": (
        "The index cannot be read or changed just now; try again in a moment. Why is in the log of panelbot.",
        "现在无法读写索引，请稍后再试；原因记在 panelbot 的日志里。",
    ),
    "model_fault": (
        "The model that is needed for this does not answer; try again in a moment. Why is in the log of panelbot.",
        "需要的模型没有回应，请稍后再试；原因记在 panelbot 的日志里。",
    ),
    "empty_question": ("Type a question first.", "请先输入问题。"),
    "long_question": (
        "The question is too long; keep it under {limit} characters.",
        "问题太长了，请控制在 {limit} 个字符以内。",
    ),
    "n_chosen": ("Asking {number} of {total} transcripts", "在 {total} 份资料中问 {number} 份"),
    "none_chosen": ("No transcript is chosen: tick at least one.", "没有选中任何资料，请至少勾选一份。"),
    "on_the_shelf": ("On the shelf", "资料架上有"),
    "n_transcripts": ("{number} transcripts|{number} transcript", "{number} 份资料"),
    "n_people": ("{number} people|{number} person", "{number} 位发言人"),
    "language_zh": ("Chinese", "中文"),
    "language_en": ("English", "英文"),
    "language_": ("other languages", "其他语言"),
    "n_in_language": ("{number} in {language}", "{language} {number} 份"),
    "from_to": ("{first} to {last}", "{first} 至 {last}"),
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
    "shelf": ("Shelf", "资料架"),
    "shelf_hint": (
        "Tick the transcripts to ask. Tick speakers to hear only them.",
        "勾选要提问的资料；勾选发言人则只听他们的话。",
    ),
    "shelf_find": ("Title, person, organization, date or tag", "标题、人名、机构、日期或标签"),
    "shelf_sort": ("Order", "排序"),
    "sort_newest": ("Newest first", "最新加入"),
    "sort_title": ("By title", "按标题"),
    "sort_read": ("Last read", "最近读过"),
    "sort_date": ("By date", "按日期"),
    "shelf_tag": ("Tag", "标签"),
    "tag_any": ("All tags", "全部标签"),
    "tags": ("Tags, parted by commas", "标签，用逗号分开"),
    "choose_all": ("All", "全选"),
    "choose_none": ("None", "全不选"),
    "only_this": ("Only this", "只问这份"),
    "people": ("People", "发言人"),
    "just_added": ("New", "新加入"),
    "nothing_matches": ("Nothing on the shelf fits.", "资料架上没有符合的。"),
    "everything": ("Ask everything", "恢复全部"),
    "speakers": ("Speakers", "发言人"),
    "read": ("Read", "阅读"),
    "remove": ("Remove", "移除"),
    "remove_sure": (
        "Remove “{title}” from the index? Its file stays; what you kept from it loses its place.",
        "要从索引中移除《{title}》吗？文件不会删除，但保存的引文将失去出处。",
    ),
    "removed": ("Removed: {title}", "已移除：{title}"),
    "n_turns": ("{number} turns|{number} turn", "{number} 段发言"),
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
        "Text, Word, HTML, subtitles (SRT, VTT) or JSON, each with a recording of its name. You see the turns and "
        "speakers before anything is stored.",
        "支持文本、Word、网页、字幕（SRT、VTT）和 JSON，可以连同名的录音一起添加。存入之前可以先看到发言和发言人。",
    ),
    "files": ("Files", "文件"),
    "drop_here": ("Drop files or a folder here, or", "把文件或文件夹拖到这里，或"),
    "choose_files": ("choose files", "选择文件"),
    "choose_folder": ("choose a folder", "选择文件夹"),
    "n_files": ("{number} files|{number} file", "{number} 个文件"),
    "drop_file": ("Leave out {name}", "去掉 {name}"),
    "not_uploaded": (
        "{name} could not be uploaded: it is too large (95 MB at most), or the server cannot be reached.",
        "{name} 没能上传：文件太大（最多 95 MB），或者连不上服务器。",
    ),
    "wrong_kind": (
        "Left out, as neither transcripts nor recordings: {names}. Save a PDF or an old Word file as .docx or .txt.",
        "{names} 不是文字记录或录音，没有选入。PDF 和旧版 Word 文件请先另存为 .docx 或 .txt。",
    ),
    "see_it": ("Read it", "去阅读"),
    "ask_it": ("Ask only it", "只问它"),
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
    "found_places": ("Places found", "找到的地方"),
    "find_where": ("All transcripts", "全部资料"),
    "find_exact": ("Exact phrase", "完全匹配"),
    "found_count": (
        "{number} turns, transcripts: {transcripts}|1 turn, transcripts: {transcripts}",
        "{transcripts} 份资料中的 {number} 段发言",
    ),
    "found_more": ("The first {number} turns are shown.", "只列出前 {number} 段。"),
    "found_none": ("Nobody said this, word for word.", "没有人说过这些字。"),
    "find_next": ("Next place", "下一处"),
    "find_previous": ("Previous place", "上一处"),
    "choose_transcript": ("Transcript to read", "要读的资料"),
    "overview": ("Overview of the conversation; arrow keys move from turn to turn", "整场对话概览，用方向键逐段移动"),
    "gone": (
        "The transcript of this link is no longer here; choose another one.",
        "链接里的这份资料已经不在了，请另选一份。",
    ),
    "gone_turn": ("The turn of this link is no longer here.", "链接里的那段发言已经不在了。"),
    "link": ("Copy a link to this turn", "复制这段发言的链接"),
    "link_copied": ("The link to turn {number} is copied.", "发言 #{number} 的链接已复制。"),
    "turn_chosen": ("Turn {number} is chosen.", "已选发言 #{number}。"),
    "moderator": ("moderator", "主持人"),
    "panelist": ("panelist", "嘉宾"),
    "audience": ("audience", "观众"),
    "unknown": ("role unknown", "身份未知"),
    **DESK_WORDS,
}
