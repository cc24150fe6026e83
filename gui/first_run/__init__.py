"""The first start on a PC: seven short steps, of which nothing is written before the last."""
