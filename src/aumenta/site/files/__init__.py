"""Everything the public pages say, as files that programs and spreadsheets read, with a dictionary of their columns."""
