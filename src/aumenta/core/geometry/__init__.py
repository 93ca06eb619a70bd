"""Maps without a map server: projecting, simplifying places together, finding neighbours, drawing SVG paths."""
