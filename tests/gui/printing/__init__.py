"""Papers on their way to printers: the spool, the queue, what speaks to printers, and the screens about them."""
