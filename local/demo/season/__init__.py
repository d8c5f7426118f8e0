"""The auction seasons of the demo: one that is over, one with a session running now, one that collects lots."""
