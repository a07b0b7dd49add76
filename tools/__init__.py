"""What this repository does for itself: checks, releases, the template of a chapter."""
