#!/bin/sh
# Fetches the program of a released version into the file ./achyk. ACHYK_URL is its address and
# ACHYK_SHA256 its checksum, from SHA256SUMS of that release.
#
# Not tried yet: no release was published when this file was made.
set -eu
if [ -z "${ACHYK_URL:-}" ] || [ -z "${ACHYK_SHA256:-}" ]; then
	echo "Set ACHYK_URL and ACHYK_SHA256 in the files of the workflows: see README.md" >&2
	exit 2
fi
curl --fail --silent --show-error --location --proto '=https' --output achyk "$ACHYK_URL"
echo "$ACHYK_SHA256  achyk" | sha256sum --check -
chmod +x achyk
