"""Speed and quality of films on this machine: `python -m benchmarks [speed|quality] [--quick]`."""
