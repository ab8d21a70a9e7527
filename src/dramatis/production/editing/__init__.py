"""Edits of a storyline (`edits.py`): other voices, words, pictures; each gives a new storyline, which is filmed as any."""
