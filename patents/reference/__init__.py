"""Our own small reference data and its loading."""
