"""Settings come from four places in order; what cannot be meant is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelbot.config import Settings, load_settings
from panelbot.errors import ConfigError


def test_each_source_overrides_the_one_before_it(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_text('k = 3\nbatch_size = 7\nllm_model = "from file"\n', encoding="utf-8")
    environ = {"PANELBOT_BATCH_SIZE": "9", "PANELBOT_LLM_MODEL": "from env", "HOME": "/"}
    settings = load_settings(file, environ=environ, overrides={"llm_model": "from flag", "k": None})
    assert (settings.k, settings.batch_size, settings.llm_model) == (3, 9, "from flag")


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"PANELBOT_KK": "3"}, "Unknown setting 'kk'"),
        ({"PANELBOT_K": "0"}, "k in the environment .* must be a whole number above 0, not '0'"),
        ({"PANELBOT_K": "many"}, "must be a whole number above 0"),
        ({"PANELBOT_QUERY_TRANSLATION": "perhaps"}, "must be true or false"),
        ({"PANELBOT_RANKER": "magic"}, "must be one of conversation, fusion"),
    ],
)
def test_what_cannot_be_meant_is_named(environ: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load_settings(environ=environ)


def test_a_named_file_must_exist_and_be_toml(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no settings file"):
        load_settings(tmp_path / "none.toml", environ={})
    (tmp_path / "bad.toml").write_text("k = = 3", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.toml cannot be read"):
        load_settings(tmp_path / "bad.toml", environ={})


def test_panelbot_toml_of_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "panelbot.toml").write_text("query_translation = false", encoding="utf-8")
    assert load_settings(environ={}).query_translation is False
    assert load_settings(environ={"PANELBOT_QUERY_TRANSLATION": "yes"}).query_translation is True


def test_a_key_is_never_shown() -> None:
    settings = Settings(llm_api_key="sk-secret")
    assert "sk-secret" not in repr(settings)
    assert "sk-secret" not in str(settings.public())


def test_a_rerankers_point_may_be_below_zero() -> None:
    assert load_settings(environ={"PANELBOT_RERANKER_POINT": "-1.5"}).reranker_point == -1.5
    with pytest.raises(ConfigError, match=r"reranker_point in the environment .* must be a number, not 'nan'"):
        load_settings(environ={"PANELBOT_RERANKER_POINT": "nan"})
