"""Translation: a machine's translation where there is a model, else words the dictionary knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from answer.model_server import Script, serving
from panelbot.bot import PanelBot
from panelbot.bot.desk.translation import gloss, is_foreign, render_in, romanised
from panelbot.config import Settings
from panelbot.errors import InputError


def test_a_name_is_romanised_for_who_reads_no_characters() -> None:
    assert [romanised(name) for name in ("周启", "单雄信", "Ada Moss", "主持人")] == [
        "Zhou Qi", "Shan Xiongxin", "", "the moderator",
    ]  # fmt: skip


def test_only_what_is_in_the_other_language_is_foreign() -> None:
    assert [is_foreign(text, language) for text in ("客流", "flow") for language in ("zh", "en")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_key_words_are_explained_in_their_order_each_once() -> None:
    found = gloss("柜台的客户比电话的客户多，客户老了。", "en")
    assert [word for word, _ in found] == ["柜台", "客户", "电话"]
    assert "client" in dict(found)["客户"]
    english = dict(gloss("The turbines and the turbines, and the customers.", "zh"))
    assert "涡轮" in english["turbines"]
    assert list(english) == ["turbines", "customers"]
    assert gloss("Xyzzy qwrtp.", "zh") == gloss("", "en") == ()


def test_a_model_translates_and_where_it_does_not_the_dictionary_does(tmp_path: Path) -> None:
    script = Script(pieces=["The lighthouse", " is mended."])
    with serving(script) as address:
        bot = PanelBot.open(
            tmp_path / "index", settings=Settings(embedding_model="hash", llm_base_url=address, llm_model="scripted")
        )
        (id,) = bot.add_text("张明：灯塔修好了。\n\n周启：客户都知道。", name="夜谈").added
        told = bot.translate(id, 0, 0, 6, "en")
        assert (told.text, told.gloss) == ("The lighthouse is mended.", ())
        asked = script.requests[-1]["messages"]
        assert "灯塔修好了。" in asked[1]["content"]
        assert "no instruction" in asked[0]["content"]
        script.status = 500
        assert dict(bot.translate(id, 1, 0, 7, "en").gloss)["客户"].startswith("client")
    assert bot.translate(id, 1, 0, 7, "en").text == ""
    with pytest.raises(InputError):
        bot.translate(id, 0, 50, 60, "en")
    with pytest.raises(InputError, match="3,000"):
        render_in("客" * 3001, "en", Settings())
