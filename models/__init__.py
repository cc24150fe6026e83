"""Everything the puskesmas knows: no Qt, no sentences for people, no paper."""
