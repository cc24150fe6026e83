"""Paper on its way to printers: a spool that outlives the program, and what speaks to printers."""
