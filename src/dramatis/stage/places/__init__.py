"""Places of the stage: each set is a few layers at their depths.

Begin with `sets`, the list of all of them and how one is recorded. `indoors`, `halls`, `outdoors` and `wilds` paint them with
the `brush`. `physics` moves what moves by itself (closed form: any instant can be drawn alone), `weather` grades light and lets
fall what falls.
"""
