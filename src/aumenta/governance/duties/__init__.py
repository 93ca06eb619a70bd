"""The calendar of duties: what is due when, whose it is, and who hears of it when nothing comes."""
