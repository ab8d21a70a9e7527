"""Single networks: begin with `codec`; `finishing` and `transformer_step` compare with published ones."""
