"""The native engine on held-out cases of the stage: every figure with its ceiling and its floor.

Start with `suite.evaluate`. `cases` are scripts of the test split as takes; `reader` is the classifier, trained only on
drawings with ground truth (`training/reader.py`), and `reading` its output for a film; `metrics` compares that with the truth;
`scorecard` prints and draws. `trace` reads a whole film in one pass.
"""
