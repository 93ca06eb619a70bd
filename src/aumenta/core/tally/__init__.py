"""Votes of a collegial body counted by the rule of that body, and what a written minute says about them.

`rule` says when a proposal passes, `ballot` holds what was voted, `count` counts, `minutes` reads a minute.
"""
