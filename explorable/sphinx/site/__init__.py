"""From Sphinx's HTML to a site that can be read from disk."""
