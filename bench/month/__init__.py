"""A made-up month of a supervised account: who owes what, what comes in by transfer, and what each line really means.

Shares no code with the product's matching. `story` makes it up, `files` writes what a bank would send, `world` lets it
happen through the services and compares what was booked with what was meant.
"""
