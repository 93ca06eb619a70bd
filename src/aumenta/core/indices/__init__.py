"""Index numbers: inequality, demography, progress, composites. Plain functions on numbers, formulas in their text."""
