from __future__ import annotations

import time
from dataclasses import replace

from evaluation.fakes import make_transcript
from panelbot.evaluation.provenance import StageClock, corpus_checksum, peak_memory, questions_checksum, read_versions
from panelbot.evaluation.questions import GoldQuestion
from panelbot.types import Speaker

PANEL, OTHER = make_transcript("panel", 4), make_transcript("other", 4)


def test_the_corpus_checksum_is_of_words_not_of_order_or_names():
    renamed = replace(PANEL, speakers=(Speaker(name="别人"),), title="new")
    assert corpus_checksum([PANEL, OTHER]) == corpus_checksum([OTHER, renamed])
    turn = replace(PANEL.turns[0], text=PANEL.turns[0].text + "。")
    assert corpus_checksum([PANEL]) != corpus_checksum([replace(PANEL, turns=(turn, *PANEL.turns[1:]))])
    assert corpus_checksum([PANEL]) != corpus_checksum([replace(PANEL, id="panel2")])


def test_the_questions_checksum_is_of_what_is_asked_and_right_not_of_the_file():
    question = GoldQuestion(query_id="a", query="什么?", gold_turns=(1, 2), where="a.jsonl:1")
    other = GoldQuestion(query_id="b", query="谁?")
    moved = replace(question, where="b.jsonl:9", gold_turns=(2, 1))
    assert questions_checksum([question, other]) == questions_checksum([other, moved])
    assert questions_checksum([question]) != questions_checksum([replace(question, gold_turns=(1,))])
    assert questions_checksum([question]) != questions_checksum([replace(question, query="什么")])


def test_stages_are_timed_while_progress_passes_through():
    seen = []
    clock = StageClock(lambda *step: seen.append(step))
    clock("read", 0, 2)
    time.sleep(0.02)
    clock("read", 1, 2)
    clock("embed", 0, 1)
    clock.stop()
    time.sleep(0.02)
    clock("read", 2, 2)
    clock.stop()
    assert seen == [("read", 0, 2), ("read", 1, 2), ("embed", 0, 1), ("read", 2, 2)]
    assert set(clock.seconds) == {"read", "embed"}
    assert 0.02 <= clock.seconds["read"] < 0.2
    assert clock.seconds["embed"] < 0.02


def test_memory_and_versions_are_read():
    assert peak_memory() > 10 * 2**20
    assert {"python", "numpy", "ir-measures"} <= set(read_versions())
