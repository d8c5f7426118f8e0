"""How challenges are shown to people."""
