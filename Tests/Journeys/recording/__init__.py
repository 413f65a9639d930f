"""A tool server that trusts everything it is sent and writes down what it would have done.

Stand it behind the gateway: what its record does not show did not get through. See recorder.py.
"""
