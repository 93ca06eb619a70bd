"""Pages, news, media, redirects and links."""
