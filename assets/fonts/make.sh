#!/bin/sh
# Makes the fonts of this folder again. Needs Debian's fonts-noto-cjk and fonts-noto-cjk-extra
# (1:20220127+repack1-1), Python 3 and a virtual environment's fonttools.
set -eu
cd "$(dirname "$0")"
want="1:20220127+repack1-1"
for package in fonts-noto-cjk fonts-noto-cjk-extra; do
    have=$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null || true)
    if [ "$have" != "$want" ]; then
        echo "need $package $want, found '${have:-none}'" >&2
        exit 1
    fi
done
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet fonttools==4.68.0
"$venv/bin/python" make.py
sha256sum -- *.otf
