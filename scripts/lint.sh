#!/usr/bin/env bash
# Checks that every Swift source has the form .swift-format describes.
set -euo pipefail
cd "$(dirname "$0")/.."
exec swift format lint --strict --recursive --parallel Package.swift Sources Tests
