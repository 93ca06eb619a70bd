"""The analyst's door: commands that read files and print JSON, without a database."""
