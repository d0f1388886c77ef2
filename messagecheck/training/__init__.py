"""How the models are made. Nothing here runs in a scan."""
