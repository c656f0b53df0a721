"""The settings, and where they come from: defaults < panelbot.toml < PANELBOT_* < flags.

Settings are passed to what needs them; nothing here is global, and nothing here loads a model.
"""

from __future__ import annotations

import math
import os
import tomllib
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from panelbot.errors import ConfigError

SECRETS = frozenset({"catalogue", "milvus_token", "llm_api_key", "embedding_api_key", "reranker_api_key"})
CACHE = "PANELBOT_CACHE"  # where models are made: no setting of an index


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default. Lengths in characters, times in seconds."""

    # The embedding model: "builtin", "hash" (no model: tests and dry runs), a hub id, a folder, or "openai:MODEL" of
    # the server at embedding_base_url (OpenAI's own where that is empty).
    embedding_model: str = "builtin"
    embedding_base_url: str = ""
    embedding_api_key: str = ""
    embedding_timeout: float = 60.0
    query_prompt: str | None = None  # None: the model's own
    passage_prompt: str | None = None
    device: str = "cpu"
    batch_size: int = 32
    passage_chars: int = 320  # a longer turn is split at paragraph and sentence ends
    # Reading: what a speaker's label is, where a file's form does not say it; by file name under [reading.files]
    speaker_pattern: str = ""
    speaker_patterns: tuple[tuple[str, str], ...] = ()
    # Retrieval
    ranker: Literal["conversation", "fusion"] = "conversation"
    query_translation: bool = True  # translate question words into the corpus's vocabulary
    reader: bool = True  # the built-in reader decides, of a question and the best passages, whether they answer
    reranker: str = ""  # a sentence-transformers CrossEncoder, by hub id or folder, or "rerank:MODEL" of a service
    reranker_base_url: str = ""  # of the service: its /rerank is asked
    reranker_api_key: str = ""
    reranker_timeout: float = 10.0
    reranker_point: float | None = None  # its score from which on there is an answer: panelbot evaluate --calibrate
    n_candidates: int = 200
    k: int = 8
    # Where transcripts are kept: in the index folder where it is empty, or in postgresql://USER@HOST/NAME, which other
    # machines may share
    catalogue: str = ""
    # Where vectors are searched: files of the index folder, or Milvus, which other machines may share
    engine: Literal["local", "milvus"] = "local"
    milvus_uri: str = ""  # a server's address, or a file for its embedded edition; empty for a server on this machine
    milvus_token: str = ""
    milvus_prefix: str = "panelbot"  # of its collections' names, which end with the index's own
    # Answers
    max_sentences: int = 4
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: str = ""
    llm_timeout: float = 60.0

    def __repr__(self) -> str:
        shown = (
            f"{f.name}={'***' if f.name in SECRETS and getattr(self, f.name) else repr(getattr(self, f.name))}"
            for f in fields(self)
        )
        return f"Settings({', '.join(shown)})"

    def pattern_for(self, file: Path) -> str:
        """The speaker pattern for ``file``: that of the first file name that fits it, else the one for all files."""
        fitting = (pattern for names, pattern in self.speaker_patterns if file.match(names))
        return next(fitting, self.speaker_pattern)

    def public(self) -> dict[str, Any]:
        """The settings as plain values, secrets masked: for reports and logs."""
        return {
            f.name: "***" if f.name in SECRETS and getattr(self, f.name) else getattr(self, f.name)
            for f in fields(self)
        }


def load_settings(
    path: str | Path | None = None,
    *,
    overrides: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Defaults, then the TOML file, then ``PANELBOT_*``, then ``overrides`` (None values are no override).

    ``path`` None reads ``panelbot.toml`` of the working directory where there is one.

    Raises:
        ConfigError: an unknown key, an impossible value, or a named file that cannot be read.
    """
    settings = Settings()
    file = Path(path) if path is not None else Path("panelbot.toml")
    if path is not None or file.is_file():
        settings = _apply(settings, _without_tables(_read_toml(file), where=str(file)), where=str(file))
    environ = os.environ if environ is None else environ
    from_env = {
        key[9:].lower(): value for key, value in environ.items() if key.startswith("PANELBOT_") and key != CACHE
    }
    settings = _apply(settings, from_env, where="the environment (PANELBOT_*)")
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    return _apply(settings, given, where="the command line")


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"There is no settings file {file}; create it or leave out --config.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"The settings file {file} cannot be read: {error}.") from None


def _without_tables(values: dict[str, Any], *, where: str) -> dict[str, Any]:
    """``[reading]`` as settings of their own: ``speaker_pattern``, and ``files`` with patterns by file name."""
    reading = values.pop("reading", {})
    if not isinstance(reading, dict) or not set(reading) <= {"speaker_pattern", "files"}:
        raise ConfigError(f"[reading] in {where} knows speaker_pattern and files, not {', '.join(map(str, reading))}.")
    files = reading.pop("files", {})
    if not isinstance(files, dict) or not all(isinstance(pattern, str) for pattern in files.values()):
        raise ConfigError(f'[reading.files] in {where} has lines such as "council/*.txt" = "(?P<speaker>.+?) - ".')
    return values | reading | ({"speaker_patterns": tuple(files.items())} if files else {})


def _apply(settings: Settings, values: Mapping[str, Any], *, where: str) -> Settings:
    hints = get_type_hints(Settings)
    changed: dict[str, Any] = {}
    for key, value in values.items():
        if key not in hints:
            raise ConfigError(f"Unknown setting {key!r} in {where}; known are: {', '.join(sorted(hints))}.")
        changed[key] = _convert(key, value, hints[key], where=where)
    return replace(settings, **changed)


def _convert(key: str, value: Any, hint: Any, *, where: str) -> Any:
    if get_origin(hint) is tuple:
        if isinstance(value, tuple):
            return value
        raise ConfigError(f"{key} in {where} is written as a table [reading.files] in panelbot.toml.")
    if get_origin(hint) is Literal:
        if value in get_args(hint):
            return value
        raise ConfigError(f"{key} in {where} must be one of {', '.join(get_args(hint))}, not {value!r}.")
    if get_origin(hint) is types.UnionType:
        if value is None:
            return None
        hint = next(option for option in get_args(hint) if option is not type(None))
    try:
        return _convert_plain(value, hint, signed=key in _SIGNED)
    except ValueError:
        name = "a number" if key in _SIGNED else _NAMES[hint]
        raise ConfigError(f"{key} in {where} must be {name}, not {value!r}.") from None


_SIGNED = frozenset({"reranker_point"})
_NAMES = {bool: "true or false", int: "a whole number above 0", float: "a number above 0", str: "a text"}
_BOOLEANS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


def _convert_plain(value: Any, hint: type, *, signed: bool) -> Any:
    if hint is bool:
        if isinstance(value, bool):
            return value
        if str(value).casefold() not in _BOOLEANS:
            raise ValueError(value)
        return _BOOLEANS[str(value).casefold()]
    if isinstance(value, bool) or (hint is str and not isinstance(value, str)):
        raise ValueError(value)
    if hint is str:
        return value
    number = float(value) if hint is float else int(value)
    if not (number > 0 or (signed and math.isfinite(number))):
        raise ValueError(value)
    return number
