"""Names of actors and items, changed where sheets, versions and drafts already have them."""
