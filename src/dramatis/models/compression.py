"""How much smaller latents are than the video that they stand for."""

SPACE, TIME = 16, 4
"""Pixels a latent on each side; frames a latent frame."""
