"""Brings back what a sheet said before."""
