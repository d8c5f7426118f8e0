"""How seasons, sessions and lots are shown."""
