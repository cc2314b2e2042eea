"""Models come to this machine and go: list, download, add, verify, remove, and a suggestion."""
