"""Kinds of organisation and job, and romanised names: the facts references rest on."""

from __future__ import annotations

import pytest

from panelbot.people import is_pinyin, romanise_name, split_name
from panelbot.register.kinds import job_kinds, organization_kinds


@pytest.mark.parametrize(
    ("organization", "kind"),
    [
        ("江苏银行", "bank"),
        ("江苏银行股份有限公司", "bank"),
        ("江苏银行运营部", "bank"),
        ("Bank of Jiangsu", "bank"),
        ("Jiangsu Bank", "bank"),
        ("中国银行法学会", "law_society"),
        ("中国银行业协会", "association"),
        ("Jiangsu Bank Research Institute", "research"),
        ("中国人民银行", "central_bank"),
        ("霁川省律师协会金融专业委员会", "law_society"),
        ("北京正衡律师事务所", "law_firm"),
        ("微众信科", "tech"),
        ("小米金融", "finance"),
        ("Ministry of Finance", "government"),
        ("University of Northgate", "university"),
        ("Northgate Law Society", "law_society"),
    ],
)
def test_the_head_of_a_name_says_the_kind(organization: str, kind: str) -> None:
    assert organization_kinds(organization) == {kind}


def test_an_institute_of_a_university_is_both() -> None:
    assert organization_kinds("望津大学银行监管研究所") == {"university", "research"}
    assert organization_kinds("零壹财经·零壹智库") == {"media", "think_tank"}


def test_jobs_by_title() -> None:
    assert "cto" in job_kinds("CTO and co-founder")
    assert "chairman" not in job_kinds("董事长助理")
    assert "president" not in job_kinds("Vice President")
    assert "minister" not in job_kinds("Prime Minister")
    assert job_kinds("理事", "中国银行法学会")["lawyer"] < job_kinds("律师")["lawyer"]


@pytest.mark.parametrize(
    ("name", "romanised"),
    [
        ("沈志峰", "Shen Zhifeng"),
        ("单雄信", "Shan Xiongxin"),
        ("曾国藩", "Zeng Guofan"),
        ("解晓东", "Xie Xiaodong"),
        ("仇和", "Qiu He"),
        ("查志远", "Zha Zhiyuan"),
        ("尉迟海", "Yuchi Hai"),
        ("欧阳修", "Ouyang Xiu"),
        ("吕布", "Lü Bu"),
        ("Tom Harker", "Tom Harker"),
    ],
)
def test_romanised_names(name: str, romanised: str) -> None:
    assert romanise_name(name) == romanised


def test_surnames_and_syllables() -> None:
    assert split_name("欧阳静") == ("欧阳", "静")
    assert split_name("沈志峰") == ("沈", "志峰")
    assert is_pinyin("zhifang")
    assert not is_pinyin("zhifneg")
