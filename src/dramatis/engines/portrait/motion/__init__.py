"""Motion over time: begin with `animation`, one pose for each frame; `camera` is the view, `motion_curves` random functions."""
