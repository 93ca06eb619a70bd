"""Municipalities, zones, belts and population: the places a plan is for."""
