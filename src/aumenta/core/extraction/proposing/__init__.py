"""A layout proposed for a plan that nobody has described yet, to be corrected by a person."""
