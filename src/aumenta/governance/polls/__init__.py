"""Sessions and votes: convened, attended, entered by name or as counts, counted by the rule of the body."""
