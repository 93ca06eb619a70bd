"""How far an indicator has come: five named, versioned rules, each of which explains what it needs.

`series` is what is measured, `statcan` the default rule, `others` the four that readers may compare it with, `rules`
their list, `group` the sum of several series.
"""
