"""What can be asked of the market of open licenses."""
