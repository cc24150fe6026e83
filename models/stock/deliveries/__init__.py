"""Goods that come and go with a paper: deliveries, boxes, SBBK, codes on boxes."""
