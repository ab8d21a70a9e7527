"""Places of the stage: each set is a few layers with depths.

Start with `sets`, the list of all sets and their recording. `indoors`, `halls`, `outdoors` and `wilds` paint them with
the `brush`. `physics` has moving objects (closed form: any time can be drawn alone), `weather` has light, rain and snow.
"""
