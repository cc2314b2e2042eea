"""The others' voices in the microphone: found, subtracted, and never mistaken for the person's.

Works on two finished tracks at 16 kHz; the tracks themselves are never changed.
"""
