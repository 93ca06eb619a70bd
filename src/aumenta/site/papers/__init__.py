"""Position papers and discussion guides as everybody reads them."""
