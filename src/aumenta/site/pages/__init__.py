"""Editorial pages, news, media, redirects."""
