"""Pictures, sound and video: value types, and reading and writing them."""
