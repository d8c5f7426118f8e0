"""A small model of bidding that shares nothing with the product: plain integers, milliseconds, one loop.

`play` takes the rules of a lot and the bids in the order of their arrival and says of each whether it counts, what the
price and the end are after it, and at last who wins.
"""


def play(rules, bids):
    """``rules``: start, step, most (steps in one bid, or None), grid, again (leader may raise), opens, ends, window,
    extra, limit (or None). ``bids``: (time, bidder, rank, amount). Gives ([(counts, price, end)], winner).
    """
    price, leader, leader_rank, end = None, None, 0, rules["ends"]
    story = []
    for time, bidder, rank, amount in bids:
        counts = rules["opens"] <= time < end and not (
            rules["limit"] is not None and rules["limit"] < end and time >= rules["limit"]
        )
        if price is None:
            counts = counts and amount >= rules["start"]
            ceiling = rules["start"]
        else:
            equal_is_enough = rank != 0 and (leader_rank == 0 or rank < leader_rank)
            counts = counts and (amount >= price + rules["step"] or (equal_is_enough and amount >= price))
            counts = counts and (rules["again"] or bidder != leader)
            ceiling = price
        if rules["grid"]:
            counts = counts and (amount - rules["start"]) % rules["step"] == 0
        if rules["most"] is not None:
            counts = counts and amount <= ceiling + rules["most"] * rules["step"]
        if counts:
            price, leader, leader_rank = amount, bidder, rank
            if end - time <= rules["window"] and time + rules["extra"] > end:
                end = time + rules["extra"]
        story.append((counts, price, end))
    return story, leader
