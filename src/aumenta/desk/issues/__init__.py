"""The codebook of issues, reading what was said and giving it to issues, agreement, the matrix."""
