"""The text encoder: a clause means the same wherever it stands."""

import pytest
import torch

from dramatis.models.text_encoder import PADDING, BagOfWords, TextConfig, TextEncoder

CONFIG = TextConfig(("a", "woman", "waves", "red", "hair", "挥", "手"), dim=32, num_heads=2, num_layers=2)


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    torch.manual_seed(0)
    return TextEncoder(CONFIG).eval()


def read(encoder: TextEncoder, *clauses: str, padding: int = 0) -> torch.Tensor:
    tokens = [token for clause in clauses for token in CONFIG.tokenize(clause)]
    with torch.no_grad():
        return encoder(torch.tensor([tokens + [PADDING] * padding]))[0]


def test_english_is_read_by_words_and_chinese_by_characters() -> None:
    assert CONFIG.tokenize("A woman waves,") == (1, 2, 3, 4)
    assert CONFIG.tokenize("挥手。") == (1, 7, 8)


def test_unknown_words_are_named_and_left_out() -> None:
    assert CONFIG.tokenize("a purple woman") == CONFIG.tokenize("a woman")
    assert CONFIG.unknown("a purple 猫 waves, Purple") == ("purple", "猫")


def test_a_clause_means_the_same_wherever_it_stands(encoder: TextEncoder) -> None:
    first, second = read(encoder, "a woman", "red hair"), read(encoder, "red hair", "a woman")
    torch.testing.assert_close(first[:3], second[3:])
    torch.testing.assert_close(first[3:], second[:3])


def test_the_order_of_words_within_a_clause_matters(encoder: TextEncoder) -> None:
    assert (read(encoder, "a red woman")[2] - read(encoder, "red a woman")[1]).abs().max() > 0.01


def test_padding_changes_nothing(encoder: TextEncoder) -> None:
    torch.testing.assert_close(read(encoder, "a woman", "waves", padding=5)[:5], read(encoder, "a woman", "waves"))


def test_no_words_at_all_are_no_tokens(encoder: TextEncoder) -> None:
    assert encoder(torch.zeros(2, 0, dtype=torch.long)).shape == (2, 0, 32)


def test_it_runs_in_half_precision(encoder: TextEncoder) -> None:
    tokens = torch.tensor([CONFIG.tokenize("a woman waves")])
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        half = encoder(tokens)
    torch.testing.assert_close(half.float()[0], read(encoder, "a woman waves"), atol=0.1, rtol=0.1)


def test_pairs_of_words_tell_whose_colour_it_is() -> None:
    config = TextConfig(("red", "blue", "hair", "shirt"), dim=8, num_heads=1, num_layers=1)
    bag_of_words = BagOfWords(len(config.vocabulary), 8, 2).requires_grad_(False)

    def pooled(*clauses: str) -> torch.Tensor:
        tokens = torch.tensor([[token for clause in clauses for token in config.tokenize(clause)]], dtype=torch.long)
        reads = torch.ones(1, 1, tokens.shape[1], dtype=torch.bool)
        return bag_of_words(tokens, reads, torch.zeros(*reads.shape, 2))

    assert torch.allclose(pooled("red hair", "blue shirt"), pooled("blue shirt", "red hair"), atol=1e-5)
    assert not torch.allclose(pooled("red hair", "blue shirt"), pooled("blue hair", "red shirt"), atol=0.1)
    assert not pooled().any()


def test_a_word_may_mean_another_thing_later_in_its_clause() -> None:
    bag_of_words = BagOfWords(3, 4, 2)
    tokens, reads = torch.tensor([[2, 3]]), torch.ones(1, 2, 2, dtype=torch.bool)
    passed = torch.tensor([[[[0.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [1.0, 0.5]]]])
    untrained = bag_of_words(tokens, reads, passed)
    assert torch.allclose(untrained[0, 0], untrained[0, 1])
    torch.nn.init.constant_(bag_of_words.progress.weight, 1.0)
    moved = bag_of_words(tokens, reads, passed) - untrained
    assert not moved[0, 0].any()
    torch.testing.assert_close(moved[0, 1], torch.full((4,), 1.5 / 2**0.5))
