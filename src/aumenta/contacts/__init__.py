"""How the public reaches the authority: its addresses, what people write to it, how clear they find its pages."""
