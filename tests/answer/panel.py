"""A small bilingual panel and a plain search over it, for the tests of answers."""

from __future__ import annotations

from dataclasses import replace

from panelbot.answer import answer_question
from panelbot.config import Settings
from panelbot.embedding import HashEmbedder
from panelbot.evidence import gather
from panelbot.match.matcher import Matcher
from panelbot.retrieve import Retrieval, Signals
from panelbot.text import content_words
from panelbot.types import Answer, Hit, Question, Speaker, SpeakerRef, Transcript, Turn
from panelbot.understand.intent import with_intent

ZH = Transcript(
    id="harbour",
    title="海港圆桌",
    language="zh",
    date="2023-04-02",
    speakers=(
        Speaker(name="周敏", role="moderator"),
        Speaker(name="陈国栋", organization="海港银行", title="运营总监", role="panelist", aliases=("陈总",)),
        Speaker(name="林晓", organization="北岸律师事务所", title="合伙人", role="panelist"),
        Speaker(name="赵一鸣", organization="云帆科技", title="CTO", role="panelist"),
    ),
    turns=tuple(
        Turn(index=i, speaker=who, text=text)
        for i, (who, text) in enumerate(
            [
                ("周敏", "欢迎各位来到海港圆桌。我们先谈网点，陈总，网点的客流恢复了吗？"),
                (
                    "陈国栋",
                    "嗯，我们全市有42个网点。到三月为止，网点客流量已经恢复到原来的70%。原因有两个：\n第一是夜间营业。"
                    "第二是社区活动。\n对，大家都很辛苦。",
                ),
                ("周敏", "林律师，今年的破产案件多吗？"),
                ("林晓", "今年破产案件比去年多了三成。刚才陈总说客流恢复了70%，但是我们的客户还没有感觉到。"),
                ("赵一鸣", "合规是第一要素。我们用联邦学习帮助银行评估风险。"),
                ("周敏", "最后请问各位，对数字人民币有什么看法？"),
                ("周敏", "时间到了，我们今天就到这里。希望海港的灯一直亮着，谢谢大家。"),
            ]
        )
    ),
)

EN = Transcript(
    id="mill",
    title="The old mill",
    language="en",
    speakers=(
        Speaker(name="Ruth Adeyemi", role="moderator"),
        Speaker(name="Tom Varga", organization="Millbank Trust", title="Director", role="panelist"),
        Speaker(name="Priya Nair", organization="Lowland Rail", title="Head of Planning", role="panelist"),
    ),
    turns=tuple(
        Turn(index=i, speaker=who, text=text)
        for i, (who, text) in enumerate(
            [
                ("Ruth Adeyemi", "Welcome. Tom, what will the old mill become?"),
                ("Tom Varga", "Um, the mill will become a library. We have raised 1,200,000 pounds so far. Okay."),
                (
                    "Priya Nair",
                    "The station opens in September 2025. Tom said the mill will be a library.",
                ),
                ("Tom Varga", "The river wall needs repair before the library can open."),
            ]
        )
    ),
)

PANELS = {t.id: t for t in (ZH, EN)}
EMBEDDER = HashEmbedder()


def ask(
    text: str, *names: str, kind: str = "content", language: str = "zh", panel: Transcript = ZH, **changes
) -> Question:
    """A question as if understood, about the speakers called ``names``."""
    speakers = tuple(
        SpeakerRef(transcript_id=panel.id, name=s.name, organization=s.organization, title=s.title)
        for s in (panel.speaker(name) for name in names)
    )
    question = Question(original=text, text=text, topic=text, language=language, kind=kind, speakers=speakers)
    return with_intent(replace(question, **changes))


def find(question: Question, panel: Transcript = ZH, k: int = 4) -> Retrieval:
    """Turns by shared words, within the question's speakers, and signals as a search of such strength has them."""
    wanted = set(content_words(question.topic))
    names = {ref.name for ref in question.speakers}
    said = [turn for turn in panel.turns if not names or turn.speaker in names]
    scored = [(len(wanted & set(content_words(turn.text))), turn) for turn in said]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].index))[:k]
    share = best[0][0] / len(wanted) if best else 0.0
    return found(tuple(hit(turn, rank, panel, score=n) for rank, (n, turn) in enumerate(best, 1)), share)


def found(hits: tuple[Hit, ...], share: float = 1.0) -> Retrieval:
    """Hits with the signals of a search whose best turn holds ``share`` of the question's words."""
    signals = Signals(
        max_cosine=0.84 + 0.08 * share,
        mean_cosine=0.83,
        cosine_z=3 * share,
        idf_turn=share,
        idf_window=share,
        idf_known=share,
        agreement=0.5,
    )
    return Retrieval(hits=hits, signals=signals)


def hit(turn: Turn, rank: int, panel: Transcript = ZH, *, score: float = 1.0) -> Hit:
    """A whole turn as a hit."""
    return Hit.of(panel, turn, rank=rank, score=score)


def answer_from(question: Question, retrieval: Retrieval, panels=PANELS, settings=None, *, search=None) -> Answer:
    """The answer to ``question`` made of ``retrieval``, and of what ``search`` finds of others and of each speaker."""
    matcher = Matcher(question, EMBEDDER)
    evidence = gather(question, retrieval, panels, matcher, search=search)
    return answer_question(question, evidence, panels, settings or Settings(), matcher)
