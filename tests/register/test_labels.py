"""What speaker labels tell."""

from __future__ import annotations

import pytest

from panelbot.register.labels import is_placeholder, parse_label


@pytest.mark.parametrize(
    ("label", "name", "organization", "title", "role"),
    [
        ("沈志峰", "沈志峰", "", "", "unknown"),
        ("柏　亮", "柏亮", "", "", "unknown"),
        ("沈志峰（江苏银行）", "沈志峰", "江苏银行", "", "unknown"),
        ("沈志峰(江苏银行运营部总经理)", "沈志峰", "江苏银行", "运营部总经理", "unknown"),
        ("江苏银行运营部总经理沈志峰", "沈志峰", "江苏银行", "运营部总经理", "unknown"),
        ("沈志峰 江苏银行", "沈志峰", "江苏银行", "", "unknown"),
        ("主持人 李四", "李四", "", "", "moderator"),
        ("主持人李四", "李四", "", "", "moderator"),
        ("李四（主持人）", "李四", "", "", "moderator"),
        ("主持人（柏亮）", "柏亮", "", "", "moderator"),
        ("张三（线上）", "张三", "", "", "unknown"),
        ("Jane Doe (CTO, Acme)", "Jane Doe", "Acme", "CTO", "unknown"),
        ("Jane Doe (Moderator)", "Jane Doe", "", "", "moderator"),
        ("Moderator: Jane Doe", "Jane Doe", "", "", "moderator"),
        ("Jane Doe - Moderator", "Jane Doe", "", "", "moderator"),
        ("Jane Doe | Banco Sur", "Jane Doe", "Banco Sur", "", "unknown"),
        ("Dr. Jane Doe", "Jane Doe", "", "", "unknown"),
    ],
)
def test_label_tells_the_person(label: str, name: str, organization: str, title: str, role: str) -> None:
    parsed = parse_label(label)
    told = (parsed.name, parsed.affiliation.organization, parsed.affiliation.title, parsed.role)
    assert told == (name, organization, title, role)
    assert not parsed.placeholder


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("发言人3", "unknown"),
        ("说话人 12", "unknown"),
        ("Speaker 2", "unknown"),
        ("SPEAKER_01", "unknown"),
        ("Unknown Speaker", "unknown"),
        ("主持人", "moderator"),
        ("Moderator", "moderator"),
        ("嘉宾A", "panelist"),
        ("观众1", "audience"),
        ("Audience Member 3", "audience"),
    ],
)
def test_placeholder_keeps_its_label_and_role(label: str, role: str) -> None:
    parsed = parse_label(label)
    assert (parsed.placeholder, parsed.name, parsed.role) == (True, label, role)


@pytest.mark.parametrize(
    "label", ["Project Manager", "Grad C", "Professor E", "Marketing", "王老师", "Amanda", "李总", "Hefin David AM"]
)
def test_a_label_in_no_known_form_is_the_name(label: str) -> None:
    assert parse_label(label).name == label
    assert not is_placeholder(label)
