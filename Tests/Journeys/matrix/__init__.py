"""The matrix of client era × kind of server × feature: what a client sees through the gateway is what it sees without."""
