"""How a plan becomes one: bodies and who sits in them, their rules, acts and their road, opinions, votes, coherence."""
