"""What is, and above all what is not, a self-introduction."""

from __future__ import annotations

import pytest

from panelbot.register import self_chinese, self_english
from panelbot.register.self_introduction import SelfIntroduction


def told(text: str) -> list[SelfIntroduction]:
    return [*self_chinese.find(text), *self_english.find(text)]


@pytest.mark.parametrize(
    ("text", "name", "organization", "title"),
    [
        ("大家好，我是江苏银行运营部总经理沈志峰。", "沈志峰", "江苏银行", "运营部总经理"),
        ("大家好我是江苏银行的沈志峰很高兴来到这里", "沈志峰", "江苏银行", ""),
        ("我是来自云图文化的王思文我们公司做音乐", "王思文", "云图文化", ""),
        ("我是滨江市第五中学的朱庆民校长，大家好。", "朱庆民", "滨江市第五中学", "校长"),
        ("我是滨江市实验中学校长叶一生。", "叶一生", "滨江市实验中学", "校长"),
        ("我叫曹杰，是登陆科技的创始人。", "曹杰", "登陆科技", "创始人"),
        ("我的名字叫田大超，我们公司在上海。", "田大超", "", ""),
        ("大家好，我是欧阳娜娜。", "欧阳娜娜", "", ""),
        ("我是加密控股集团副总裁贾佩 Amanda，谢谢。", "贾佩", "加密控股集团", "副总裁"),
        (
            "Hi, I'm Ana Ruiz, chief economist at Banco Sur, and I'm happy to be here.",
            "Ana Ruiz",
            "Banco Sur",
            "chief economist",
        ),
        ("My name is Tom Lee and I'm the CTO of Acme.", "Tom Lee", "Acme", "CTO"),
        ("My name is Tom. I work at Acme as an engineer.", "Tom", "Acme", "engineer"),
        ("I'm Priya Nair with Lumen Health, where I run product.", "Priya Nair", "Lumen Health", ""),
        ("I'm Imogen Tarrow, I edit the Saltmarsh Courier.", "Imogen Tarrow", "Saltmarsh Courier", "editor"),
        ("Hello, this is Jane Doe from The Ledger.", "Jane Doe", "The Ledger", ""),
        ("I 'm Fabien Cardin and uh I guess you can start .", "Fabien Cardin", "", ""),
    ],
)
def test_name_and_affiliation_are_told(text: str, name: str, organization: str, title: str) -> None:
    [one] = told(text)
    facts = (one.name, one.affiliation.organization, one.affiliation.title, one.sure)
    assert facts == (name, organization, title, True)


@pytest.mark.parametrize(
    "text",
    [
        "我是觉得这个事情不对。",
        "我是做投资的，做了十年。",
        "我是说我们可以这样。",
        "大家好，我是江苏人，来上海十年了。",
        "大家好，我是白领。",
        "大家好，我是路人甲。",
        "我是银行的高管，做了二十年。",
        "我是公司的安全主管，管安全。",
        "我是万科总经理。",
        "我是项目经理。",
        "我是董事长顾问，",
        "我是金庸迷。",
        "我是张爱玲的粉丝。",
        "我是陈总的助理。",
        "我是从江苏银行出来的。",
        "我是代表公司来的各位专家。",
        "他说我是张三，你信吗。",
        "如果我是马云，我会怎么做。",
        "我叫马上到，开玩笑。",
        "I'm happy to be here.",
        "I'm Irish.",
        "I'm African American.",
        "I'm OK. I'm Fine.",
        "I'm New York based.",
        "I'm Iron Man.",
        "This is Canada. We are a democracy.",
        "He said I'm Bob Smith.",
        "I'm Mark's boss.",
        "I'm Bank of America's counsel.",
        "I'm Chief Technology Officer at Acme.",
        "I'm Wei.",
        "i'm ana ruiz from banco sur",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert [one.name for one in told(text) if one.sure and one.name] == []


def test_a_name_without_greeting_or_affiliation_needs_another_word() -> None:
    [one] = told("后来的事情我是前周会中齐明杰，对吧。")
    assert (one.name, one.sure) == ("齐明杰", False)


def test_the_moderator_says_so() -> None:
    assert [one.role for one in told("大家好，我是今天的主持人柏亮，来自零壹财经。")] == ["moderator"]
    assert [one.role for one in told("I'm Jane Doe and I'll be your moderator.")] == ["moderator"]


def test_an_affiliation_and_a_form_of_address_may_come_without_a_name() -> None:
    [one] = told("大家好，我是来自滨江市第五中学的朱老师。")
    assert (one.name, one.affiliation.organization, one.aliases) == ("", "滨江市第五中学", ("朱老师",))


def test_the_span_holds_what_was_told() -> None:
    text = "谢谢。我叫曹杰，是登陆科技的创始人，很高兴。"
    [one] = told(text)
    assert text[one.start : one.end] == "我叫曹杰，是登陆科技的创始人"
