"""What is played: scripts, and their words.

Begin with `script`, the values: people, parts, moods, deeds, set, camera. `script_writer` writes script number N of a split,
always the same. `captions` puts a script into clauses, in English and Chinese, with the `phrases` that training and prompts
share.
"""
