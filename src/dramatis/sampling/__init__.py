"""From noise to latents: the flow's path, schedules, solvers that see only `f(x, sigma)`, guidance, seeded noise."""
