"""What can be done with challenges: one file for each noun."""
