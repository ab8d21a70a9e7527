"""The engine with published weights: which network is read from which file, onto which device, in which precision."""

from dataclasses import replace
from functools import partial

import torch

from dramatis.engines.wan.engine import WanEngine
from dramatis.engines.wan.limits import FACTS, limits_of
from dramatis.engines.wan.memory import GB, MemoryPlan, kernels_for, plan_for
from dramatis.engines.wan.residency import TRANSFORMERS, WORDS, Loader, Residency
from dramatis.engines.wan.sampler_settings import settings_of
from dramatis.engines.wan.take_conditions import CODEC, PICTURES, VOICES
from dramatis.engines.wan.weight_files import EncoderFiles
from dramatis.models.published.autoencoder import load_codec
from dramatis.models.published.clip import load_pictures
from dramatis.models.published.identify import PublishedWeights
from dramatis.models.published.loading import load as load_transformer
from dramatis.models.published.umt5 import load_words
from dramatis.models.published.wav2vec2 import load_voices


def load(
    weights: PublishedWeights, files: EncoderFiles, gigabytes: float | None, drafts: bool = False, card: int = 0
) -> WanEngine:
    """The engine; networks are read when they are first used, which raises `EngineError` for files that do not fit.

    `gigabytes` None: as much of the card as is free, and matrices stay as they are stored, so that films of all cards are alike.
    `drafts`: in fewer steps. `card`: its number.
    """
    device, plan = "cpu", plan_for(gigabytes, weights)
    if torch.cuda.is_available():
        device = f"cuda:{card}"
        plan = plan if gigabytes is not None else plan_for(torch.cuda.mem_get_info(card)[0] / GB, weights, eight_bits=False)
        plan = replace(plan, attention=kernels_for(torch.cuda.get_device_capability(card)))
    networks = Residency(_loaders(weights, files, plan), device, plan)
    settings = settings_of(weights)
    limits, settings = limits_of(weights, files, plan), settings.drafted() if drafts else settings
    return WanEngine(weights, networks, limits, settings, FACTS[weights.family])


def _loaders(weights: PublishedWeights, files: EncoderFiles, plan: MemoryPlan) -> dict[str, Loader]:
    """By a network's name, what reads it onto a device. The autoencoder calculates in single precision, as the originals do."""
    half = torch.bfloat16 if torch.cuda.is_available() else torch.float32
    found: dict[str, Loader] = {
        WORDS: partial(load_words, files.words, files.tokens, dtype=half),
        CODEC: partial(load_codec, files.codec, dtype=torch.float32, tile=plan.tile),
    }
    for expert, name in zip(range(len(weights.experts)), TRANSFORMERS, strict=False):
        found[name] = partial(load_transformer, weights, dtype=half, expert=expert)
    if files.pictures is not None:
        found[PICTURES] = partial(load_pictures, files.pictures, dtype=half)
    if files.voices is not None:
        found[VOICES] = partial(load_voices, files.voices, dtype=half)
    return found
