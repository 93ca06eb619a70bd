"""Issues: the codebook and its steps, giving passages to issues, agreement of readers, the matrix."""
