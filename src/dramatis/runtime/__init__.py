"""Where and how takes are rendered: worker processes, the vault of finished clips, and the environment's settings."""
