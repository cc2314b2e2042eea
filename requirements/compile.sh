#!/bin/sh
# Renew the pinned versions, with hashes and without the address of any registry. Needs `uv` on the PATH.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-annotate --no-header pyproject.toml "$@" --output-file "requirements/$out.txt"
}
lock base --group build
lock window --group build --extra window --constraint requirements/base.txt
lock dev --group build --extra llama --extra onnx --extra voices --extra keyring --extra window --group test --group check --group bench --constraint requirements/base.txt
