"""From a brief to a film: the only place that knows the whole route."""
