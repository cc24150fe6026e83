"""Who is vaccinated: NIK, names, recipients, search, twins."""
