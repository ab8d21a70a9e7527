"""The phases of a film: what each of them films, made of what the ones before it filmed (docs/decisions/0004-phases.md).

Begin with `phase`, the values; `production/cascade.py` folds over them. `single` is the one phase of an engine that films at
once. The cascade of a generative engine has four: `blueprint`, `keyframes`, `clips`, `finish`; `boundaries` says where clips end.
"""
