"""The text encoder of our own models: a closed vocabulary of English words and Chinese characters, read clause by clause.

A clause's tokens attend to one another alone, with positions within the clause: the same words mean the same wherever they
stand, and a clause with a span of its own (`conditioning/words.py`) can be shown to some frames and hidden from others.
Trained together with the transformer.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn
from torch.nn import functional

from dramatis.models.attention import Attention

_PRIME = 7919  # spreads pairs over their buckets
PADDING, BEGIN = 0, 1
"""Tokens that are no words; a vocabulary's first word is token 2."""
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|[0-9]+|[\u3400-\u9fff]")


@dataclass(frozen=True)
class TextConfig:
    """Architecture and vocabulary, as they stand in a checkpoint's header."""

    vocabulary: tuple[str, ...]
    """English words in small letters and single Chinese characters, in the order of their tokens."""
    dim: int = 192
    num_heads: int = 3
    num_layers: int = 2
    longest: int = 32
    """Places of a clause that are told apart."""

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The token of each word."""
        return {word: number for number, word in enumerate(self.vocabulary, BEGIN + 1)}

    def tokenize(self, clause: str) -> tuple[int, ...]:
        """A clause as the encoder takes it; words that are not in the vocabulary are left out (`unknown` names them)."""
        return (BEGIN, *(self.numbers[word] for word in words_of(clause) if word in self.numbers))

    def unknown(self, clause: str) -> tuple[str, ...]:
        """The words of a clause that are not in the vocabulary, each once."""
        return tuple(dict.fromkeys(word for word in words_of(clause) if word not in self.numbers))


def words_of(clause: str) -> list[str]:
    """English words in small letters, numbers, and Chinese characters one by one; all else is left out."""
    return _WORD.findall(clause.lower())


class TextEncoder(nn.Module):
    """Words in the context of their clause."""

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.config = config
        self.token_embedding = nn.Embedding(len(config.vocabulary) + 2, config.dim)
        self.position_embedding = nn.Embedding(config.longest, config.dim)
        self.layers = nn.ModuleList(TextLayer(config) for _ in range(config.num_layers))
        self.norm = nn.LayerNorm(config.dim)
        nn.init.normal_(self.token_embedding.weight, std=0.2)
        nn.init.normal_(self.position_embedding.weight, std=0.05)

    def forward(self, tokens: Int[Tensor, "b l"]) -> Float[Tensor, "b l d"]:
        """`B L` tokens, each clause opened by `BEGIN`, padded at the end -> `B L dim`; padding gives meaningless rows."""
        begins, place = tokens == BEGIN, torch.arange(tokens.shape[1], device=tokens.device)
        clause = begins.cumsum(1)
        within = place - torch.where(begins, place, 0).cummax(1).values if tokens.shape[1] else tokens
        same = (clause[:, :, None] == clause[:, None]) & (tokens != PADDING)[:, None]
        mask = torch.zeros(same.shape, device=tokens.device).masked_fill(~(same | (place[:, None] == place)), -torch.inf)[:, None]
        x = self.token_embedding(tokens) + self.position_embedding(within.clamp_max(self.config.longest - 1))
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x)


class BagOfWords(nn.Module):
    """Words and pairs of neighbours, each a vector, added up (Joulin et al. 2017, arXiv 1607.01759).

    What a caption says is in single words and in pairs ("red hair", "red shirt"). Attention dilutes them among all the others
    at first; here each has its own vector from the first step on. Of a clause that comes and goes, each word has vectors, too,
    for how far it has come.
    """

    def __init__(self, words: int, dim: int, progress: int, buckets: int = 4096) -> None:
        super().__init__()
        self.words = nn.Embedding(words + 2, dim)
        self.pairs = nn.Embedding(buckets, dim)
        for table in (self.words, self.pairs):
            nn.init.normal_(table.weight, std=0.5)
        self.progress = nn.Embedding(words + 2, progress * dim)
        nn.init.zeros_(self.progress.weight)

    def forward(
        self, tokens: Int[Tensor, "b l"], reads: Bool[Tensor, "b t l"], progress: Float[Tensor, "b t l p"]
    ) -> Float[Tensor, "b t d"]:
        """`B L` tokens; `B T L`, which frame reads which; `B T L P`, how far the clause of each has come -> `B T dim`."""
        before = functional.pad(tokens, (1, 0))[:, : tokens.shape[1]].where(tokens != BEGIN, PADDING)
        pairs = (before * _PRIME + tokens) % self.pairs.num_embeddings
        share = reads.to(self.words.weight.dtype) / reads.sum(-1, keepdim=True).clamp_min(1).sqrt()
        passing = self.progress(tokens).unflatten(2, (progress.shape[-1], -1))
        return share @ (self.words(tokens) + self.pairs(pairs)) + torch.einsum("btl,btlp,blpd->btd", share, progress, passing)


class TextLayer(nn.Module):
    """Attention within the clause and a feed-forward."""

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        dim = config.dim
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attn = Attention(dim, config.num_heads, 1e-6)
        self.ffn = nn.Sequential(nn.Linear(dim, 3 * dim), nn.GELU("tanh"), nn.Linear(3 * dim, dim))

    def forward(self, hidden_states: Float[Tensor, "b l d"], mask: Float[Tensor, "b 1 l l"]) -> Float[Tensor, "b l d"]:
        """`B L dim`, `mask` (added) `B 1 L L`."""
        x = hidden_states + self.attn(self.norm1(hidden_states), mask=mask)
        return x + self.ffn(self.norm2(x))
