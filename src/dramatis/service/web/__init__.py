"""The wires of the service. Start with `application`; every request passes the `guard` before a route sees it."""
