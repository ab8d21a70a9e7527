"""What published models see beside their latents: given frames and where they lie, voices, and where each speaker is."""
