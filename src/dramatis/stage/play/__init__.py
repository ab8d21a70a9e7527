"""Scripts and their captions.

Start with `script`, the value types: people, parts, moods, deeds, set, camera. `script_writer` generates script N of a split,
always the same. `captions` describes a script in clauses, in English and Chinese, with the phrases that training and prompts
share (`conditioning/phrases.py`).
"""
