"""All open data of a published state as one zip: a Data Package (v2) with CSVW metadata beside each CSV.

The tables are those of the interface for programs: the same shapes, the same rows, so that nothing can be in one and
not in the other. The same state gives the same bytes.
"""
