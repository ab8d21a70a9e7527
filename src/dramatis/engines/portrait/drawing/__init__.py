"""From a pose to pixels: begin with `compositing`, which draws one frame; `openings` draws mouth and eyes, `view` samples."""
