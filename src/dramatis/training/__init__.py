"""Training: what a network learns, from what, and the one loop that does it; every run stops and resumes exactly."""
