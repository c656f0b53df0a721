"""The built-in model as a sentence-transformers folder, made from the weights file, and what tells it from others.

Does not know where the folder is kept, nor how it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.fingerprint import HEAD, fingerprint
from panelbot.embedding.pieces import frame
from panelbot.embedding.quiet import quiet_transformers
from panelbot.embedding.weights import Pieces, Shape, WeightsFile

FORMAT = 1  # raise it when what `write_folder` makes changes: older folders are then made again
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


def write_folder(weights: WeightsFile, folder: Path) -> None:
    """Write the model into the empty ``folder``; ``SentenceTransformer(folder)`` loads it."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    plain = folder / "plain"
    with quiet_transformers():
        _write_network(weights, plain)
        _write_tokenizer(weights.pieces, weights.shape, plain)
        transformer = Transformer(str(plain), max_seq_length=weights.shape.positions)
        pooling = Pooling(weights.shape.hidden, pooling_mode="mean")
        model = SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu", prompts=PROMPTS)
        model.save(str(folder), create_model_card=False)
    for file in plain.iterdir():
        file.unlink()
    plain.rmdir()


def identity(weights: WeightsFile, query_prompt: str | None, passage_prompt: str | None) -> str:
    """The fingerprint of the folder's model with the prompts given, without making it: an index fits either runtime."""
    tensors = sorted(_beginnings(weights), key=lambda tensor: tensor[0])
    return fingerprint(PROMPTS, (query_prompt, passage_prompt), weights.shape.positions, tensors)


def _beginnings(weights: WeightsFile) -> Iterator[tuple[str, tuple[int, ...], NDArray[np.float32]]]:
    hidden, zeros = weights.shape.hidden, np.zeros(HEAD, np.float32)
    yield "0.model.pooler.dense.weight", (hidden, hidden), zeros
    yield "0.model.pooler.dense.bias", (hidden,), zeros
    for name, count in weights.counts().items():
        # A matrix maps from the hidden states or to them; the other side is what is left of its numbers.
        columns = weights.shape.feed_forward if name.endswith(".fo.w") else hidden
        matrix = (name.endswith(".w") and "ln." not in name) or name in _TABLES
        yield (
            f"0.model.{_bert_name(name)}",
            (count // columns, columns) if matrix else (count,),
            weights.head(name, HEAD),
        )


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


_TABLES = ("emb.word", "emb.pos", "emb.type")


def _write_tokenizer(pieces: Pieces, shape: Shape, folder: Path) -> None:
    from tokenizers import models
    from transformers import PreTrainedTokenizerFast

    names = pieces.texts
    pairs = list(zip(names, pieces.scores.tolist(), strict=True))
    unigram = models.Unigram(pairs, unk_id=pieces.unk, byte_fallback=False)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=frame(pieces, unigram, {id: id for id in (pieces.bos, pieces.eos)}),
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
