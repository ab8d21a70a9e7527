"""What a film costs and what it is worth, measured on this machine: `python -m benchmarks [speed|quality] [--quick]`."""
