"""The facilitator's door: a table in a venue, with or without a network."""
