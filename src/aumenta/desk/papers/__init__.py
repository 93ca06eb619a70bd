"""Position papers and discussion guides at the desk."""
