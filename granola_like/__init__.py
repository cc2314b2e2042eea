"""The meeting notepad without its window: it transcribes, fills in what you typed, and keeps it.

Read from the bottom: `errors`, `domain` (values), `text` (what words mean), `jobs`, `settings` and
`paths`; then `audio`, `engines` and `library`, which touch the outside world; then the verbs
(`record`, `transcribe`, `enhance`, `exchange`); then `app`, which joins the parts, and `cli`.
"""

import os

# Some libraries report to their makers unless they are told not to, before they are first imported
# and in every child process: ONNX Runtime since 1.29 sends figures about models and machine.
os.environ.update(ORT_DISABLE_TELEMETRY="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")
