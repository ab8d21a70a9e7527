"""Rendering of takes: worker processes, the cache of finished clips, and the environment's settings."""
