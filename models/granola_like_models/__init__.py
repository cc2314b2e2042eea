"""What we know about models, and what we ship: catalogue, templates, a tiny Whisper, a sample call.

Standard library only.
"""
