"""Sentences of the library in Chinese, for the page: what was wrong with a file, and how it was read.

Each English sentence stands as it does in the code, a place for each value; a test finds those that are missing.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # Files that cannot be read
    "{} is empty: there is no text to read": "{}是空的，没有可读的文字",
    "{} is {}, not a transcript: {}": "{}是{}，不是文字记录：{}",
    "{} is larger than {} MB; split it into one file a meeting": "{}超过 {} MB，请按会议拆成几个文件",
    "{} is not text in any encoding known here: save it as UTF-8 text": "{}的文字编码无法识别，请另存为 UTF-8 文本",
    "cannot open {}: {}": "打不开{}：{}",
    "{} is an archive or an Office file: unpack it, or save it as .docx or .txt": (
        "{}是压缩包或 Office 文件，请先解压，或另存为 .docx、.txt"
    ),
    "{} is no file that holds something, but a pipe or a device": "{}不是普通文件",
    "{} has {} cues; transcripts have {} at most: split it": "{}有 {} 条字幕，文字记录最多 {} 条，请拆成几个文件",
    "{} lines of text; transcripts have {} at most: make a file of each meeting": (
        "文字有 {} 行，文字记录最多 {} 行，请按会议拆成几个文件"
    ),
    "{} has {} bytes; transcripts have {} at most": "{}有 {} 字节，文字记录最多 {} 字节",
    "{} is a TextGrid that stops short or is damaged; save it again": "{}是不完整或已损坏的 TextGrid 文件，请重新保存",
    "{} is not valid WebVTT ({}); export it again": "{0}不是有效的 WebVTT 字幕，请重新导出",
    '{} is XML without speech in it: looked for elements that name who speaks (by="…", who="…", speaker="…") '
    "and for timed text; save the talk as text": "{}是 XML，里面没有发言，请把内容另存为文本",
    '{}: a transcript is a JSON object with "turns", not {}': "{}：文字记录应是含有 “turns” 的 JSON 对象，而不是{}",
    '{}: "turns" must be a list of objects with "speaker" and "text", not {}': (
        "{}：“turns” 应是列表，每项含 “speaker” 和 “text”，而不是{}"
    ),
    'no turns found in {}: its list "turns" is empty': "{}里没有发言：“turns” 是空的",
    "{}: turns[{}] must be an object, not {}": "{}：turns[{}] 应是对象，而不是{}",
    '{}: "{}" of turns[{}] must be a number of seconds, not {}': "{0}：turns[{2}] 的 “{1}” 应是秒数，而不是{3}",
    '{}: "speakers" must be a list, not {}': "{}：“speakers” 应是列表，而不是{}",
    "{}: speakers[{}] must be an object, not {}": "{}：speakers[{}] 应是对象，而不是{}",
    '{}: speakers[{}] has no "name"': "{}：speakers[{}] 没有 “name”",
    '{}: "{}" must be a string, not {}': "{}：“{}” 应是文字，而不是{}",
    '{}: turns[{}] has no "{}"': "{}：turns[{}] 没有 “{}”",
    '{}: "{}" of turns[{}] must be a string, not {}': "{0}：turns[{2}] 的 “{1}” 应是文字，而不是{3}",
    "{} is not well-formed XML ({}); export it again": "{}的 XML 格式有误（{}），请重新导出",
    "no turns found in {}: looked for {}": (
        "{0}里没有找到发言：文字记录要有“姓名：……”“【姓名】……”“姓名 00:12:31”这样的行，或带时间的字幕"
    ),
    "{} is not valid JSON ({}); export it again or repair that line": "{}不是有效的 JSON（{}），请重新导出或改正",
    '{} is JSON without a transcript in it: looked for "turns" with "speaker" and "text", for lists of objects with '
    "a text and a speaker or times, and for one long text": "{}是 JSON，但里面没有文字记录",
    "{} is not a Word document that can be opened; save it again as .docx": (
        "{}是打不开的 Word 文档，可能已损坏，请重新另存为 .docx"
    ),
    "{} unpacks to more than any transcript has; save it as text": "{}解压后太大，不会是文字记录，请另存为文本",
    "The name of {} is not UTF-8; rename it.": "{}的文件名不是 UTF-8，请改名。",
    "{} holds halves of characters; save it again as UTF-8.": "{}里有不完整的字符，请重新存为 UTF-8。",
    "{} takes more memory than a transcript should; split it.": "读取{}占用内存太多，请拆分。",
    "{} is nested too deep to be a transcript.": "{}嵌套太深，不会是文字记录。",
    "{} is damaged or no transcript ({}).": "{0}已损坏，或不是文字记录。",
    "{} takes more than {} seconds or {} MB to read; no transcript does.": (
        "读取{}超过 {} 秒或 {} MB，文字记录不会这样大。"
    ),
    "The text has {} characters; pasted text may have {}.": "文字有 {} 个字符，粘贴的文字最多 {} 个。",
    "{} holds two transcripts with the id {}; give each its own id.": "{}里有两份记录用了同一个编号{}，请分别编号。",
    "The speaker pattern {} names no speaker; write the label as (?P<speaker>…).": (
        "标签样式{}没有指出发言人，请把标签写成 (?P<speaker>…)。"
    ),
    "The speaker pattern {} is no regular expression: {}.": "标签样式{}不是正则表达式：{}。",
    "The speaker pattern {} takes too long on line {}; make it simpler.": "标签样式{}在第 {} 行耗时太久，请写简单些。",
    "line {}: {}": "第 {0} 行",
    "it begins with a comment": "以注释开头",
    # What they are instead
    "a sound or video recording": "录音或录像",
    "have it transcribed first and add the transcript": "请先转写成文字再添加",
    "an image": "图片",
    "add the text of the talk, not a picture of it": "请添加文字，不要添加图片",
    "a compressed archive": "压缩包",
    "unpack it and add the files in it": "请解压后添加其中的文件",
    "a PDF": "PDF",
    "save its text as .txt or .docx": "请把文字另存为 .txt 或 .docx",
    "an old Word or Excel file": "旧版 Word 或 Excel 文件",
    "an RTF file": "RTF 文件",
    "save it as .docx or .txt": "请另存为 .docx 或 .txt",
    "nothing": "空值",
    "true or false": "真假值",
    "a number": "数字",
    "one out of range": "超出范围的数",
    "a string": "文字",
    "an object": "对象",
    "a list": "列表",
    # How a file was read
    "1 line looks like a label and opens a turn of nobody ({}); --speaker-pattern says what a label is": (
        "有 1 行像是发言人标签，暂作未署名的发言（{}）"
    ),
    "{} lines look like a label and open a turn of nobody ({}); --speaker-pattern says what a label is": (
        "有 {} 行像是发言人标签，暂作未署名的发言（{}）"
    ),
    "who speaks is read with {} certainty; look at it with --dry-run, and say what a label is with --speaker-pattern": (
        "谁在发言只有 {} 的把握，请核对下面的结果；不对时可以填写标签的样子"
    ),
    "{} cues begin with what may be a label and are nobody's": "有 {} 条字幕开头像是发言人标签，暂作未署名",
    "left out {} {}": "略去 {} {}",
    "direct messages, which were sent to one person": "条只发给一个人的消息",
    "reactions and empty messages": "条表情回应和空消息",
    "left out {} lines of commands, of bots and of who came and went": "略去 {} 行命令、机器人消息和进出提示",
    "left out {} lines of codes about the speech": "略去 {} 行关于发言的编码",
    "left out {} chat lines beside the talk": "略去谈话以外的聊天 {} 行",
    "left out {} narratives and notes, which nobody speaks": "略去 {} 处无人说出的叙述和注释",
    "left out {} sounds that are no speech": "略去 {} 处不是发言的声音",
    "{} of {} pieces of speech name no speaker": "{1} 段话中有 {0} 段没有写明发言人",
    "left out {} lines with a sound alone, such as [Music]": "略去 {} 行只有声音的字幕，如 [Music]",
    "it names no speakers; its speech was parted at pauses and by length": "里面没有写明发言人，按停顿和长度分段",
    "{} times somebody begins without a name; nobody was named": "有 {} 处发言没有写明是谁，暂作未署名",
    "left out the tiers {}, which are no speaker's": "略去不属于发言人的层：{}",
    '"index" does not count the turns from 0; the order of the list was used': "“index” 不是从 0 数起，按列表顺序读取",
    'the speaker "{}" is listed twice; the first entry was used': "发言人“{}”列了两次，以第一次为准",
    'unknown roles {} were read as "unknown" (known: {})': "不认识的身份{}一律作“未知”（可用：{}）",
    "ignored unknown keys {}": "忽略了不认识的键：{}",
    "left out as no speech: {}": "不作为发言略去：{}",
    "{} head line ({})": "开头 {} 行（第 {} 行）",
    "{} head lines ({})": "开头 {} 行（第 {} 行）",
    "{} heading ({})": "小标题 {} 个（第 {} 行）",
    "{} headings ({})": "小标题 {} 个（第 {} 行）",
    "{} line of code ({})": "代码 {} 行（第 {} 行）",
    "{} lines of code ({})": "代码 {} 行（第 {} 行）",
    "{} line of a tool ({})": "工具写入的 {} 行（第 {} 行）",
    "{} lines of a tool ({})": "工具写入的 {} 行（第 {} 行）",
    "{} page head or foot ({})": "页眉页脚 {} 处（第 {} 行）",
    "{} page heads and feet ({})": "页眉页脚 {} 处（第 {} 行）",
    "{} line of a list under a heading ({})": "标题下的列表 {} 行（第 {} 行）",
    "{} lines of lists under headings ({})": "标题下的列表 {} 行（第 {} 行）",
    "{} line after the talk ({})": "会后的 {} 行（第 {} 行）",
    "{} lines after the talk ({})": "会后的 {} 行（第 {} 行）",
    "{} may be {} ({}); if so, merge:{}={}": "{}和{}可能是同一人（{}）",
    "the same given name": "名字相同",
    "the initials": "首字母相同",
    "one letter differs": "只差一个字",
    # Asking and correcting
    "The question is empty; ask something, for example “who spoke about costs?”.": "请先输入问题。",
    "The question has {} characters; a question may have {}.": "问题有 {} 个字符，最多 {} 个。",
    "There is no transcript {}; `panelbot list` shows the ones there are.": "没有{}这份资料，可能已经移除。",
    "Nobody in these transcripts is called {}; `panelbot speakers` lists them.": "这些资料里没有叫{}的人。",
    "{} has no turn {}.": "{}没有发言 #{}。",
    "There are no words there.": "那里没有文字。",
    "The passage has {} characters; {} are translated at once.": "这段有 {} 个字符，一次最多翻译 {} 个。",
    "No language model is set.": "没有设置语言模型。",
    "{} is no recording that browsers play ({}).": "{}不是浏览器能播放的录音或录像（{}）。",
    "There is no file {}.": "没有{}这个文件。",
    "This judgement has {} bytes; it may have {}.": "这条评价有 {} 字节，最多 {} 字节。",
    "{} is full; move it away to keep more judgements.": "{}已满，请移走后再评价。",
    "What is kept has an id and at most {} characters.": "这一条太长，没能保存，最多 {} 个字符。",
    "More than {} conversations, answers and notes are not kept.": "对话、回答和笔记最多保存 {} 条，请先删去一些。",
    "Say who it is.": "请写明是谁。",
    "A turn has words, and {} characters at most.": "发言不能为空，最多 {} 个字符。",
    "The speaker's name is empty.": "发言人的姓名是空的。",
    "Turn {} of {} says something else by now; look at it again.": "发言 #{} 已经改过，请重新查看。",
    "The {} has {} characters; it may have {}.": "这一项有 {1} 个字符，最多 {2} 个。",
    "There is no speaker {} in {}; known are: {}.": "没有发言人{0}；有的是：{2}。",
    "{} is no role; {}'s role must be one of {}.": "没有{0}这种身份；可用的是：{2}。",
    "The new name of {} is empty; write {}.name=NAME.": "{}的新姓名是空的。",
    "{} is already a speaker of {}; if both are one person, write merge:{}={}.": (
        "{}已经是发言人；如果是同一个人，请选“与此人为同一人”。"
    ),
    "{} may be {} in {}; name one.": "{}可能是{}，请指明一位。",
}
