"""The performer, untrained: what it is told counts, what is known is held, and its eye finds places in pictures of any size."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from dramatis.conditioning.windows import PHASES
from dramatis.models import checkpoints, performer
from dramatis.models.generator import Script
from dramatis.models.performance import BODY, NUMBERS
from dramatis.models.performer import Cue, Performer, PerformerConfig

FRAMES, WORDS, FEATURES = 5, 3, 6
CONFIG = PerformerConfig(WORDS, PHASES, 4 * FEATURES, channels=8, dim=16, num_heads=2, num_layers=1)


@pytest.fixture(scope="module")
def actor() -> Performer:
    torch.manual_seed(0)
    return Performer(CONFIG).eval()


def cue(batch: int = 1) -> Cue:
    """One word, read by all frames, and a voice."""
    torch.manual_seed(1)
    tokens, reads = torch.full((batch, 1), 2), torch.ones(batch, FRAMES, 1, dtype=torch.bool)
    voice, hears = torch.rand(batch, FRAMES, 4, FEATURES), torch.ones(batch, dtype=torch.bool)
    nothing = torch.zeros(batch, FRAMES, 4, len(NUMBERS))
    script = Script(tokens, reads, torch.zeros(batch, FRAMES, 1, PHASES), voice, hears, nothing, torch.zeros(batch, 0))
    return Cue(script, nothing, torch.zeros(batch, FRAMES, 4, dtype=torch.bool))


def acted(actor: Performer, told: Cue) -> Tensor:
    noisy = torch.ones_like(told.known)
    with torch.inference_mode():
        return actor(noisy, torch.full((len(noisy),), 0.7), told)


def test_words_voice_and_what_is_known_count(actor: Performer) -> None:
    told = cue()
    known = torch.zeros_like(told.is_known)
    known[:, 0] = True
    others = (
        replace(told, script=replace(told.script, tokens=told.script.tokens + 1)),
        replace(told, script=replace(told.script, speech=told.script.speech + 1)),
        replace(told, script=replace(told.script, hears=~told.script.hears)),
        replace(told, known=torch.ones_like(told.known), is_known=known),
    )
    first = acted(actor, told)
    assert all(float((acted(actor, other) - first).abs().max()) > 1e-4 for other in others)
    hidden = replace(told, known=torch.ones_like(told.known))
    torch.testing.assert_close(acted(actor, hidden), first)


def test_what_is_known_is_held_but_the_camera_is_not(actor: Performer) -> None:
    told, noisy = cue(), torch.randn(1, FRAMES, 4, len(NUMBERS))
    known, is_known = torch.randn_like(noisy), torch.zeros(1, FRAMES, 4, dtype=torch.bool)
    is_known[:, 1] = True
    with torch.inference_mode():
        velocity = actor.velocity(noisy, torch.tensor([0.5]), replace(told, known=known, is_known=is_known))
    data = noisy - 0.5 * velocity
    torch.testing.assert_close(data[:, 1, :, :BODY], known[:, 1, :, :BODY], atol=1e-5, rtol=1e-5)
    assert float((data[:, 1, :, BODY:] - known[:, 1, :, BODY:]).abs().max()) > 0.01
    assert float((data[:, 2] - known[:, 2]).abs().max()) > 0.01


def test_takes_do_not_hear_each_other(actor: Performer) -> None:
    both = cue(2)
    first = Script(*(getattr(both.script, field.name)[:1] for field in fields(Script)))
    alone = Cue(first, both.known[:1], both.is_known[:1])
    torch.testing.assert_close(acted(actor, both)[:1], acted(actor, alone), atol=1e-5, rtol=1e-5)


def test_its_eye_reads_pictures_of_any_size_and_tells_stills_from_films(actor: Performer) -> None:
    for size in ((9, 9), (9, 16), (16, 9)):
        latents = torch.randn(1, CONFIG.channels, *size).expand(2, -1, -1, -1)
        with torch.inference_mode():
            seen = actor.eye(latents, torch.tensor([False, False]))
        assert seen.shape == (2, 4, len(NUMBERS))
        torch.testing.assert_close(seen[0], seen[1])
    actor.eye.moving.data.fill_(1.0)
    with torch.inference_mode():
        assert float(actor.eye(latents, torch.tensor([False, True])).diff(dim=0).abs().max()) > 1e-4


def test_a_checkpoint_is_the_same_performer(actor: Performer, tmp_path: Path) -> None:
    actor.mean.fill_(0.5)
    checkpoints.save(tmp_path / "performer.safetensors", actor)
    again = performer.load(tmp_path / "performer.safetensors")
    assert again.config == CONFIG
    torch.testing.assert_close(acted(again, cue()), acted(actor, cue()), atol=5e-3, rtol=5e-3)
    torch.testing.assert_close(again.standard(again.natural(torch.ones(len(NUMBERS)))), torch.ones(len(NUMBERS)))
