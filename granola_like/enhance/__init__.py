"""Note lines and utterances become an enhanced note.

`enhance` is the whole way; `check` is the guard alone.
"""
