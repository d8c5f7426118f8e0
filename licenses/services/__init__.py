"""What can be done on the market of open licenses; one module per part of the life of an offer."""
