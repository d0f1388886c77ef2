"""Files that mean harm, made here, and what becomes of them."""
