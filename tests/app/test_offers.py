"""Offers are whole questions: the words that pointed at somebody replaced by a name."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from fakes.panel_bot import PANEL, FakeBot, pointing
from panelbot.app.conversation import Entry
from panelbot.app.views.answer import exchange_view
from panelbot.app.views.offers import Offer, instead, speakers_of
from panelbot.types import Answer, Citation, SpeakerRef

ADA = SpeakerRef(transcript_id="harbour", name="Ada Moss", organization="Tidal Pay")
ALL = {PANEL.id: PANEL}
QUERY = "主持人问银行的客流"


def offers(answer: Answer, query: str) -> list[str]:
    view = exchange_view(Entry(query=query, answer=answer), key="k", transcripts=ALL, language="en")
    return re.findall(r'data-query="([^"]*)"', view)


def test_the_words_of_a_reference_are_replaced_where_they_stand() -> None:
    reference = pointing(QUERY, PANEL)[0]
    answer = Answer(status="answered", text="", question=QUERY, references=(reference,))
    assert instead(QUERY, answer, reference, ADA) == Offer(query="主持人问Ada Moss的客流")
    elsewhere = replace(reference, start=0, end=2)
    assert instead(QUERY, answer, elsewhere, ADA) == Offer(query="主持人问Ada Moss的客流")


def test_a_reference_of_the_standalone_wording_is_replaced_there() -> None:
    reference = pointing("银行的客流怎么样", PANEL)[0]
    answer = Answer(status="answered", text="", question="银行的客流怎么样", references=(reference,))
    assert instead("怎么样", answer, reference, ADA) == Offer(query="Ada Moss的客流怎么样")


def test_without_words_to_replace_the_question_is_narrowed() -> None:
    answer = Answer(status="not_by_speaker", text="", question="她怎么说")
    assert instead("她怎么说", answer, None, ADA) == Offer(query="她怎么说", speaker="Ada Moss")


def test_a_reference_offers_the_others_of_the_same_panel() -> None:
    bot = FakeBot()
    assert offers(bot.ask("银行的客流"), "银行的客流") == ["Ada Moss的客流", "林澜的客流"]


@pytest.mark.parametrize(
    ("status", "fields", "names"),
    [
        ("ambiguous_speaker", {"candidates": (ADA,)}, ["Ada Moss"]),
        ("not_by_speaker", {"discussed_by": (ADA,)}, ["Ada Moss"]),
        ("unknown_speaker", {}, ["周启", "Ada Moss", "林澜"]),
        ("not_discussed", {}, []),
        ("asked_not_answered", {}, []),
    ],
)
def test_each_no_offers_what_is_nearest(status: str, fields: dict[str, object], names: list[str]) -> None:
    answer = Answer(status=status, text="。", question="她怎么说", **fields)  # type: ignore[arg-type]
    view = exchange_view(Entry(query="她怎么说", answer=answer), key="k", transcripts=ALL, language="en")
    assert re.findall(r'data-only="([^"]*)"', view) == names
    assert f'data-status="{status}"' in view
    assert 'class="pb-verdict"' in view


def test_speakers_come_panel_first() -> None:
    assert [ref.name for ref in speakers_of([PANEL])] == ["周启", "Ada Moss", "林澜"]


def test_only_markers_with_a_citation_become_chips() -> None:
    cited = Citation(number=1, transcript_id="harbour", turn=1, speaker="周启", quote="网点", start=0, end=2)
    answer = Answer(status="answered", text="甲[1]乙[2]\n丙[1]", question="q", citations=(cited,))
    view = exchange_view(Entry(query="q", answer=answer), key="k", transcripts=ALL, language="en")
    assert view.count("pb-chip") == 2
    assert "乙[2]" in view
