#!/bin/sh
# Start the Python beside this file, also through a link to it. Needs nothing of PATH.
self=$0
if [ -L "$self" ]; then self=$(PATH=/usr/bin:/bin readlink -f "$self"); fi
here=${self%/*}
export LD_LIBRARY_PATH="$here/../python/libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$here/../python/bin/python3" -IB "$here/start.py" "$@"
