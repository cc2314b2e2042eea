"""`python -m granola_like` is the command line."""

from granola_like.cli.main import main

if __name__ == "__main__":
    main()
