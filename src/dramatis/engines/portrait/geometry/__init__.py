"""How faces and bodies move: begin with `anatomy`, the points of the mesh and the head's axes, then `expressions` (points moved
by muscles), `fields` and `skin` (from points to skin), `body`, and `channels`, the numbers of a pose.
"""
