"""A picture as layers: begin with `layers`; `matting` gives people soft edges, layers are sampled from `fine_textures`."""
