"""Load on the whole site: production's processes over a database of their own, and cheap clients."""
