"""Voices: begin with `voices`, how well ours are understood; `music` mixes them, `turns` tells two people apart."""
