"""What stands before every page: requests, numbers and days that no door has to think of, and whose copy a page is."""
