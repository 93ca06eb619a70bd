"""The regia's door: all tables at once, the wall and the plenary."""
