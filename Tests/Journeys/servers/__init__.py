"""A server that offers everything the protocol knows, on the official SDK: `current.py` on its 2.x line (both eras),
`handshake.py` on its 1.x line (handshake eras alone). What it offers is told once, in `tools.py` and `contents.py`."""
