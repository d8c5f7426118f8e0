"""What can be asked about auctions; views and APIs reach rows through here only."""
