"""The native engine on held-out cases of the stage: every figure beside its ceiling and its floor.

Begin with `suite.evaluate`. `cases` are scripts of the test split as takes; `reader` is the judge, a network that is trained on
drawn truth only (`training/reader.py`), and `reading` what it says of a film; `metrics` compares that with the truth; `scorecard`
prints and draws.
"""
