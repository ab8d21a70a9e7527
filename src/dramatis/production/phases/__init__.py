"""The phases of a film: what each of them films, made of what the ones before it filmed (docs/decisions/0004-phases.md).

Begin with `phase`, the values; `production/cascade.py` folds over them. `single` is the one phase of an engine that films at
once. The cascade of a generative engine has five: `blueprint`, `keyframes`, `clips`, `joins`, `finish`; `boundaries` says where
clips end, and `choice` on which frame near there.
"""
