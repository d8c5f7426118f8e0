"""Replays recorded auctions through the engine, on clocks that are set: a rehearsal, refused in production."""
