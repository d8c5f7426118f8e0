"""What the API of auctions shows and accepts: amounts in yuan as texts with two decimals, moments in UTC."""
