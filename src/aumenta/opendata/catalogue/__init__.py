"""The catalogue of the open data for whoever harvests it: DCAT-AP 3 and DCAT-AP_IT in one graph."""
