"""The oracle of each repository: what its files are, which of them are transcripts, and what cuts them into pieces.

Knows nothing of how panelbot reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from benchmarks.reading import fresh, later, minutes, records
from benchmarks.reading.pieces import Oracle, Piece

_TAG = r"^(?!.*agenda).*(telcons|telecons|raw-minutes|tokyo|london).*\.md$"
_PRESS = (
    r"_(899|1078|1900|3057|3786|4004|5524|7078|7079|13235|13334|13570|15684|15710|15743|15771|15972|17616|18029|18632"
    r"|20691|20755|21370|22379|23045|23284|25158|29073|29408|36400|36504|36742|48413)\.md$"
)
_TALKS = r"^(?!bitcoin-core-dev-tech).*(?<!\.\w\w)\.md$"
_POSTS = (
    r"^_posts/20\d\d-\d\d-\d\d-(GaoYan-NewsWeekly|GaoYan-ThreeTeachers-Guyulab|Myzaker-LiYouyou|WangAo-CaiXin|Goldman|xi-bei"
    r"|Wangyi-meirirenwu-GuHaibing|pku-president|Zhou-baosong-egg-with-dignity|mei-tong-she|gezhaoguang-wenge|NHC|zang-qi-yu"
    r"|renkoubaoweizhan|ngocn-interview-zhangqianfan|zhong-chan-ta-xian|Wan-Pan-Tao-chongyuan|xueguang-zhou"
    r"|conversation-to-huawei-former-staff|interview-wuhan-doctor)\.md$"
)
_SHORT_FLIGHTS = r"^missions/(?!a8/|a13/|g4/|a11/transcripts/TEC).*/transcripts/(TEC|ATG|CM|PAO|en)$"


def _of(kind: str, language: str, paths: str, cut: Callable[[str], Iterable[Piece]]) -> Oracle:
    return Oracle(kind=kind, language=language, paths=paths, cut=cut)


ORACLES: dict[str, Oracle] = {
    "tc39+notes": Oracle(
        kind="standards minutes", language="en", paths=r"meetings/.*\.md$", cut=minutes.tc39, persons=minutes.attendance
    ),
    "siuying+legco-hansard-parser": _of("parliament", "zh", r"data/txt/.*\.txt$", records.legco),
    "g0v+ly-gazette": Oracle(
        kind="parliament",
        language="zh",
        paths=r"8/\d/[A-Z]{3}/\d+\.txt$",
        cut=records.gazette,
        persons=records.gazette_persons,
    ),
    "graphql+graphql-wg": _of("standards minutes", "en", r"notes/\d+/.*\.md$", minutes.minutes),
    "WebAssembly+meetings": _of("standards minutes", "en", r"(main|wasi|stack|gc)/20.*\.md$", minutes.minutes),
    "ethereum+pm": _of("project calls", "en", r"AllCoreDevs-(EL|CL)-Meetings/.*\.md$", minutes.dev_calls),
    "ethereum+pm-vtt": _of("meeting product, VTT", "en", r"transcript.*\.vtt$", records.vtt),
    "jlkeet+pacific-hansard": _of("parliament, HTML", "en", r"Cook Islands/.*part\d+\.html$", records.cook),
    "bitcointranscripts+bitcointranscripts": _of("talks and podcasts", "en", _TALKS, records.bitcoin),
    "rcchan+irancontra": _of("congressional hearings, HTML", "en", r"transcripts/.*php$", records.hearing_page),
    "cannonQ+ergo-transcripts": _of("project calls, ASR", "en", r"calls/.*_transcript\.txt$", records.calls),
    "thechangelog+transcripts": _of("podcasts", "en", r"\.md$", records.podcast),
    "w3c-ccg+meetings": _of("IRC logs", "en", r"irc\.log$", minutes.irc),
    "w3c-ccg+meetings-html": _of("standards minutes, HTML", "en", r"index\.html$", minutes.telecon_page),
    "w3ctag+meetings": _of("standards minutes", "en", _TAG, minutes.minutes),
    "w3c+did-wg": _of("standards minutes", "en", r"_minutes/.*md$", minutes.did),
    "w3c+webextensions": _of("standards minutes", "en", r"_minutes/.*md$", minutes.wecg),
    "gisbi-kim+roboticists-oral-history": _of("interviews", "en", r"ethw_source_eng/.*md$", records.oral_history),
    "kaljuvee+earnings-calls": _of("earnings calls", "en", r"transcripts/.*md$", records.earnings),
    "httpwg+wg-materials": _of("standards minutes", "en", r"(minutes|notes).*md$", minutes.minutes),
    "quicwg+wg-materials": _of("standards minutes", "en", r"minutes.*md$", minutes.minutes),
    "walkerdb+supreme_court_transcripts": _of("court, JSON", "en", r"cases/.*-t\d+\.json$", records.oyez),
    "audreyt+archive.tw": _of("public meetings, Akoma Ntoso", "zh", r"\.an\.xml$", records.akoma),
    "w3c+pm-wg": _of("standards minutes, HTML", "en", r"minutes/.*html$", later.scribed_page),
    "w3c+wot": _of("standards minutes", "en", r"minutes/(main|td)/.*Readme\.md$", later.scribed_notes),
    "ChatPRD+lennys-podcast-transcripts": _of("podcasts", "en", r"/transcript\.md$", later.stamped_podcast),
    "Yale-LILY+QMSum": _of("committees and meetings, JSON", "en", r"data/(Comm|Acad).*/all/.*json$", later.named_json),
    "norrin302+fairfax-council-transcripts": _of(
        "city council, ASR, JSON", "en", r"transcripts_structured/\w.*json$", later.named_json
    ),
    "dspinellis+oral-history-of-unix": _of("interviews, HTML", "en", r"mike/transcripts/.*htm$", later.tab_interview),
    "uidaholib+oral-history-collections-template": _of(
        "interviews, CSV", "en", r"transcripts/.*csv$", later.spreadsheet
    ),
    "Virtual-Coffee+podcast-transcripts": _of("podcasts, SRT", "en", r"episodes/.*srt$", later.subtitles),
    "hkarchivist+hkcnews-article-archive": Oracle(
        kind="press interviews", language="zh", paths=_PRESS, cut=later.press_zh, persons=later.press_names
    ),
    "plantree+renzhengfei-speeches": _of(
        "company seminars", "zh", r"speeches/.*(采访|座谈|会谈|对话|交流|问答|专访|访谈).*\.md$", later.talks_zh
    ),
    "solid+specification": Oracle(
        kind="standards minutes",
        language="en",
        paths=r"meetings/\d.*\.md$",
        cut=later.initialled,
        persons=minutes.attendance,
    ),
    "pzponge+Yestoday": Oracle(
        kind="shareholder meetings",
        language="en",
        paths=r"\d_Annual_Meeting\.md$",
        cut=later.shareholders,
        persons=later.both_languages,
    ),
    "JRF-tw+nationwide_judicial_reform_meeting": Oracle(
        kind="national conference",
        language="zh",
        paths=r"^1999/(all-\d|group\d-\d|prepare-\d)\.md$",
        cut=fresh.judicial,
        persons=fresh.judicial_persons,
    ),
    "Terminus2049+Terminus2049.github.io": _of("press interviews", "zh", _POSTS, fresh.press_posts),
    "jacksonllee+pycantonese": Oracle(
        kind="conversations, CHAT",
        language="zh",
        paths=r"data/(hkcancor|cantomap)/.*\.cha$",
        cut=fresh.chat_corpus,
        persons=fresh.chat_names,
    ),
    "JoJoJoinme+BYM-Podcast-Text-Transcribe": _of("meeting product, ASR", "zh", r"^文字稿/.*\.txt$", fresh.feishu),
    "unicode-org+message-format-wg": Oracle(
        kind="standards minutes",
        language="en",
        paths=r"^meetings/20.*\.md$",
        cut=fresh.message_format,
        persons=fresh.message_format_names,
    ),
    "DataTalksClub+datatalksclub.github.io": Oracle(
        kind="podcasts, YAML",
        language="en",
        paths=r"^_podcast/.*\.md$",
        cut=fresh.podcast_yaml,
        persons=fresh.doubled_names,
    ),
    "LapisLiozuli+Transcripts-of-QuiltMC-Dev-Meeting": _of(
        "project calls", "en", r"^TranscriptQDM.*\.md$", fresh.game_meeting
    ),
    "OpenDemocracyManitoba+Winnipeg-Hansard-Parser": _of(
        "city council, HTML", "en", r"^hansard_html/(2013-(01-30|02|03|04|06|09|11-06)|2014-0[14])", fresh.council_page
    ),
    "mytakedotorg+us-presidential-debates": _of(
        "debates", "en", r"^ingredients/(1960|1992|2016|2020)/.*\.said$", fresh.debate
    ),
    "Spacelog+Spacelog": _of("radio traffic", "en", _SHORT_FLIGHTS, fresh.air_to_ground),
    "ufal+europarlmin": _of("parliament, SGML", "en", r"^(train|dev|test)/.*/ep-.*\.txt$", fresh.europarl),
    "NathanDuran+Switchboard-Corpus": _of(
        "telephone, columns", "en", r"^swda_data/(train|val|test)/\d+\.txt$", fresh.telephone
    ),
}
"""By ``owner+name`` of the repository."""
