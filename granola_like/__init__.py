"""The meeting notepad without its window: it transcribes, fills in what you typed, and keeps it.

Read from the bottom: `errors`, `domain` (values), `text` (what words mean), `jobs`, `settings` and
`paths`; then `audio`, `engines` and `library`, which touch the outside world; then the verbs
(`transcribe`, `enhance`, `exchange`); then `app`, which chooses and joins the parts, and `cli`.
"""
