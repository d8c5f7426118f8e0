"""What can be asked about challenges."""
