"""What the API of challenges reads and shows."""
