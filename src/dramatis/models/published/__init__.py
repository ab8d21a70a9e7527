"""Published video transformers of the Wan family and their audio adapters: what a folder holds, loading, networks."""
