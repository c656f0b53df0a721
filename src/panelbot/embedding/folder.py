"""The built-in model as a sentence-transformers folder: made from the weights file, sealed, checked.

Does not know where the folder is kept, nor how it is loaded.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from panelbot.embedding.weights import Pieces, Shape, WeightsFile
from panelbot.types import Progress, no_progress

FORMAT = 1  # raise it when what `write_folder` makes changes: older folders are then made again
SEAL = "panelbot.json"
PROMPTS = {"query": "query: ", "document": "passage: "}

# The file's names for the parts of a layer, and BERT's.
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_PARTS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def write_folder(weights: WeightsFile, folder: Path, *, progress: Progress = no_progress) -> None:
    """Write the model into the empty ``folder`` and seal it; ``SentenceTransformer(folder)`` loads it."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    stage = "making the built-in embedding model"
    progress(stage, 0, 4)
    plain = folder / "plain"
    _write_network(weights, plain)
    progress(stage, 1, 4)
    _write_tokenizer(weights.pieces, weights.shape, plain)
    progress(stage, 2, 4)
    transformer = Transformer(str(plain), max_seq_length=weights.shape.positions)
    pooling = Pooling(weights.shape.hidden, pooling_mode="mean")
    model = SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu", prompts=PROMPTS)
    model.save(str(folder), create_model_card=False)
    for file in plain.iterdir():
        file.unlink()
    plain.rmdir()
    progress(stage, 3, 4)
    seal(folder, weights.path)
    progress(stage, 4, 4)


def seal(folder: Path, source: Path) -> None:
    """Record the format, what the folder was made from, and the checksum of each file."""
    record = {"format": FORMAT, "source_bytes": source.stat().st_size, "files": _checksums(folder)}
    (folder / SEAL).write_text(json.dumps(record, indent=1, sort_keys=True), encoding="utf-8")


def is_sound(folder: Path, source: Path) -> bool:
    """Whether ``folder`` is whole, of this format and made from ``source``. Reads every byte (about 0.3 s)."""
    try:
        record = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    expected = {"format": FORMAT, "source_bytes": source.stat().st_size, "files": _checksums(folder)}
    return record == expected


def _checksums(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != SEAL:
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _write_network(weights: WeightsFile, folder: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel

    shape = weights.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=weights.pieces.pad,
        bos_token_id=weights.pieces.bos,
        eos_token_id=weights.pieces.eos,
    )
    with torch.device("meta"):  # no time spent on random numbers that are replaced at once
        network = BertModel(config)
    state = {_bert_name(name): values for name, values in weights.tensors()}
    # The file has no pooler, and mean pooling needs none; zeros keep the loader from drawing random ones.
    state |= {
        name: np.zeros(like.numel(), np.float32) for name, like in network.state_dict().items() if "pooler" in name
    }
    tensors = {name: torch.from_numpy(state[name]).reshape(like.shape) for name, like in network.state_dict().items()}
    network.load_state_dict(tensors, assign=True)
    network.save_pretrained(folder)


def _bert_name(name: str) -> str:
    if name in _EMBEDDING_PARTS:
        return _EMBEDDING_PARTS[name]
    layer, part, kind = name.split(".")  # l3.ao.w
    return f"encoder.layer.{layer[1:]}.{_LAYER_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def _write_tokenizer(pieces: Pieces, shape: Shape, folder: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    names = [text for text, _ in pieces.pieces]
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_unigram(pieces),
        bos_token=names[pieces.bos],
        cls_token=names[pieces.bos],
        eos_token=names[pieces.eos],
        sep_token=names[pieces.eos],
        pad_token=names[pieces.pad],
        unk_token=names[pieces.unk],
        model_max_length=shape.positions,
        model_input_names=["input_ids", "attention_mask"],
    )
    tokenizer.save_pretrained(folder)


def _unigram(pieces: Pieces) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    names = [text for text, _ in pieces.pieces]
    tokenizer = Tokenizer(models.Unigram(list(pieces.pieces), unk_id=pieces.unk, byte_fallback=False))
    # The model was trained on text normalised so: NFKC that spares the full-width tilde, no control characters,
    # and one space for every run of white or zero-width ones. The file's own map, character by character, agrees.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\x01-\x08\x0b\x0e-\x1f\x7f\u008f\u009f]"), ""),
            normalizers.Replace("～", "\ue000"),
            normalizers.NFKC(),
            normalizers.Replace("\ue000", "～"),
            normalizers.Replace(Regex("[\\s\u200b-\u200f▁\ufeff\ufffd]+"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = (names[pieces.bos], pieces.bos), (names[pieces.eos], pieces.eos)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos[0]} $A {eos[0]}", pair=f"{bos[0]} $A {eos[0]} {eos[0]} $B {eos[0]}", special_tokens=[bos, eos]
    )
    return tokenizer
