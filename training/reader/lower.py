"""Excerpts through the lower layers of the built-in model, with each sentence's tokens. Knows nothing of questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from network import Read
from torch import Tensor

from panelbot.rerank import Excerpt

MAX_TOKENS = 256
MAX_QUESTION = 64


class Lower:
    """The lower layers, loaded from a folder of the built-in model."""

    def __init__(self, bert: Any, tokenizer: Any, n_lower: int) -> None:
        self._bert, self._tokenizer = bert.eval(), tokenizer
        self._bert.encoder.layer = self._bert.encoder.layer[:n_lower]

    def questions(self, texts: Sequence[str]) -> list[Tensor]:
        """Questions as states, float32 (n_tokens, hidden) each."""
        encoded = self._tokenizer(["query: " + text for text in texts], truncation=True, max_length=MAX_QUESTION)
        return self._states(encoded["input_ids"])

    def passages(self, texts: Sequence[Excerpt]) -> list[Read]:
        """Passages as states with their sentences; a sentence beyond the model's reach has an empty span."""
        whole, spans = zip(*map(_joined, texts), strict=True)
        encoded = self._tokenizer(list(whole), truncation=True, max_length=MAX_TOKENS, return_offsets_mapping=True)
        at = [_token_spans(o, s) for o, s in zip(encoded["offset_mapping"], spans, strict=True)]
        states = self._states(encoded["input_ids"])
        return [Read(states=s, sentences=tuple(a)) for s, a in zip(states, at, strict=True)]

    @torch.no_grad()
    def _states(self, ids: Sequence[Sequence[int]]) -> list[Tensor]:
        found: list[Tensor] = [torch.empty(0)] * len(ids)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        for start in range(0, len(order), 16):
            batch = order[start : start + 16]
            x = torch.nn.utils.rnn.pad_sequence([torch.tensor(ids[i]) for i in batch], batch_first=True)
            mask = torch.arange(x.shape[1]) < torch.tensor([len(ids[i]) for i in batch])[:, None]
            states = self._bert(input_ids=x, attention_mask=mask.long()).last_hidden_state
            for row, i in zip(states, batch, strict=True):
                found[i] = row[: len(ids[i])].clone()
        return found


def _joined(text: Excerpt) -> tuple[str, list[tuple[int, int]]]:
    whole, spans = "passage: " + text.lead, []
    for n, sentence in enumerate(text.sentences):
        whole += "" if text.wide or not (n or text.lead) else " "
        spans.append((len(whole), len(whole) + len(sentence)))
        whole += sentence
    return whole, spans


def _token_spans(offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The tokens (first, behind last) of each character span; the first and the last token are the model's own."""
    found: list[tuple[int, int]] = []
    for a, b in spans:
        at = [i for i in range(1, len(offsets) - 1) if offsets[i][1] > a and offsets[i][0] < b]
        found.append((at[0], at[-1] + 1) if at else (0, 0))
    return found


def load_lower(folder: str, n_lower: int) -> tuple[Lower, dict[str, Tensor]]:
    """The lower layers of the model in ``folder``, and the whole model's weights."""
    from transformers import AutoModel, AutoTokenizer

    bert = AutoModel.from_pretrained(folder, local_files_only=True)
    state = {name: value.clone() for name, value in bert.state_dict().items() if name.startswith("encoder.")}
    return Lower(bert, AutoTokenizer.from_pretrained(folder, local_files_only=True), n_lower), state
