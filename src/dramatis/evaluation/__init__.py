"""Measurements, independent of the engines: films, plans, and the native model.

- `film/` measures a finished film of anybody (`dramatis measure`, `dramatis look`): lips, identity, sharpness, motion, drift.
- `director/` judges plans for many cases, feature by feature (`dramatis evaluate director`).
- `drawn/` looks up what a hundred briefs ask for in the scripts of their films (`dramatis evaluate drawn`).
- `native/` measures the native engine on held-out films of the stage, whose truth is known (`dramatis evaluate native`).

`panels` draws the sheets of all three.
"""
