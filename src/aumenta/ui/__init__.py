"""Base templates, components, template tags and built static files shared by the doors."""
