"""A person's own pattern says what a label is; what cannot be one is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelbot.config import load_settings
from panelbot.errors import ConfigError, InputError
from panelbot.readers import read_text

TEXT = "<00:03> kelp says hello to all.\n<00:09> Bo says so do I.\nand a second line.\n<00:15> kelp says bye."
PATTERN = r"<(?P<time>[\d:]+)> (?P<speaker>\w+) says "


def test_the_pattern_decides_where_it_is_given() -> None:
    turns = read_text(TEXT, name="a.txt", speaker_pattern=PATTERN).transcript.turns
    assert [(turn.speaker, turn.text, turn.start) for turn in turns] == [
        ("kelp", "hello to all.", 3.0),
        ("Bo", "so do I.\nand a second line.", 9.0),
        ("kelp", "bye.", 15.0),
    ]


@pytest.mark.parametrize(("pattern", "fault"), [("(", "no regular expression"), (r"(\w+):", "names no speaker")])
def test_a_pattern_that_is_none_is_one_sentence(pattern: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        read_text(TEXT, name="a.txt", speaker_pattern=pattern)


def test_the_settings_have_one_for_all_files_and_some_by_name(tmp_path: Path) -> None:
    file = tmp_path / "panelbot.toml"
    file.write_text("[reading]\nspeaker_pattern = 'a'\n[reading.files]\n\"council/*.txt\" = 'b'\n", encoding="utf-8")
    settings = load_settings(file, environ={})
    assert settings.pattern_for(Path("x/council/1.txt")) == "b"
    assert settings.pattern_for(Path("x/other/1.txt")) == "a"
    file.write_text("[reading]\npattern = 'a'\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="reading"):
        load_settings(file, environ={})
