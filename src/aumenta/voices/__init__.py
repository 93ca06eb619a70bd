"""What reaches the office outside the tables: written contributions."""
