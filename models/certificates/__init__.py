"""The signed QR of HC1: payload, keys, issuing, checking."""
