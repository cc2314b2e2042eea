"""The command line: thin commands over `app`. Errors become a sentence in `main` alone."""
